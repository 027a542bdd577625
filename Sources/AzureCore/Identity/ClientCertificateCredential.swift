import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A service principal with a certificate. `POST {authority}/{tenant}/oauth2/v2.0/token` with a client assertion.
///
/// The file is read again for every token, so that a certificate may be renewed under a running program. The assertion is
/// signed with PS256; an issuer that refuses that form gets RS256, from then on at once.
public final class ClientCertificateCredential: TokenCredential {
    public let name = "ClientCertificateCredential"
    private let variables: CredentialVariables
    private let password: Secret?
    private let form = Mutex(ClientAssertion.Form.current)

    /// From `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_CERTIFICATE_PATH` and, where they are set,
    /// `AZURE_CLIENT_CERTIFICATE_PASSWORD` and `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN` (`true` or `1`).
    public init(environment: [String: String]) {
        variables = CredentialVariables(
            environment,
            needed: ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH"],
            optional: ["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]
        )
        password = environment["AZURE_CLIENT_CERTIFICATE_PASSWORD"].flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    /// - Throws: Beside what is usual, `AzureError` of kind `.configuration(.unusableFile)`.
    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard let tenant = variables["AZURE_TENANT_ID"], let client = variables["AZURE_CLIENT_ID"],
            let path = variables["AZURE_CLIENT_CERTIFICATE_PATH"]
        else { throw variables.missing(for: name) }
        let endpoint = try EntraTokenEndpoint(
            of: request,
            tenantID: tenant,
            credential: name,
            pipeline: pipeline,
            now: now
        )
        let assertion = ClientAssertion(
            certificate: try ClientCertificate(path: path, password: password),
            clientID: client,
            audience: endpoint.url.description,
            sendsChain: variables.isOn("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN")
        )
        let ask: (ClientAssertion.Form, Date) async throws -> AccessToken = { form, date in
            let text = try assertion.text(form, at: date)
            return try await endpoint.grant(.assertion(text, clientID: client, for: request)).token
        }
        return try await askInBothForms(ask, endpoint, now)
    }

    private func askInBothForms(
        _ ask: (ClientAssertion.Form, Date) async throws -> AccessToken,
        _ endpoint: EntraTokenEndpoint,
        _ now: @Sendable () -> Date
    ) async throws -> AccessToken {
        let preferred = form.withLock { $0 }
        do {
            return try await ask(preferred, now())
        } catch let error as AzureError where error.code == Self.outsideItsTime {
            // Our clock is wrong: the issuer's, which its answer told, is the one that counts.
            return try await ask(preferred, now().addingTimeInterval(endpoint.clockLeadSeconds))
        } catch let error as AzureError where error.entraWord == "invalid_client" && preferred == .current {
            let token = try await ask(.older, now())
            form.withLock { $0 = .older }
            return token
        }
    }

    /// AADSTS700024: the assertion is not within its time range.
    private static let outsideItsTime = "AADSTS700024"
}
