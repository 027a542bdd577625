#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The sign-in of the Azure CLI. `az account get-access-token`.
///
/// It never stops a chain: whatever is the matter with it, the next credential may do. Claims challenges are beyond it.
public struct AzureCLICredential: TokenCredential {
    public let name = "AzureCliCredential"
    /// How long `az` may take: it starts a Python and may ask Microsoft Entra.
    public static let timeout = Duration.seconds(10)

    private let environment: [String: String]
    private let tenantID: String?
    private let subscription: String?
    private let time: TimeSource

    /// - Parameters:
    ///   - environment: Where `PATH` is, and what `az` gets, secrets left out.
    ///   - tenantID: A tenant other than that of the CLI's account.
    ///   - subscription: A subscription whose account and tenant to use; its name or GUID.
    ///   - time: What the time limit is measured by.
    public init(
        environment: [String: String],
        tenantID: String? = nil,
        subscription: String? = nil,
        time: TimeSource = .system
    ) {
        self.environment = environment
        self.tenantID = tenantID
        self.subscription = subscription
        self.time = time
    }

    /// What `az` gets to see of our variables: no secrets.
    public static func childEnvironment(_ environment: [String: String]) -> [String: String] {
        ProgramRun.withoutSecrets(environment)
    }

    /// Where `az` is; nil where it is not.
    public static func path(in environment: [String: String]) -> String? {
        ProgramSearch.path(of: "az", in: environment["PATH"])
    }

    /// - Throws: `CredentialUnavailable`, `CancellationError`, nothing else.
    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard request.claims == nil else { throw unavailable(.cannotSatisfyClaims) }
        let arguments = try arguments(for: request)
        guard let program = ProgramSearch.path(of: "az", in: environment["PATH"]) else {
            throw unavailable(.programNotFound("az"))
        }
        let ended: ProgramRun.End
        do {
            ended = try await ProgramRun(
                path: program,
                arguments: arguments,
                environment: ProgramRun.withoutSecrets(environment).merging(["AZURE_CORE_NO_COLOR": "true"]) { $1 },
                timeout: Self.timeout,
                time: time
            ).run()
        } catch let error as ProgramRun.Failure {
            throw unavailable(AzureCLIOutput.reason(for: error))
        }
        guard ended.isSuccess else { throw unavailable(AzureCLIOutput.reason(for: ended)) }
        guard var token = AzureCLIOutput.token(ended.output) else { throw unavailable(.malformedOutput) }
        guard token.expiresAt.map({ $0 > now() }) ?? true else { throw unavailable(.lapsedToken) }
        token.credential = name
        return token
    }

    /// What comes from outside must not be read as an option, nor as anything else but a resource or a tenant.
    private func arguments(for request: TokenRequest) throws -> [String] {
        guard request.resource.isPlain(and: "_-.:/") else { throw unavailable(.unsuitableRequest("resource")) }
        var arguments = ["account", "get-access-token", "--output", "json", "--resource", request.resource]
        if let tenantID {
            guard tenantID.isPlain(and: "-.") else { throw unavailable(.unsuitableRequest("tenant")) }
            arguments += ["--tenant", tenantID]
        }
        if let subscription {
            guard subscription.isPlain(and: "-_. ") else { throw unavailable(.unsuitableRequest("subscription")) }
            arguments += ["--subscription", subscription]
        }
        return arguments
    }

    private func unavailable(_ reason: UnavailableCredential.Reason) -> CredentialUnavailable {
        CredentialUnavailable(UnavailableCredential(name: name, reason: reason))
    }
}

extension String {
    /// Letters and digits of ASCII and those others, no hyphen in front.
    fileprivate func isPlain(and others: String) -> Bool {
        !isEmpty && first != "-" && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || others.contains($0) }
    }
}
