import CryptoExtras
import FoundationEssentials
import JWTKit

/// Signs and checks tokens with one RSA key.
///
/// Making that key takes longer than all else at the start, so it is made beside it, once in a process; the first token
/// waits for it.
final class TokenIssuer: Sendable {
    private typealias Signing = Task<(keys: JWTKeyCollection, pem: String), any Error>

    private let collection: Signing
    private static let keyID = JWKIdentifier(string: "amltop-simulator-1")
    private static let ofThisProcess = signing(pem: nil)

    /// - Parameter pem: The key of an earlier run.
    init(pem: String?) {
        collection = pem.map { Self.signing(pem: $0) } ?? Self.ofThisProcess
    }

    private static func signing(pem: String?) -> Signing {
        Task.detached {
            let key: _RSA.Signing.PrivateKey =
                try pem.map { try .init(pemRepresentation: $0) } ?? .init(keySize: .bits2048)
            let keys = JWTKeyCollection()
            await keys.add(rsa: try Insecure.RSA.PrivateKey(backing: key), digestAlgorithm: .sha256, kid: keyID)
            return (keys, key.pemRepresentation)
        }
    }

    /// The key, to be kept for the next run.
    var pem: String { get async throws { try await collection.value.pem } }

    func sign(_ claims: some JWTPayload) async throws -> String {
        let header: JWTHeader = ["typ": "JWT", "x5t": "amltop-simulator-1"]
        return try await collection.value.keys.sign(claims, kid: Self.keyID, header: header)
    }

    /// The claims of a token with a good signature; `nil` for everything else.
    func claims<Claims: JWTPayload>(of token: String, as type: Claims.Type) async -> Claims? {
        try? await collection.value.keys.verify(token, as: type)
    }
}
