import FoundationEssentials

/// Judges what a client shows instead of a secret; each fault in Microsoft Entra's words.
struct AssertionCheck: Sendable {
    /// Clocks may differ by so much.
    private static let toleranceSeconds = 300.0
    /// Whom clusters vouch to.
    static let exchangeAudience = "api://AzureADTokenExchange"

    let services: Services
    let assertion: ClientAssertion
    let tenant: String
    let exchange: Exchange

    private var world: World { services.world }
    private var now: Date { exchange.serverTime }

    /// One that the application signed with the key of a certificate.
    func certificate() throws(SignInError) {
        guard assertion.text("sub")?.lowercased() == world.appID else {
            throw refusal(
                700_021,
                "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at "
                    + "https://learn.microsoft.com/entra/identity-platform/certificate-credentials."
            )
        }
        let certificate = try registeredCertificate()
        try checkChain(certificate)
        guard assertion.isSigned(by: certificate) else {
            throw invalidSignature("The signature does not match the certificate", certificate.sha1)
        }
        guard certificate.expiresAt > now else {
            throw invalidSignature("The key used is expired", certificate.sha1)
        }
        try checkAudience()
        try checkTime()
        try checkReplay()
    }

    /// The registered certificate, if it is the one that the assertion names.
    private func registeredCertificate() throws(SignInError) -> RegisteredCertificate {
        let thumbprint = assertion.thumbprint
        guard let certificate = services.clientKeys.registered?.registered,
            let thumbprint, thumbprint.bytes == (thumbprint.isSHA256 ? certificate.sha256 : certificate.sha1)
        else { throw invalidSignature("The key was not found", thumbprint?.bytes ?? []) }
        return certificate
    }

    /// A chain may come along; its first certificate is the one that signs.
    private func checkChain(_ certificate: RegisteredCertificate) throws(SignInError) {
        guard let chain = assertion.chain else { return }
        guard chain.first == certificate.der else {
            throw refusal(
                50_027,
                "JWT token is invalid or malformed: the first certificate of 'x5c' is not the signer's."
            )
        }
    }

    private func checkAudience() throws(SignInError) {
        let base = "\(services.names.arm)/\(tenant)"
        let accepted = ["\(base)/oauth2/v2.0/token", "\(base)/oauth2/token", "\(base)/v2.0"]
        guard let audience = assertion.text("aud"), accepted.contains(audience.lowercased()) else {
            throw refusal(
                700_023,
                "Client assertion audience claim does not match Realm issuer. Review the documentation at "
                    + "https://learn.microsoft.com/entra/identity-platform/certificate-credentials."
            )
        }
    }

    private func checkTime() throws(SignInError) {
        let seconds = now.timeIntervalSince1970
        let start = assertion.seconds("nbf") ?? assertion.seconds("iat") ?? 0
        guard let end = assertion.seconds("exp"), end + Self.toleranceSeconds > seconds,
            start - Self.toleranceSeconds <= seconds
        else {
            let current = CivilTime(now).iso7
            throw refusal(
                700_024,
                "Client assertion is not within its valid time range. Current time: \(current), expiry time of assertion "
                    + "\(CivilTime(Date(timeIntervalSince1970: assertion.seconds("exp") ?? 0)).iso7). Review the "
                    + "documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials."
            )
        }
    }

    private func checkReplay() throws(SignInError) {
        guard let id = assertion.text("jti"), !id.isEmpty else {
            throw refusal(50_027, "JWT token is invalid or malformed: the claim 'jti' is missing.")
        }
        let end = Date(timeIntervalSince1970: (assertion.seconds("exp") ?? 0) + Self.toleranceSeconds)
        guard services.usedAssertions.mayUse(id, for: assertion.text, until: end, now: now) else {
            throw refusal(50_027, "JWT token is invalid or malformed: the claim 'jti' has been used before.")
        }
    }

    /// One that a cluster signed; the same may be shown as long as it holds.
    func federation() async throws(SignInError) {
        let federation = Federation(services: services)
        guard let issuer = assertion.text("iss"), issuer == federation.issuer else {
            throw refusal(
                700_211,
                "No matching federated identity record found for presented assertion issuer "
                    + "'\(assertion.text("iss") ?? "")'. Please note that the matching is done using a case-sensitive comparison."
            )
        }
        guard let claims = await services.issuer.claims(of: assertion.text, as: WorkloadClaims.self) else {
            throw invalidSignature("The key was not found", [])
        }
        guard claims.sub == Federation.subject else {
            throw refusal(
                700_213,
                "No matching federated identity record found for presented assertion subject '\(claims.sub)'. Please note that "
                    + "the matching is done using a case-sensitive comparison."
            )
        }
        guard claims.aud.contains(Self.exchangeAudience) else {
            throw refusal(
                700_212,
                "No matching federated identity record found for presented assertion audience "
                    + "'\(claims.aud.joined(separator: ","))'. Please note that the matching is done using a case-sensitive "
                    + "comparison."
            )
        }
        try checkTime()
    }

    private func invalidSignature(_ reason: String, _ thumbprint: [UInt8]) -> SignInError {
        let hex = thumbprint.map { GUID.hex(UInt64($0), 2) }.joined().uppercased()
        return refusal(
            700_027,
            "The certificate with identifier used to sign the client assertion is not registered on application, or the "
                + "signature is not valid. [Reason - \(reason)., Thumbprint of key used by client: '\(hex)'. Please visit the "
                + "Azure portal to see the configured keys of application '\(world.appID)'.]"
        )
    }

    private func refusal(_ number: Int, _ message: String) -> SignInError {
        SignInError(.invalidClient, number, message, exchange, status: 401)
    }
}

/// The cluster that vouches for workloads, and what it says.
struct Federation: Sendable {
    static let subject = "system:serviceaccount:amltop:amltop"
    /// As clusters do it; the file is written anew before that is over.
    static let lifeSeconds = 3600

    let services: Services

    var issuer: String { "\(services.names.arm)/_simulator/cluster/" }

    /// - Throws: What the signing throws.
    func token(now: Date) async throws -> String {
        let seconds = Int(now.timeIntervalSince1970)
        return try await services.issuer.sign(
            WorkloadClaims(
                aud: [AssertionCheck.exchangeAudience],
                exp: seconds + Self.lifeSeconds,
                iat: seconds,
                iss: issuer,
                nbf: seconds,
                sub: Self.subject
            )
        )
    }
}
