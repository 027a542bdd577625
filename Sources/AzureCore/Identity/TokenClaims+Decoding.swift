import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension TokenClaims {
    /// Reads the middle part of a token, for display only: the signature is not looked at.
    ///
    /// Nil for an opaque or broken token, which is not an error: tokens are opaque by contract. Claims of a wrong type
    /// are left out.
    public static func decode(_ token: String) -> TokenClaims? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, object(in: parts[0]) != nil, let claims = object(in: parts[1]) else { return nil }
        return TokenClaims(claims)
    }

    private static func object(in part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part.utf8), bytes.first == UInt8(ascii: "{") || bytes.first?.isSpace == true,
            String(validating: bytes, as: UTF8.self) != nil,
            let value = try? JSONValue.parse(bytes), value.objectValue != nil
        else { return nil }
        return value
    }

    private init(_ claims: JSONValue) {
        let type = claims["idtyp"]?.stringValue
        let isApp = type == "app" || (type == nil && claims["scp"] == nil && claims["upn"] == nil)
        self.init(
            audience: claims["aud"]?.stringValue ?? claims["aud"]?[0]?.stringValue,
            objectID: claims["oid"]?.stringValue,
            tenantID: claims["tid"]?.stringValue,
            appID: claims.text("appid", "azp"),
            userName: claims.text("upn", "unique_name", "preferred_username"),
            displayName: isApp ? claims.text("app_displayname", "name") : claims.text("name", "app_displayname"),
            identityType: type.map(IdentityType.init(word:)),
            version: claims["ver"]?.stringValue,
            issuer: claims["iss"]?.stringValue,
            expiresAt: ExpiryTime.date(claims["exp"]),
            issuedAt: ExpiryTime.date(claims["iat"]),
            notBefore: ExpiryTime.date(claims["nbf"]),
            roles: claims["roles"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            scopes: claims["scp"]?.stringValue?.split(separator: " ").map(String.init) ?? [],
            managedIdentityID: claims["xms_mirid"]?.stringValue.map(ResourceID.init)
        )
    }
}

extension TokenClaims.IdentityType {
    fileprivate init(word: String) {
        switch word {
        case "app": self = .app
        case "user": self = .user
        default: self = .unknown(word)
        }
    }
}

extension JSONValue {
    fileprivate func text(_ names: String...) -> String? {
        names.lazy.compactMap { self[$0]?.stringValue }.first
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
