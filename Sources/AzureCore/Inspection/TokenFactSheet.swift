import JSONValue

/// What the header and the claims of a token say, by what it means rather than by its name; all texts bounded.
public struct TokenFactSheet: Hashable, Sendable {
    /// Whose token it is.
    public enum Holder: Hashable, Sendable {
        case user, app
        /// An identity that Azure keeps for a resource.
        case managedIdentity
    }

    /// Which of the two forms of Microsoft Entra; the service a token is for decides that.
    public enum Version: Hashable, Sendable {
        case one, two
        case other(String)
    }

    /// How the client proved who it is (`appidacr`, `azpacr`).
    public enum ClientProof: Hashable, Sendable {
        case none, secret, certificate
        case other(String)
    }

    /// The groups a token names.
    public enum Groups: Hashable, Sendable {
        case listed(count: Int)
        /// More than a token holds: whoever needs them has to ask Microsoft Graph.
        case overage
    }

    public var claims: TokenClaims
    /// All of `aud`.
    public var audiences: [String]
    /// Nil where the claims do not tell.
    public var holder: Holder?
    public var version: Version?
    public var clientProof: ClientProof?
    public var groups: Groups?
    /// `wids`: how many roles of the directory.
    public var directoryRoleCount: Int
    /// Whether the client understands continuous access evaluation: such tokens live long and can be revoked at once.
    public var isCAECapable: Bool
    /// `alg`
    public var algorithm: String?
    /// `kid`
    public var keyID: String?
    /// `uti`: what a sign-in log names the token by.
    public var tokenID: String?

    init(header: JSONObject, claims object: JSONObject) {
        typealias Limits = TokenInspection.Limits
        let value = JSONValue.object(object)
        var claims = TokenClaims(value)
        claims.bound(to: Limits.textLength)
        self.claims = claims
        audiences = Self.texts(object["aud"], Limits.textLength)
        holder = Self.holder(value, claims)
        version = object["ver"]?.stringValue.map { version in
            version == "1.0" ? .one : version == "2.0" ? .two : .other(version.bounded(to: Limits.nameLength))
        }
        clientProof = (object["appidacr"] ?? object["azpacr"]).flatMap(Self.proof)
        groups = Self.groups(object)
        directoryRoleCount = object["wids"]?.arrayValue?.count ?? 0
        isCAECapable = Self.texts(object["xms_cc"], Limits.nameLength).contains { $0.lowercased() == "cp1" }
        algorithm = header["alg"]?.stringValue?.bounded(to: Limits.nameLength)
        keyID = header["kid"]?.stringValue?.bounded(to: Limits.textLength)
        tokenID = object["uti"]?.stringValue?.bounded(to: Limits.nameLength)
    }

    /// A text or an array of texts.
    private static func texts(_ value: JSONValue?, _ limit: Int) -> [String] {
        let elements = value?.arrayValue ?? value.map { [$0] } ?? []
        return elements.prefix(TokenInspection.Limits.elementCount).compactMap { $0.stringValue?.bounded(to: limit) }
    }

    private static func holder(_ value: JSONValue, _ claims: TokenClaims) -> Holder? {
        if claims.managedIdentityID != nil { return .managedIdentity }
        switch claims.identityType {
        case .app?: return .app
        case .user?: return .user
        case .unknown?, nil: break
        }
        if claims.userName != nil || value["scp"] != nil { return .user }
        return claims.appID == nil ? nil : .app
    }

    private static func proof(_ value: JSONValue) -> ClientProof? {
        switch value.stringValue ?? value.intValue.map(String.init) {
        case "0"?: ClientProof.none
        case "1"?: .secret
        case "2"?: .certificate
        case let word?: .other(word.bounded(to: TokenInspection.Limits.nameLength))
        case nil: nil
        }
    }

    /// Too many groups are told by a pointer to where they can be asked for, or for implicit flows by a flag.
    private static func groups(_ claims: JSONObject) -> Groups? {
        let isElsewhere =
            claims["_claim_names"]?.objectValue?["groups"] != nil || claims["hasgroups"]?.boolValue == true
        if isElsewhere { return .overage }
        return claims["groups"]?.arrayValue.map { .listed(count: $0.count) }
    }
}

extension TokenClaims {
    /// Cuts every text; lists too.
    fileprivate mutating func bound(to limit: Int) {
        let texts: [WritableKeyPath<TokenClaims, String?>] = [
            \.audience, \.objectID, \.tenantID, \.appID, \.userName, \.displayName, \.version, \.issuer,
        ]
        for text in texts { self[keyPath: text] = self[keyPath: text]?.bounded(to: limit) }
        roles = roles.bounded(to: limit)
        scopes = scopes.bounded(to: limit)
        if let id = managedIdentityID, id.text.unicodeScalars.count > limit {
            managedIdentityID = ResourceID(id.text.bounded(to: limit))
        }
        if case .unknown(let word)? = identityType { identityType = .unknown(word.bounded(to: limit)) }
    }
}

extension [String] {
    fileprivate func bounded(to limit: Int) -> [String] {
        prefix(TokenInspection.Limits.elementCount).map { $0.bounded(to: limit) }
    }
}
