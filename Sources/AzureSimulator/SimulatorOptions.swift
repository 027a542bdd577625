public import FoundationEssentials

/// What a simulated Azure is made of.
public struct SimulatorOptions: Sendable {
    /// The names `scenario` can have, `steady` first.
    public static let scenarios = ["steady", "incident", "expiry", "rollout", "throttled", "signed-out", "fleet"]

    /// One of `scenarios`: the cast and what happens to it.
    public var scenario: String
    /// Everything in the world that is not a secret follows from this number.
    public var seed: UInt64
    /// The port of Resource Manager; the other origins take the three after it. 0 takes any four.
    public var port: Int
    /// Where the certificate authority, the keys, the secrets and the ports are kept between runs.
    ///
    /// `nil` keeps them in a private temporary folder that `Simulator.stop()` removes.
    public var stateDirectory: String?
    /// How many online endpoints there are; the cast of the scenario comes first. `nil` is as many as the scenario says.
    public var endpointCount: Int?
    /// How many deployments each endpoint has, 1–20; of the cast some are left out or stand by without traffic then.
    /// `nil` is as many as the scenario says, or varies it from endpoint to endpoint.
    public var deploymentsPerEndpoint: Int?
    /// About how many traffic-log rows the hour before the start holds in all. `nil` leaves the scenario's own traffic.
    public var rowsInLastHour: Int?
    /// How long every answer is held back.
    public var latencyMilliseconds: Int
    /// How long a long-running operation takes.
    public var operationSeconds: Int
    /// How long a Microsoft Entra token lives; an Azure ML token lives twice as long.
    /// `nil` is what the scenario says, usually 3599 s.
    public var tokenSeconds: Int?
    /// How long an endpoint's old key holds after a new one has taken its place.
    public var keyGraceSeconds: Int
    /// Whose credentials `Simulator.environment` hands out.
    public var principal: SimulatorPrincipal
    /// How many resources one page of a list holds.
    public var pageSize: Int
    /// How `Simulator.environment` signs in.
    public var signIn: SignInMethod
    /// The time of this world.
    public var clock: SimulatorClock

    public init(
        scenario: String = "steady",
        seed: UInt64 = 1,
        port: Int = 0,
        stateDirectory: String? = nil,
        endpointCount: Int? = nil,
        deploymentsPerEndpoint: Int? = nil,
        rowsInLastHour: Int? = nil,
        latencyMilliseconds: Int = 0,
        operationSeconds: Int = 180,
        tokenSeconds: Int? = nil,
        keyGraceSeconds: Int = 0,
        principal: SimulatorPrincipal = .owner,
        pageSize: Int = 20,
        signIn: SignInMethod = .secret,
        clock: SimulatorClock = .system
    ) {
        self.scenario = scenario
        self.seed = seed
        self.port = port
        self.stateDirectory = stateDirectory
        self.endpointCount = endpointCount
        self.deploymentsPerEndpoint = deploymentsPerEndpoint
        self.rowsInLastHour = rowsInLastHour
        self.latencyMilliseconds = latencyMilliseconds
        self.operationSeconds = operationSeconds
        self.tokenSeconds = tokenSeconds
        self.keyGraceSeconds = keyGraceSeconds
        self.principal = principal
        self.pageSize = pageSize
        self.signIn = signIn
        self.clock = clock
    }
}

/// The time a simulated Azure lives by; tests put their own in.
public struct SimulatorClock: Sendable {
    public var now: @Sendable () -> Date
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's own time.
    public static let system = SimulatorClock(now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}
