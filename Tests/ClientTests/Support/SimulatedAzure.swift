import AzureCore
import AzureML
import AzureSimulator
import HTTPTypes
import JSONValue
import Synchronization
import Testing

/// An Azure of its own for one test, and clients that talk to it over HTTPS.
final class SimulatedAzure: Sendable {
    let clock: ManualClock
    let simulator: Simulator
    private let transports = Mutex<[HTTPClientTransport]>([])
    private let log = Mutex<[ExchangeFacts]>([])

    private init(_ clock: ManualClock, _ options: SimulatorOptions) throws {
        self.clock = clock
        simulator = try Simulator(options: options)
    }

    /// Starts an Azure, runs `body` and stops it again, with every client it made.
    ///
    /// - Parameters:
    ///   - pageSize: How many resources a page of a list holds.
    ///   - rowsInLastHour: About how many rows the traffic log holds for the hour before the start.
    ///   - endpoints: How many online endpoints there are; nil for the usual cast.
    ///   - deployments: How many deployments each has; nil for the usual ones.
    ///   - change: What else is to be different.
    ///   - body: The test.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    static func with<Value>(
        pageSize: Int = 20,
        rowsInLastHour: Int? = 1200,
        endpoints: Int? = nil,
        deployments: Int? = nil,
        changing change: (inout SimulatorOptions) -> Void = { _ in },
        _ body: (SimulatedAzure) async throws -> Value
    ) async throws -> Value {
        let clock = ManualClock()
        var options = SimulatorOptions(
            endpointCount: endpoints,
            deploymentsPerEndpoint: deployments,
            rowsInLastHour: rowsInLastHour,
            pageSize: pageSize,
            clock: clock.simulatorClock
        )
        change(&options)
        let azure = try SimulatedAzure(clock, options)
        let result: Result<Value, any Error>
        do {
            try await azure.simulator.start()
            result = .success(try await body(azure))
        } catch {
            result = .failure(error)
        }
        for transport in azure.transports.withLock({ $0 }) { await transport.shutdown() }
        await azure.simulator.stop()
        return try result.get()
    }

    /// The same with one client.
    static func withClient<Value>(
        pageSize: Int = 20,
        rowsInLastHour: Int? = 1200,
        endpoints: Int? = nil,
        deployments: Int? = nil,
        changing change: (inout SimulatorOptions) -> Void = { _ in },
        _ body: (SimulatedAzure, MachineLearningClient) async throws -> Value
    ) async throws -> Value {
        try await with(
            pageSize: pageSize,
            rowsInLastHour: rowsInLastHour,
            endpoints: endpoints,
            deployments: deployments,
            changing: change
        ) { azure in
            try await body(azure, try await azure.client())
        }
    }

    /// What the simulator tells its users to set, and that nobody is where machines ask for their identity: no test may
    /// reach the real place.
    var variables: [String: String] {
        ["AZURE_POD_IDENTITY_AUTHORITY_HOST": Self.nobody]
            .merging(simulator.environment.map { ($0.name, $0.value) }) { $1 }
    }

    /// A port that nobody listens at.
    static let nobody = "http://127.0.0.1:1"

    /// Base URL of Resource Manager.
    var resourceManager: String { variables["AZURE_AUTHORITY_HOST"] ?? "" }

    /// A tenant that signs the application in but does not own the subscription.
    var guestTenantID: String { simulator.guestTenantID }

    /// The simulated workspace, parts of its address replaced.
    func workspace(subscription: String? = nil, group: String? = nil, name: String? = nil) -> WorkspaceAddress {
        let variables = variables
        return WorkspaceAddress(
            subscriptionID: subscription ?? variables["AZURE_SUBSCRIPTION_ID"] ?? "",
            resourceGroup: group ?? variables["AZURE_DEFAULTS_GROUP"] ?? "",
            name: name ?? variables["AZURE_DEFAULTS_WORKSPACE"] ?? ""
        )
    }

    /// A client as the program makes one: the cloud from its metadata, credentials and trust from the variables.
    ///
    /// - Parameters:
    ///   - changes: Variables to set differently; an empty one counts as not set.
    ///   - workspace: Which workspace; nil for the simulated one.
    ///   - retry: How often reads are tried.
    /// - Returns: The client; it lives as long as this Azure.
    /// - Throws: `AzureError`.
    func client(
        changing changes: [String: String] = [:],
        workspace: WorkspaceAddress? = nil,
        retry: RetrySettings = RetrySettings()
    ) async throws -> MachineLearningClient {
        let variables = variables.merging(changes) { $1 }
        let connection = try await connection(
            CredentialChain.standard(environment: variables),
            variables: variables,
            retry: retry
        )
        return MachineLearningClient(workspace: workspace ?? self.workspace(), connection: connection)
    }

    /// The way to this Azure with one credential; it lives as long as this Azure.
    func connection(
        _ credential: any TokenCredential,
        variables: [String: String],
        retry: RetrySettings = RetrySettings()
    ) async throws -> AzureConnection {
        let transport = try transport(trusting: variables["SSL_CERT_FILE"])
        let settings = PipelineSettings(
            retry: retry,
            time: clock.timeSource,
            observer: { facts in self.log.withLock { $0.append(facts) } }
        )
        let pipeline = Pipeline(transport: transport, settings: settings)
        let cloud = try await Cloud.resolve(environment: variables, pipeline: pipeline)
        return AzureConnection(cloud: cloud, credential: credential, transport: transport, settings: settings)
    }

    private func transport(trusting file: String?) throws -> HTTPClientTransport {
        let transport = try HTTPClientTransport(trustFile: file)
        transports.withLock { $0.append(transport) }
        return transport
    }
}

extension SimulatedAzure {
    /// Every try of every client so far, in the order they ended.
    var exchanges: [ExchangeFacts] { log.withLock { $0 } }

    func exchanges(_ operation: OperationName) -> [ExchangeFacts] {
        exchanges.filter { $0.operation == operation }
    }

    /// How many requests of a kind have arrived; a key as in `Simulator.requestCounts`, or the beginning of one.
    func arrived(_ beginning: String) -> Int {
        simulator.requestCounts.reduce(0) { $1.key.hasPrefix(beginning) ? $0 + $1.value : $0 }
    }

    /// Orders a trouble for the next `count` requests (0: for all) whose path and query match a regular expression.
    func order(_ fault: SimulatedFault, path: String, count: Int = 1) async throws {
        let order: JSONValue = [
            "match": ["path": .string(path)], "fault": fault.json, "count": .number(JSONNumber(count)),
        ]
        try await control("faults", .post, order)
    }

    func clearFaults() async throws {
        try await control("faults", .delete, nil)
    }

    /// Somebody with a browser answers a device code: `approve` or `decline`.
    func enter(_ userCode: String, _ answer: String) async throws {
        try await control("devicecode", .post, ["user_code": .string(userCode), "answer": .string(answer)])
    }

    private func control(_ name: String, _ method: HTTPRequest.Method, _ body: JSONValue?) async throws {
        let transport = try transport(trusting: variables["SSL_CERT_FILE"])
        let url = try #require(HTTPURL(resourceManager + "/_simulator/\(name)"))
        let request = AzureRequest(
            OperationName("faults"),
            method: method,
            url: url,
            headerFields: [.contentType: "application/json"],
            body: body.map { Array($0.text().utf8) }
        )
        _ = try await Pipeline(transport: transport).send(request)
    }
}
