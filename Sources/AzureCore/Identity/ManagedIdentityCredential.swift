import HTTPTypes
import JSONValue
import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The identity that Azure gives to the machine this runs on.
///
/// `GET http://169.254.169.254/metadata/identity/oauth2/token`, or what the platform's variables name instead. Nothing of it
/// goes through a proxy. A machine without such a service, or without an identity, is merely unavailable.
public final class ManagedIdentityCredential: TokenCredential {
    public let name = "ManagedIdentityCredential"
    /// Waits before each further try; a service that is being updated (410) recovers within 70 s.
    static let pauses: [Duration] = [
        .zero, .milliseconds(1600), .milliseconds(3200), .milliseconds(6400), .milliseconds(12_800),
    ]
    static let pausesWhileGone: [Duration] = [.zero, .seconds(5), .seconds(10), .seconds(20), .seconds(40)]

    private let host: ManagedIdentityHost
    private let selection: ManagedIdentitySelection
    /// Scheme and host of the instance metadata service.
    private let metadataHost: String
    private let challenge: ArcChallenge
    private let timeout: Duration
    private let probeTimeout: Duration
    private let isKnownToBeThere = Mutex(false)

    /// From the platform's variables; `AZURE_POD_IDENTITY_AUTHORITY_HOST` stands in for the instance metadata service.
    ///
    /// Which identity: `AZURE_CLIENT_ID`, else `AMLTOP_IDENTITY_OBJECT_ID`, else `AMLTOP_IDENTITY_RESOURCE_ID`, else the
    /// machine's own.
    public convenience init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let selection: ManagedIdentitySelection =
            value("AZURE_CLIENT_ID").map { .clientID($0) }
            ?? value("AMLTOP_IDENTITY_OBJECT_ID").map { .objectID($0) }
            ?? value("AMLTOP_IDENTITY_RESOURCE_ID").map { .resourceID($0) } ?? .systemAssigned
        self.init(environment: environment, selection: selection)
    }

    /// - Parameters:
    ///   - environment: The variables of the platform.
    ///   - selection: Which identity.
    ///   - arcFolder: Where the agent of Azure Arc puts its challenges.
    ///   - timeout: How long one answer may take.
    ///   - probeTimeout: How long an instance metadata service that is there may take to say so.
    public init(
        environment: [String: String],
        selection: ManagedIdentitySelection,
        arcFolder: String = "/var/opt/azcmagent/tokens",
        timeout: Duration = .seconds(10),
        probeTimeout: Duration = .seconds(1)
    ) {
        self.timeout = timeout
        self.probeTimeout = probeTimeout
        host = ManagedIdentityHost(environment: environment)
        self.selection = selection
        let replaced = environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"].flatMap { $0.isEmpty ? nil : $0 }
        metadataHost = (replaced ?? "http://169.254.169.254").withoutTrailingSlash
        challenge = ArcChallenge(folder: arcFolder)
    }

    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard request.claims == nil else { throw unavailable(.cannotSatisfyClaims) }
        if case .unsupported(let host) = host { throw unavailable(.unsupportedHost(host)) }
        guard var question = host.request(for: request.resource, selection, metadataHost: metadataHost) else {
            throw AzureError(.configuration(invalidAddress), operation: .token)
        }
        question.timeout = timeout
        if host == .instanceMetadata { try await probe(pipeline) }
        let response = try await answer(to: question, pipeline, now)
        if let failure = AzureError(of: response, to: question, now: now()) {
            throw explained(failure, response)
        }
        do throws(AzureError) {
            return try token(in: response.json(), now: now())
        } catch {
            throw AzureError(wrapping: error, doing: .token, host: question.url.host)
        }
    }

    private var invalidAddress: AzureError.ConfigurationProblem {
        switch host {
        case .machineLearningCompute(let endpoint, _): .invalidURL(name: "MSI_ENDPOINT", value: endpoint)
        case .appService(let endpoint, _), .arc(let endpoint): .invalidURL(name: "IDENTITY_ENDPOINT", value: endpoint)
        case .instanceMetadata, .unsupported:
            .invalidURL(name: "AZURE_POD_IDENTITY_AUTHORITY_HOST", value: metadataHost)
        }
    }

    /// Whether anybody is at the address, asked once: elsewhere than in Azure it leads nowhere, and that must not take long.
    private func probe(_ pipeline: Pipeline) async throws {
        guard !isKnownToBeThere.withLock({ $0 }), var probe = ManagedIdentityHost.probe(metadataHost: metadataHost)
        else { return }
        probe.timeout = probeTimeout
        let response: AzureResponse
        do {
            response = try await pipeline.answer(to: probe)
        } catch {
            try Task.checkCancellation()
            throw unavailable(.noManagedIdentityService(host: probe.url.host))
        }
        guard !response.isOfNobody else { throw unavailable(.noManagedIdentityService(host: probe.url.host)) }
        isKnownToBeThere.withLock { $0 = true }
    }

    /// Asks until there is an answer that another try would not change.
    private func answer(
        to question: AzureRequest,
        _ pipeline: Pipeline,
        _ now: @Sendable () -> Date
    ) async throws -> AzureResponse {
        var question = question
        var hasAnswered = false
        while true {
            let response: AzureResponse
            do {
                response = try await pipeline.answer(to: question)
            } catch {
                try Task.checkCancellation()
                guard host == .instanceMetadata else {
                    throw AzureError(wrapping: error, doing: .token, host: question.url.host)
                }
                throw unavailable(.noManagedIdentityService(host: question.url.host))
            }
            if case .arc = host, response.status == 401, !hasAnswered {
                question = try challenge.answered(question, response)
                hasAnswered = true
                continue
            }
            guard let pause = Self.pause(after: response, tries: question.attempt, now: now()) else { return response }
            try await pipeline.time.sleep(pause)
            question.attempt += 1
        }
    }

    private static func pause(after response: AzureResponse, tries: Int, now: Date) -> Duration? {
        guard [404, 410, 429].contains(response.status) || response.status >= 500 else { return nil }
        let pauses = response.status == 410 ? pausesWhileGone : pauses
        guard tries <= pauses.count else { return nil }
        return max(
            pauses[tries - 1],
            RetryAfter.duration(in: response, now: now).map { min($0, .seconds(40)) } ?? .zero
        )
    }

    private func explained(_ failure: AzureError, _ response: AzureResponse) -> any Error {
        if response.isOfNobody { return unavailable(.noManagedIdentityService(host: failure.host ?? "")) }
        if host == .instanceMetadata, response.status == 400 {
            return unavailable(.identityNotAssigned(message: failure.message ?? ""))
        }
        var failure = failure
        if [400, 401, 403].contains(response.status) {
            failure.kind = .signedOut(credential: name)
            failure.code = failure.code ?? failure.entraWord
        }
        return failure
    }

    private func token(in answer: JSONValue, now: Date) throws(AzureError) -> AccessToken {
        guard let text = answer["access_token"]?.stringValue, !text.isEmpty else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "access_token")))
        }
        let claims = TokenClaims.decode(text)
        let life = ExpiryTime.lifeSeconds(answer["expires_in"]).map { now.addingTimeInterval($0) }
        return AccessToken(
            secret: Secret(text),
            expiresAt: life ?? ExpiryTime.date(answer["expires_on"]) ?? claims?.expiresAt,
            refreshAt: ExpiryTime.lifeSeconds(answer["refresh_in"]).map { now.addingTimeInterval($0) },
            claims: claims,
            credential: name
        )
    }

    private func unavailable(_ reason: UnavailableCredential.Reason) -> CredentialUnavailable {
        CredentialUnavailable(UnavailableCredential(name: name, reason: reason))
    }
}

extension AzureResponse {
    /// A 403 that says "unreachable": Docker Desktop answers so for hosts that are not there.
    fileprivate var isOfNobody: Bool {
        status == 403 && String(decoding: body.prefix(4000), as: UTF8.self).contains("unreachable")
    }
}
