import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A certificate authority of the simulator's own and the one server certificate it signed.
struct CertificateAuthority: Codable, Sendable {
    /// The authority's certificate, which clients have to trust.
    let authorityPEM: String
    /// The certificate of all origins: `localhost`, `*.blob.localhost`, 127.0.0.1.
    let serverPEM: String
    let serverKeyPEM: String
    let expiresAt: Date

    /// Makes a new authority.
    ///
    /// The times are the machine's, not the simulated world's: a client's TLS library checks them against its own clock.
    init(now: Date = Date()) throws {
        let day = 86_400.0
        let from = now - day
        let authorityKey = P256.Signing.PrivateKey()
        let serverKey = P256.Signing.PrivateKey()
        let authorityName = try DistinguishedName {
            OrganizationName("amltop")
            CommonName("amltop simulator certificate authority")
        }
        let authorityKeyID = SubjectKeyIdentifier(hash: Certificate.PublicKey(authorityKey.publicKey))
        expiresAt = now + 365 * day

        let authority = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: .init(authorityKey.publicKey),
            notValidBefore: from,
            notValidAfter: expiresAt,
            issuer: authorityName,
            subject: authorityName,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                authorityKeyID
            },
            issuerPrivateKey: .init(authorityKey)
        )
        let server = try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: .init(serverKey.publicKey),
            notValidBefore: from,
            notValidAfter: expiresAt,
            issuer: authorityName,
            subject: try DistinguishedName { CommonName("localhost") },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectKeyIdentifier(hash: Certificate.PublicKey(serverKey.publicKey))
                AuthorityKeyIdentifier(keyIdentifier: authorityKeyID.keyIdentifier)
                SubjectAlternativeNames([
                    .dnsName("localhost"), .dnsName("*.blob.localhost"),
                    .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                ])
            },
            issuerPrivateKey: .init(authorityKey)
        )

        authorityPEM = try authority.serializeAsPEM().pemString
        serverPEM = try server.serializeAsPEM().pemString
        serverKeyPEM = serverKey.pemRepresentation
    }
}
