import Crypto
import CryptoExtras
import FoundationEssentials
import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// The certificate that is registered with the application, made when somebody first wants to sign in with it.
final class ClientKeys: Sendable {
    struct Made: Codable, Sendable {
        let certificatePEM: String
        let keyPEM: String
        let pfxPassword: String
    }

    private let made: Mutex<Made?>
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - made: The one of an earlier run.
    ///   - now: The time of the simulated world, which a certificate is judged by.
    init(_ made: Made?, now: @escaping @Sendable () -> Date) {
        self.made = Mutex(made)
        self.now = now
    }

    /// Nothing is registered before that was wanted.
    var registered: Made? { made.withLock { $0 } }

    /// - Throws: What making the key or the certificate throws.
    func make() throws -> Made {
        if let made = registered { return made }
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let name = try DistinguishedName { CommonName("amltop simulator application") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: .init(key.publicKey),
            notValidBefore: now() - 86_400,
            notValidAfter: now() + 365 * 86_400,
            issuer: name,
            subject: name,
            signatureAlgorithm: .sha256WithRSAEncryption,
            extensions: try Certificate.Extensions { Critical(KeyUsage(digitalSignature: true)) },
            issuerPrivateKey: .init(key)
        )
        let new = Made(
            certificatePEM: try certificate.serializeAsPEM().pemString + "\n",
            keyPEM: key.pkcs8PEMRepresentation + "\n",
            pfxPassword: TokenMint.opaque(18)
        )
        return made.withLock { made in
            made = made ?? new
            return made ?? new
        }
    }
}

extension ClientKeys.Made {
    /// Certificate and key in PKCS #12.
    ///
    /// - Throws: What the encoding throws.
    var pfx: [UInt8] {
        get throws {
            let bundle = NIOSSLPKCS12Bundle(
                certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8)),
                privateKey: try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
            )
            return try bundle.serialize(passphrase: Array(pfxPassword.utf8))
        }
    }

    /// The certificate as an issuer looks at it.
    var registered: RegisteredCertificate? {
        guard let certificate = try? Certificate(pemEncoded: certificatePEM) else { return nil }
        var serializer = DER.Serializer()
        guard (try? serializer.serialize(certificate)) != nil,
            let key = try? _RSA.Signing.PublicKey(pemRepresentation: certificate.publicKey.serializeAsPEM().pemString)
        else { return nil }
        return RegisteredCertificate(der: serializer.serializedBytes, key: key, expiresAt: certificate.notValidAfter)
    }
}

/// A certificate of an application: what its assertions are checked against.
struct RegisteredCertificate: Sendable {
    let der: [UInt8]
    let key: _RSA.Signing.PublicKey
    let expiresAt: Date

    var sha1: [UInt8] { Array(Insecure.SHA1.hash(data: Data(der))) }
    var sha256: [UInt8] { Array(SHA256.hash(data: Data(der))) }
}
