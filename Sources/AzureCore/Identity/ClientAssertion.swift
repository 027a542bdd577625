import Crypto
import CryptoExtras
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What an application proves its certificate with: a token signed by itself.
struct ClientAssertion {
    /// How the signature is made and the certificate named.
    enum Form: Sendable {
        /// PS256 with `x5t#S256`, which Microsoft Entra's documentation asks for.
        case current
        /// RS256 with `x5t`, which every issuer knows.
        case older
    }

    /// How long one is good for. Microsoft Entra advises five to ten minutes.
    static let lifeSeconds = 600.0

    var certificate: ClientCertificate
    var clientID: String
    /// The address of the token endpoint it is for.
    var audience: String
    var sendsChain: Bool

    /// - Throws: What the signing throws.
    func text(_ form: Form, at now: Date) throws -> String {
        let header = Base64URL.encode(header(form).text().utf8)
        let input = "\(header).\(Base64URL.encode(payload(at: now).text().utf8))"
        let digest = SHA256.hash(data: Data(input.utf8))
        let signature = try certificate.key.signature(
            for: digest,
            padding: form == .current ? .PSS : .insecurePKCS1v1_5
        )
        return "\(input).\(Base64URL.encode(signature.rawRepresentation))"
    }

    private func header(_ form: Form) -> JSONValue {
        var fields = JSONFields()
        fields.add("alg", form == .current ? "PS256" : "RS256")
        fields.add("typ", "JWT")
        let leaf = Data(certificate.chain[0])
        switch form {
        case .current: fields.add("x5t#S256", Base64URL.encode(SHA256.hash(data: leaf)))
        case .older: fields.add("x5t", Base64URL.encode(Insecure.SHA1.hash(data: leaf)))
        }
        if sendsChain {
            fields.add("x5c", .array(certificate.chain.map { .string(Data($0).base64EncodedString()) }))
        }
        return fields.value
    }

    private func payload(at now: Date) -> JSONValue {
        let seconds = Int(now.timeIntervalSince1970.rounded(.down))
        var fields = JSONFields()
        fields.add("aud", audience)
        fields.add("iss", clientID)
        fields.add("sub", clientID)
        fields.add("jti", UUID().uuidString.lowercased())
        fields.add("nbf", seconds)
        fields.add("iat", seconds)
        fields.add("exp", seconds + Int(Self.lifeSeconds))
        return fields.value
    }
}

extension Array where Element == (name: String, value: String) {
    /// The form of a grant that an assertion answers for, in the order Microsoft's documentation lists it.
    static func assertion(_ assertion: String, clientID: String, for request: TokenRequest) -> Self {
        [
            ("grant_type", "client_credentials"), ("client_id", clientID),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion), ("scope", request.scope),
        ] + request.claimsField
    }
}
