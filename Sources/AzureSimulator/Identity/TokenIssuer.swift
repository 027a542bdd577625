import CryptoExtras
import FoundationEssentials
import JWTKit

/// Signs and checks tokens with one RSA key.
///
/// Making that key takes longer than all else at the start, so it is made beside it; the first token waits for it.
final class TokenIssuer: Sendable {
    private let collection: Task<(keys: JWTKeyCollection, pem: String), any Error>
    private typealias PrivateKey = _RSA.Signing.PrivateKey

    /// Made once a process: making one takes a third of a second, and many simulators may run beside each other.
    private static let newKey = Task.detached { try PrivateKey(keySize: .bits2048) }
    private static let keyID = JWKIdentifier(string: "amltop-simulator-1")

    /// - Parameter pem: The key of an earlier run.
    init(pem: String?) {
        collection = Task.detached {
            let key = if let pem { try PrivateKey(pemRepresentation: pem) } else { try await Self.newKey.value }
            let keys = JWTKeyCollection()
            await keys.add(rsa: try Insecure.RSA.PrivateKey(backing: key), digestAlgorithm: .sha256, kid: Self.keyID)
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
