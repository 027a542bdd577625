internal import AzureML
internal import TerminalUI

/// Answers that are about the credential.
extension ScoringExplanation {
    /// 401: which of the reasons it can be, by what was sent.
    mutating func explainUnauthorized(_ answer: ScoringAnswer) {
        let hint = String(decoding: answer.body.prefix(200), as: UTF8.self)
        defer { add(.ruledOut, .meaningOutRouting) }
        if sent.credential == .none {
            add(.cause, .meaningNoCredential)
            return step(.tab, .stepCredential)
        }
        if !sent.credential.fits(sent.authMode) {
            add(.cause, .meaningWrongMode)
            return step(.tab, .stepCredential)
        }
        add(.ruledOut, .meaningOutMode)
        if hint.contains("key_auth_bad_header_forbidden") {
            add(.cause, .meaningBadHeader)
            return step(.function(9), .stepAgainRenewed)
        }
        if let left = sent.secondsLeft, left <= 0 {
            add(.cause, .meaningExpired)
            return step(.function(9), .stepAgainRenewed)
        }
        add(.ruledOut, sent.credentialExpiresAt != nil ? .meaningOutExpiry : .meaningOutNoExpiry)
        explainRefused()
    }

    /// Nothing is wrong with the credential that could be seen before sending.
    private mutating func explainRefused() {
        switch sent.credential {
        case .primary, .secondary:
            add(.cause, .meaningWrongKey)
            add(.note, .meaningKeySpreads)
            step(.function(9), .stepAgainRenewed)
            step(.tab, .stepOtherSlot)
        case .amlToken:
            add(.cause, .meaningTokenRefused)
            step(.function(9), .stepAgainRenewed)
        case .entra, .none:
            add(.cause, .meaningNoScoreAction)
            add(.ruledOut, .meaningOutAudience)
            step(Self.roleAssignment, .stepRole)
        }
    }

    mutating func explainForbidden(_ answer: ScoringAnswer) {
        let hint = String(decoding: answer.body.prefix(200), as: UTF8.self)
        if hint.contains("Tenant mismatch") {
            add(.cause, .meaningTenant)
            return step("az login --tenant TENANT", .stepTenant)
        }
        if hint.contains("key_auth_bad_header_forbidden") {
            add(.cause, sent.credential == .none ? .meaningNoCredential : .meaningBadHeader)
            return step(.tab, .stepCredential)
        }
        if sent.isPublicAccessDisabled {
            add(.cause, .meaningPrivateOnly)
            return step("amltop online-endpoint show -n \(shellName(sent.endpoint))", .stepNetwork)
        }
        add(.cause, sent.credential == .entra ? .meaningNoScoreAction : .meaningForbidden)
        if let left = sent.secondsLeft, left > 0 { add(.ruledOut, .meaningOutExpiry) }
        if sent.credential == .entra {
            add(.ruledOut, .meaningOutAudience)
            step(Self.roleAssignment, .stepRole)
        } else {
            step("amltop online-endpoint show -n \(shellName(sent.endpoint))", .stepNetwork)
        }
    }

    private static let roleAssignment =
        "az role assignment create --role \"AzureML Data Scientist\" --assignee OBJECT_ID --scope ENDPOINT_ID"

    /// A name for a command line: one that is none of Azure's becomes a placeholder.
    func shellName(_ name: String?, orElse placeholder: String = "NAME") -> String {
        guard let name, !name.isEmpty, name.utf8.allSatisfy({ ByteClass.isOfName($0) }) else { return placeholder }
        return name
    }
}

private enum ByteClass {
    static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
