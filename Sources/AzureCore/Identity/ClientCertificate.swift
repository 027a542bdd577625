import Crypto
import CryptoExtras
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The certificate of a service principal with its private key: from PEM (key encrypted or not) or PKCS #12 (PFX).
struct ClientCertificate: Sendable {
    /// Keys and chains take a few kilobytes.
    static let longestFile = 1 << 20

    /// DER, the certificate of the key first, then the others of the file.
    let chain: [[UInt8]]
    let key: _RSA.Signing.PrivateKey

    /// - Throws: `AzureError` of kind `.configuration(.unusableFile)`.
    init(path: String, password: Secret?) throws(AzureError) {
        do {
            let bytes = try CredentialFile.read(path, longest: Self.longestFile)
            let isText = bytes.firstRange(of: Array("-----BEGIN ".utf8)) != nil
            let (certificates, key) =
                isText ? try Self.readPEM(bytes, password) : try Self.readPKCS12(bytes, password)
            self.key = try Self.usable(key)
            chain = try Self.chain(certificates, of: self.key)
        } catch {
            let variable = "AZURE_CLIENT_CERTIFICATE_PATH"
            throw AzureError(
                .configuration(.unusableFile(variable: variable, path: path, error)),
                operation: .token
            )
        }
    }

    private static func readPEM(
        _ bytes: [UInt8],
        _ password: Secret?
    ) throws(AzureError.FileProblem) -> ([NIOSSLCertificate], NIOSSLPrivateKey) {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw .noCertificate
        }
        guard bytes.firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil else { throw .noPrivateKey }
        let isEncrypted =
            bytes.firstRange(of: Array("ENCRYPTED PRIVATE KEY".utf8)) != nil
            || bytes.firstRange(of: Array("Proc-Type: 4,ENCRYPTED".utf8)) != nil
        guard isEncrypted else {
            guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else { throw .unexpectedContent }
            return (certificates, key)
        }
        guard let password else { throw .passwordMissing }
        let key = password.withText { text in
            try? NIOSSLPrivateKey(bytes: bytes, format: .pem) { (set: NIOSSLPassphraseSetter<[UInt8]>) in
                set(Array(text.utf8))
            }
        }
        guard let key else { throw .passwordWrong }
        return (certificates, key)
    }

    private static func readPKCS12(
        _ bytes: [UInt8],
        _ password: Secret?
    ) throws(AzureError.FileProblem) -> ([NIOSSLCertificate], NIOSSLPrivateKey) {
        // DER begins with a sequence; what does not is no such file at all.
        guard bytes.first == 0x30 else { throw .unexpectedContent }
        let bundle = (password ?? Secret("")).withText { text in
            try? NIOSSLPKCS12Bundle(buffer: bytes, passphrase: Array(text.utf8))
        }
        if let bundle { return (bundle.certificateChain, bundle.privateKey) }
        throw password == nil ? .passwordMissing : .passwordWrong
    }

    private static func usable(_ key: NIOSSLPrivateKey) throws(AzureError.FileProblem) -> _RSA.Signing.PrivateKey {
        guard let bytes = try? key.derBytes, let key = try? _RSA.Signing.PrivateKey(derRepresentation: bytes) else {
            throw .unsupportedKey
        }
        return key
    }

    private static func chain(
        _ certificates: [NIOSSLCertificate],
        of key: _RSA.Signing.PrivateKey
    ) throws(AzureError.FileProblem) -> [[UInt8]] {
        let own = Array(key.publicKey.derRepresentation)
        let leaf = certificates.firstIndex { (try? $0.extractPublicKey().toSPKIBytes()) == own }
        guard let leaf else { throw .keyOfAnotherCertificate }
        var chain = certificates.compactMap { try? $0.toDERBytes() }
        guard chain.count == certificates.count else { throw .unexpectedContent }
        chain.swapAt(0, leaf)
        return chain
    }
}
