import FoundationEssentials

/// Makes the tokens of Microsoft Entra.
struct TokenMint: Sendable {
    let services: Services
    let now: Date

    private var world: World { services.world }

    /// An access token.
    ///
    /// - Parameters:
    ///   - subject: Whom it is about.
    ///   - audience: The resource, as it was asked for.
    ///   - demand: The claims that were asked for with it.
    /// - Returns: The signed token.
    /// - Throws: What the signing throws.
    func accessToken(for subject: TokenSubject, audience: String, demand: ClaimsDemand) async throws -> String {
        let seconds = Int(now.timeIntervalSince1970)
        // Entra dates its tokens back by five minutes for clocks that run slow.
        let issued = seconds - 300
        let issuer = "https://sts.windows.net/\(subject.tenantID)/"
        var claims = AccessClaims(
            aud: audience,
            iss: issuer,
            iat: issued,
            nbf: issued,
            exp: seconds + world.tokenSeconds,
            aio: Self.opaque(30),
            appid: subject.appID,
            appidacr: subject.clientProof,
            idp: issuer,
            idtyp: subject.person == nil ? "app" : "user",
            oid: subject.objectID,
            rh: "1." + Self.opaque(24) + ".",
            sub: subject.person == nil ? subject.objectID : Self.opaque(32),
            tid: subject.tenantID,
            uti: services.ledger.stamp(Self.opaque(12)),
            ver: "1.0",
            xms_ftd: Self.opaque(32),
            xms_tcdt: Int(world.bornTicks / CivilTime.ticksPerSecond) - 63_072_000
        )
        claims.xms_mirid = subject.managedIdentityID
        claims.xms_cc = demand.capabilities.isEmpty ? nil : demand.capabilities
        if let person = subject.person {
            claims.name = person.displayName
            claims.scp = "user_impersonation"
            claims.unique_name = person.userName
            claims.upn = person.userName
        }
        return try await services.issuer.sign(claims)
    }

    /// A refresh token for all audiences, good for 90 days.
    ///
    /// - Throws: What the signing throws.
    func refreshToken(client: String, tenantID: String) async throws -> String {
        let claims = RefreshClaims(
            client: client,
            exp: Int(now.timeIntervalSince1970) + 90 * 86_400,
            tid: tenantID,
            uti: services.ledger.stamp(Self.opaque(12)),
            use: "refresh"
        )
        return "1.A" + Base64URL.encode(try await services.issuer.sign(claims).utf8)
    }

    /// What `refreshToken` made; `nil` for anything else.
    static func refreshClaims(_ token: String, by issuer: TokenIssuer) async -> RefreshClaims? {
        guard token.hasPrefix("1.A"), let bytes = Base64URL.decode(token.dropFirst(3)) else { return nil }
        let claims = await issuer.claims(of: String(decoding: bytes, as: UTF8.self), as: RefreshClaims.self)
        return claims?.use == "refresh" ? claims : nil
    }

    /// Who somebody is, for the client.
    ///
    /// - Throws: What the signing throws.
    func identityToken(of person: World.Person, client: String, tenantID: String) async throws -> String {
        let seconds = Int(now.timeIntervalSince1970)
        return try await services.issuer.sign(
            IdentityClaims(
                aud: client,
                exp: seconds + 3600,
                iat: seconds - 300,
                iss: "\(services.names.arm)/\(tenantID)/v2.0",
                name: person.displayName,
                oid: person.objectID,
                preferred_username: person.userName,
                sub: person.objectID,
                tid: tenantID,
                ver: "2.0"
            )
        )
    }

    static func opaque(_ bytes: Int) -> String {
        var random = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<bytes).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
}

/// The field `claims` of a form: what the token is to prove, and what the client can do.
struct ClaimsDemand: Sendable {
    /// `CP1`: the client understands claims challenges.
    var capabilities: [String] = []

    /// Nothing where there is no such field.
    ///
    /// - Returns: `nil` where it is no JSON object.
    init?(_ field: String?) {
        guard let field, !field.isEmpty else { return }
        guard let json = JSON.decode(JSON.self, from: Array(field.utf8)), case .object = json else { return nil }
        guard case .array(let values)? = json.member("access_token")?.member("xms_cc")?.member("values") else { return }
        capabilities = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}

/// The encoding of a token's parts.
enum Base64URL {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
    }

    /// With or without padding.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var plain = String(text).replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: "")
        while plain.utf8.count % 4 != 0 { plain += "=" }
        return Data(base64Encoded: plain).map { Array($0) }
    }
}
