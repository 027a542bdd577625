import AzureCore
import AzureML
import Dashboard
import Logging
import Synchronization

/// The variables that say where Azure is and who signs in, and the workspace that is meant.
struct AzureSettings: Equatable, Sendable {
    var variables: [String: String]
    var workspace: WorkspaceAddress
    /// The tenant to sign in to; nil for that of the credential.
    var tenantID: String?
    var allowance = RequestAllowance.everything
}

/// A connection to one workspace, made when it is first asked for and kept.
///
/// What it takes to connect (reading the cloud's metadata) is tried again after a failure; signing in happens with the
/// first request that needs a token.
final class LiveAzure: Sendable {
    private struct Parts {
        var transport: HTTPClientTransport?
        var connection: AzureConnection?
        var client: MachineLearningClient?
        var signIn: SignIn?
        var settings: AzureSettings?
    }

    private let parts = Mutex(Parts())
    private let settings: @Sendable () async throws -> AzureSettings
    let clock: TimeSource
    private let observer: @Sendable (ExchangeFacts) -> Void
    private let logger: Logger?
    /// Whether somebody is there who can sign in with a device code.
    private let isInteractive: Bool

    init(
        isInteractive: Bool = false,
        clock: TimeSource = .system,
        observer: @escaping @Sendable (ExchangeFacts) -> Void = { _ in },
        logger: Logger? = nil,
        settings: @escaping @Sendable () async throws -> AzureSettings
    ) {
        self.isInteractive = isInteractive
        self.clock = clock
        self.observer = observer
        self.logger = logger
        self.settings = settings
    }

    /// - Throws: `AzureError`.
    func connect() async throws -> ConnectionFacts {
        let settings = try await settings()
        let transport = try makeTransport(settings.variables)
        let pipelineSettings = PipelineSettings(
            userAgent: Version.userAgent,
            time: clock,
            observer: observer,
            logger: logger,
            allowance: settings.allowance
        )
        let pipeline = Pipeline(transport: transport, settings: pipelineSettings)
        let cloud = try await Cloud.resolve(environment: settings.variables, pipeline: pipeline)
        let signIn = SignIn(settings, isInteractive: isInteractive)
        let connection = AzureConnection(
            cloud: cloud,
            credential: signIn.chain,
            transport: transport,
            settings: pipelineSettings
        )
        let client = MachineLearningClient(workspace: settings.workspace, connection: connection)
        parts.withLock {
            $0.connection = connection
            $0.client = client
            $0.signIn = signIn
            $0.settings = settings
        }
        var hosts: [TokenAudience: String] = [:]
        for audience in TokenAudience.allCases { hosts[audience] = cloud.resource(of: audience)?.hostAndPort }
        var facts = ConnectionFacts(cloudName: cloud.name, workspace: settings.workspace, hosts: hosts)
        facts.resourceManager = cloud.resourceManager
        return facts
    }

    /// - Throws: `AzureError`.
    func client() async throws -> MachineLearningClient {
        if let client = parts.withLock({ $0.client }) { return client }
        _ = try await connect()
        guard let client = parts.withLock({ $0.client }) else { throw AzureError(.cancelled) }
        return client
    }

    /// The workspace that is meant.
    ///
    /// - Throws: `AzureError`.
    func workspace() async throws -> WorkspaceAddress {
        try await client().address
    }

    /// - Throws: `AzureError`.
    func connection() async throws -> AzureConnection {
        _ = try await client()
        guard let connection = parts.withLock({ $0.connection }) else { throw AzureError(.cancelled) }
        return connection
    }

    /// The client for requests of a priority, to a workspace (nil for the configured one).
    ///
    /// - Throws: `AzureError`.
    func client(priority: RequestPriority, workspace: WorkspaceAddress?) async throws -> MachineLearningClient {
        let client = try await client()
        return MachineLearningClient(
            workspace: workspace ?? client.address,
            connection: client.connection,
            priority: priority
        )
    }

    /// How it stands with the requests to a workspace's subscription; nil before there is a connection.
    func budget(in workspace: WorkspaceAddress?) -> Budget? {
        guard let client = parts.withLock({ $0.client }) else { return nil }
        let subscription = (workspace ?? client.address).subscriptionID
        let budget = client.connection.budget
        return Budget(
            reads: budget.status(of: .read, in: subscription),
            writes: budget.status(of: .write, in: subscription),
            deletes: budget.status(of: .delete, in: subscription),
            graphQueries: budget.status(of: .graphQuery, in: subscription)
        )
    }

    /// What became of each credential when a token was last asked for; none before that.
    func verdicts(for audience: TokenAudience) -> [CredentialVerdict] {
        parts.withLock { $0.signIn }?.chain.verdicts(for: audience) ?? []
    }

    /// Lets somebody sign in with a device code; everything is asked for as that person from then on.
    ///
    /// - Throws: `AzureError`.
    func signIn(onCode: @Sendable (DeviceCode) async -> Void) async throws {
        let connection = try await connection()
        guard let signIn = parts.withLock({ $0.signIn }) else { throw AzureError(.cancelled) }
        try await connection.signIn(with: signIn.device, onCode: onCode)
        signIn.chain.prefer(signIn.device.name)
        connection.forgetTokens()
    }

    /// Somebody has signed in to the Azure CLI: it is asked first from now on.
    func preferAzureCLI() {
        let (signIn, connection) = parts.withLock { ($0.signIn, $0.connection) }
        signIn?.chain.prefer("AzureCliCredential")
        connection?.forgetTokens()
    }

    /// What a program that is none of ours gets to see, and the tenant that is meant.
    func childSettings() async throws -> (variables: [String: String], tenantID: String?) {
        let settings = try await settings()
        return (
            AzureCLICredential.childEnvironment(settings.variables),
            settings.tenantID ?? settings.variables.value("AZURE_TENANT_ID")
        )
    }

    func heldToken(for audience: TokenAudience) -> AccessToken? {
        parts.withLock { $0.connection }?.cachedToken(for: audience)
    }

    func shutdown() async {
        let transport = parts.withLock { parts in
            defer { parts = Parts() }
            return parts.transport
        }
        await transport?.shutdown()
    }

    private func makeTransport(_ variables: [String: String]) throws(AzureError) -> HTTPClientTransport {
        if let transport = parts.withLock({ $0.transport }) { return transport }
        let transport = try HTTPClientTransport(
            trustFile: variables.value("SSL_CERT_FILE"),
            proxies: try ProxySettings(environment: variables)
        )
        parts.withLock { $0.transport = transport }
        return transport
    }
}

/// The credentials of one connection.
private struct SignIn: Sendable {
    let device: DeviceCodeCredential
    let chain: CredentialChain

    init(_ settings: AzureSettings, isInteractive: Bool) {
        device = DeviceCodeCredential(tenantID: settings.tenantID ?? settings.variables.value("AZURE_TENANT_ID"))
        chain = CredentialChain.standard(
            environment: settings.variables,
            tenantID: settings.tenantID,
            signIn: isInteractive ? device : nil
        )
    }
}

extension String {
    /// The host of a resource URI, with its port where it has one.
    fileprivate var hostAndPort: String {
        let rest = firstRange(of: "://").map { self[$0.upperBound...] } ?? self[...]
        return String(rest.prefix { $0 != "/" })
    }
}
