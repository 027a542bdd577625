package import AzureCore
internal import AzureML
package import FoundationEssentials
internal import JSONValue
package import TerminalUI

/// A token in plain words, for the inspector and for the command.
package struct TokenExplanation {
    /// A sentence on what is right or wrong with it; the worst come first.
    package struct Verdict: Equatable {
        package var mark: String
        package var text: String
        package var style: Style
    }

    package struct Field: Equatable {
        package var name: String
        package var value: Span
    }

    package struct Section: Equatable {
        package var title: String
        package var fields: [Field]
    }

    package private(set) var verdicts: [Verdict] = []
    package private(set) var sections: [Section] = []

    private let report: TokenReport
    private let intendedUse: TokenAudience?
    private let texts: Catalogue
    private let now: Date
    private let zone: ZoneOffset

    /// - Parameters:
    ///   - report: What was read.
    ///   - intendedUse: What the token is going to be used for, where that is known.
    ///   - texts: The language.
    ///   - now: By Azure's clock.
    ///   - zone: What the clock on the wall shows.
    package init(report: TokenReport, intendedUse: TokenAudience?, texts: Catalogue, now: Date, zone: ZoneOffset) {
        self.report = report
        self.intendedUse = intendedUse
        self.texts = texts
        self.now = now
        self.zone = zone
        verdicts = [formVerdict, audienceVerdict, lifeVerdict].compactMap(\.self) + remarkVerdicts
        let order: [Style] = [Style(.alert, bold: true), .warning, .good]
        verdicts =
            order.flatMap { style in verdicts.filter { $0.style == style } }
            + verdicts.filter { !order.contains($0.style) }
        sections = [audienceSection, timeSection, holderSection, rightsSection, formSection, claimSection]
            .filter { !$0.fields.isEmpty }
    }

    private var facts: TokenFactSheet { report.inspection.facts }
    private var claims: TokenClaims { facts.claims }

    // MARK: Verdicts

    private func alert(_ text: String) -> Verdict { Verdict(mark: "▲", text: text, style: Style(.alert, bold: true)) }
    private func warning(_ text: String) -> Verdict { Verdict(mark: "◆", text: text, style: .warning) }
    private func good(_ text: String) -> Verdict { Verdict(mark: "●", text: text, style: .good) }
    private func note(_ text: String) -> Verdict { Verdict(mark: "·", text: text, style: .text) }

    /// Why it cannot be read, where it cannot.
    private var formVerdict: Verdict? {
        switch report.inspection.form {
        case .signed: nil
        case .encrypted: note(texts[.tokenFormEncrypted])
        case .opaque: note(texts[.tokenFormOpaque])
        case .wrongPartCount(let count): alert(texts.text(.tokenFormParts, ["count": "\(count)"]))
        case .broken(let part, let damage):
            alert(texts.text(.tokenFormBroken, ["part": texts[part.text], "why": texts[damage.text]]))
        case .empty: alert(texts[.tokenFormEmpty])
        case .tooLong(let bytes): alert(texts.text(.tokenFormTooLong, ["count": Format.count(bytes)]))
        }
    }

    private var audienceVerdict: Verdict? {
        guard report.inspection.isReadable else { return nil }
        guard let audience = facts.audiences.first else { return warning(texts[.tokenNoAudience]) }
        let finding = report.verdicts.first { $0.use == intendedUse }?.finding
        if let intendedUse, finding == .doesNotFit {
            return alert(
                texts.text(
                    .tokenWrongAudience,
                    [
                        "audience": audience, "place": place(report.home), "use": texts[intendedUse.text],
                    ]
                )
            )
        }
        if let home = report.home, home.otherCloud == nil {
            return good(texts.text(.tokenRightAudience, ["use": texts[home.use.text]]))
        }
        if report.verdicts.allSatisfy({ $0.finding == .doesNotFit }) {
            return alert(texts.text(.tokenForeignAudience, ["audience": audience, "place": place(report.home)]))
        }
        return note(texts.text(.tokenUnknownAudience, ["audience": audience]))
    }

    private func place(_ home: AudienceHome?) -> String { Wording(texts: texts).place(home) }

    private var lifeVerdict: Verdict? {
        guard report.inspection.isReadable else { return nil }
        if let expiry = claims.expiresAt, expiry <= now {
            return alert(texts.text(.tokenLapsed, ["time": texts.span(now.timeIntervalSince(expiry))]))
        }
        if let start = claims.notBefore, start > now {
            return alert(texts.text(.tokenNotYet, ["time": texts.span(start.timeIntervalSince(now))]))
        }
        guard let expiry = claims.expiresAt else { return nil }
        return good(texts.text(.tokenLives, ["time": texts.span(expiry.timeIntervalSince(now))]))
    }

    private var remarkVerdicts: [Verdict] {
        report.inspection.remarks.map { remark in
            switch remark {
            case .unsigned: alert(texts[.tokenRemarkUnsigned])
            case .repeated(let names):
                warning(texts.text(.tokenRemarkRepeated, ["names": names.joined(separator: ", ")]))
            case .looselyEncoded: warning(texts[.tokenRemarkLoose])
            case .namesKeySource(let names):
                warning(texts.text(.tokenRemarkKeySource, ["names": names.joined(separator: ", ")]))
            case .noExpiry: warning(texts[.tokenRemarkNoExpiry])
            case .expiryInMilliseconds: warning(texts[.tokenRemarkMilliseconds])
            case .expiryNotNumber: warning(texts[.tokenRemarkExpiryText])
            case .severalAudiences: warning(texts[.tokenRemarkAudiences])
            case .bounded: note(texts[.tokenRemarkBounded])
            }
        }
    }

    // MARK: Sections

    private func section(_ title: TextKey, _ fields: [(TextKey, String?)]) -> Section {
        Section(
            title: texts[title],
            fields: fields.compactMap { name, value in
                value.flatMap { $0.isEmpty ? nil : Field(name: texts[name], value: Span($0)) }
            }
        )
    }

    /// The audience, and what each place makes of it.
    private var audienceSection: Section {
        var section = section(.tokenSectionAudience, facts.audiences.map { (.tokenAudience, $0) })
        guard report.inspection.isReadable else { return section }
        for verdict in report.verdicts {
            let accepted = verdict.accepted.first ?? texts[.valueUnknown]
            let isIntended = verdict.use == intendedUse
            let (key, style): (TextKey, Style) =
                switch verdict.finding {
                case .fits: (.tokenFits, .good)
                case .doesNotFit: (.tokenFitsNot, isIntended ? Style(.alert, bold: true) : .muted)
                case .unknown: (.tokenFitsUnknown, .muted)
                }
            let text = texts.text(key, ["audience": accepted])
            section.fields.append(Field(name: texts[verdict.use.text], value: Span(text, style)))
        }
        return section
    }

    private var timeSection: Section {
        let life = claims.expiresAt.flatMap { end in claims.issuedAt.map { end.timeIntervalSince($0) } }
        return section(
            .tokenSectionTimes,
            [
                (.tokenExpires, claims.expiresAt.map(moment)), (.tokenNotBefore, claims.notBefore.map(moment)),
                (.tokenIssued, claims.issuedAt.map(moment)), (.tokenLife, life.map { texts.span($0) }),
            ]
        )
    }

    /// How far away, local time, UTC: `in 42 min · 2026-11-25 14:03:22 KST · 05:03:22 UTC`.
    private func moment(_ date: Date) -> String {
        let left = date.timeIntervalSince(now)
        let distance = texts.text(left > 0 ? .tokenIn : .tokenAgo, ["time": texts.span(abs(left))])
        let local = Format.dateTime(date, in: zone)
        guard zone.seconds != 0 else { return "\(distance) · \(local) \(zone.abbreviation)" }
        let utc = Format.dateTime(date, in: .utc)
        // The day of the other zone only where it is another day.
        let day = utc.prefix(10) == local.prefix(10) ? "" : utc.dropFirst(5).prefix(6)
        return "\(distance) · \(local) \(zone.abbreviation) · \(day)\(Format.clock(date, in: .utc)) UTC"
    }

    private var holderSection: Section {
        section(
            .tokenSectionHolder,
            [
                (.tokenHolder, facts.holder.map { texts[$0.text] }),
                (.tokenName, claims.displayName), (.tokenUser, claims.userName),
                (.tokenObject, claims.objectID), (.tokenTenant, claims.tenantID),
                (.tokenApp, claims.appID),
                (.tokenProof, facts.clientProof.map(proof)),
                (.tokenIdentity, claims.managedIdentityID?.text),
                (.tokenIssuer, claims.issuer),
            ]
        )
    }

    private func proof(_ proof: TokenFactSheet.ClientProof) -> String {
        switch proof {
        case .none: texts[.tokenProofNone]
        case .secret: texts[.tokenProofSecret]
        case .certificate: texts[.tokenProofCertificate]
        case .other(let word): word
        }
    }

    private var rightsSection: Section {
        let groups: String? =
            switch facts.groups {
            case .listed(let count)?: Format.count(count)
            case .overage?: texts[.tokenGroupsOverage]
            case nil: nil
            }
        return section(
            .tokenSectionRights,
            [
                (.tokenRoles, claims.roles.joined(separator: ", ")),
                (.tokenScopes, claims.scopes.joined(separator: ", ")),
                (.tokenGroups, groups),
                (.tokenDirectoryRoles, facts.directoryRoleCount > 0 ? Format.count(facts.directoryRoleCount) : nil),
                (.tokenCae, report.inspection.isReadable ? texts[facts.isCAECapable ? .tokenCaeYes : .valueNo] : nil),
            ]
        )
    }

    private var formSection: Section {
        var fields: [(TextKey, String?)] = [(.tokenVersion, facts.version.map(version))]
        if case .signed(let bytes) = report.inspection.form {
            let values: KeyValuePairs = ["algorithm": facts.algorithm ?? "–", "count": Format.count(bytes)]
            fields.append((.tokenSignature, texts.text(.tokenSignatureUnchecked, values)))
        }
        fields += [(.tokenKey, facts.keyID), (.tokenId, facts.tokenID)]
        if !report.wrappings.isEmpty {
            fields.append((.tokenWrapping, report.wrappings.map(wrapping).joined(separator: ", ")))
        }
        return section(.tokenSectionForm, fields)
    }

    private func version(_ version: TokenFactSheet.Version) -> String {
        switch version {
        case .one: texts[.tokenVersionOne]
        case .two: texts[.tokenVersionTwo]
        case .other(let word): word
        }
    }

    private func wrapping(_ wrapping: TokenText.Wrapping) -> String {
        switch wrapping {
        case .bearer: "Bearer"
        case .quotes: texts[.tokenWrappingQuotes]
        case .json(let member): texts.text(.tokenWrappingJson, ["name": member])
        }
    }

    /// Every claim as it is written, for whoever looks for one that has no words of its own.
    private var claimSection: Section {
        Section(
            title: texts[.tokenSectionClaims],
            fields: report.inspection.claims.map {
                Field(name: $0.name, value: Span($0.value.stringValue ?? $0.value.text(), .muted))
            }
        )
    }
}

extension TokenAudience {
    var text: TextKey {
        switch self {
        case .resourceManager: .tokenUseControlPlane
        case .machineLearning: .tokenUseDataPlane
        case .logAnalytics: .tokenUseLogs
        }
    }
}

extension TokenFactSheet.Holder {
    fileprivate var text: TextKey {
        switch self {
        case .user: .tokenHolderUser
        case .app: .tokenHolderApp
        case .managedIdentity: .tokenHolderManagedIdentity
        }
    }
}

extension TokenInspection.Part {
    fileprivate var text: TextKey {
        switch self {
        case .header: .tokenPartHeader
        case .claims: .tokenPartClaims
        case .signature: .tokenPartSignature
        }
    }
}

extension TokenInspection.Damage {
    fileprivate var text: TextKey {
        switch self {
        case .foreignCharacter: .tokenDamageCharacter
        case .cut: .tokenDamageCut
        case .notText: .tokenDamageText
        case .notJSON: .tokenDamageJson
        case .notObject: .tokenDamageObject
        case .tooDeep: .tokenDamageDeep
        }
    }
}
