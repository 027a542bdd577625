import HTTPTypes
import JSONValue

/// A service's demand for a token that proves more than the one it got (continuous access evaluation).
struct ClaimsChallenge: Hashable, Sendable {
    /// How the service says it.
    static let error = "insufficient_claims"
    private static let longest = 16 << 10

    /// The JSON of what is demanded, with the word that we understand such demands (`CP1`).
    let claims: String

    /// From `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64 of JSON>"`; nil for everything else.
    init?(_ header: String) {
        guard header.lowercased().hasPrefix("bearer"), header.count <= Self.longest,
            header.contains("error=\"\(Self.error)\""), let range = header.firstRange(of: "claims=\"")
        else { return nil }
        let encoded = header[range.upperBound...].prefix { $0 != "\"" }
        guard let bytes = Base64URL.decode(encoded.utf8), let demanded = try? JSONValue.parse(bytes),
            case .object(let object) = demanded
        else { return nil }
        claims = JSONValue.object(Self.withCapability(object)).text()
    }

    /// Laid into the demand, beside whatever else it holds.
    private static func withCapability(_ demanded: JSONObject) -> JSONObject {
        var claims = demanded
        var token = JSONObject()
        if case .object(let object)? = claims["access_token"] { token = object }
        token["xms_cc"] = ["values": ["CP1"]]
        claims["access_token"] = .object(token)
        return claims
    }
}

extension AzureResponse {
    /// The demand of a 401, where it is one.
    var claimsChallenge: ClaimsChallenge? {
        guard status == 401 else { return nil }
        return headerFields[values: .wwwAuthenticate].lazy.compactMap { ClaimsChallenge($0) }.first
    }
}
