import FoundationEssentials
import HummingbirdCore
import NIOCore
import NIOSSL
import Synchronization

/// A pretend Azure on the loopback interface: real HTTPS, real tokens, a world that lives by itself.
///
/// Four origins, as Azure's are apart: Resource Manager with sign-in and cloud metadata, Log Analytics, the scoring of
/// managed endpoints, and, on plain HTTP, the scoring of Kubernetes endpoints. Only 127.0.0.1 is bound.
public final class Simulator: Sendable {
    private enum Phase {
        case made
        case running(servers: [OriginServer], services: Services)
        case stopped
    }

    let options: SimulatorOptions
    let folder: StateFolder
    let state: SimulatorState
    let world: World
    private let activity: ActivityStore
    let issuer: TokenIssuer
    private let limiter: RateLimiter
    private let graphQuota: GraphQuota
    private let scoring: ScoringDesk
    private let counts = RequestCounts()
    private let faults = FaultBoard()
    private let ledger = TokenLedger()
    let clientKeys: ClientKeys
    let signInVariables = Mutex<[(name: String, value: String)]>([])
    let tokenFileTask = Mutex<Task<Void, any Error>?>(nil)
    private let phase = Mutex(Phase.made)

    /// Makes the world and its certificate authority; nothing listens yet.
    ///
    /// - Throws: `SimulatorError` for an unknown scenario, an option out of its range, or a state folder that cannot be used.
    public init(options: SimulatorOptions = SimulatorOptions()) throws(SimulatorError) {
        self.options = options
        let folder = try StateFolder(path: options.stateDirectory)
        do throws(SimulatorError) {
            state = try folder.load(now: options.clock.now())
            var world = try World(options: options, bornAt: state.bornAt)
            world.keys = KeyStore(path: folder.keysPath)
            world.served = ServedRequests()
            self.world = world
        } catch {
            folder.removeIfTemporary()
            throw error
        }
        self.folder = folder
        activity = ActivityStore(path: folder.activityPath)
        issuer = TokenIssuer(pem: state.tokenKeyPEM)
        clientKeys = ClientKeys(state.clientKeys, now: options.clock.now)
        limiter = RateLimiter(world.scenario.limits)
        scoring = ScoringDesk(world.scenario.scoring)
        graphQuota = GraphQuota(size: world.scenario.limits?.graphQueries ?? 15)
    }

    deinit {
        folder.removeIfTemporary()
    }

    /// Starts to listen; returns once all origins do.
    ///
    /// - Throws: `SimulatorError` when a port is taken or the state cannot be written; then nothing listens.
    public func start() async throws(SimulatorError) {
        guard case .made = phase.withLock({ $0 }) else { return }
        let tls = try tlsConfiguration()
        let gate = Gate()
        var servers: [OriginServer] = []
        do {
            for origin in OriginName.allCases {
                servers.append(
                    try await OriginServer(
                        port: wantedPort(origin),
                        tls: origin == .kubernetesScoring ? nil : tls,
                        respond: { [options, counts] request, _ in
                            guard let services = gate.services else { return .reply(Reply(503)) }
                            let id = Self.newRequestID()
                            var responder = OriginResponder(services: services, origin: origin)
                            return await responder.respond(
                                to: request,
                                requestID: id,
                                now: options.clock.now(),
                                counts: counts
                            )
                        }
                    )
                )
            }
        } catch {
            for server in servers { await server.stop() }
            throw error as? SimulatorError ?? SimulatorError(.port(options.port))
        }
        let addresses = OriginAddresses(ports: servers.map(\.port))
        let services = Services(
            options: options,
            world: world,
            addresses: addresses,
            issuer: issuer,
            ledger: ledger,
            clientSecret: state.clientSecret,
            clientKeys: clientKeys,
            usedAssertions: UsedAssertions(),
            deviceCodes: DeviceCodes(),
            credentials: EndpointCredentials(seed: state.keySeed),
            limiter: limiter,
            graphQuota: graphQuota,
            counts: counts,
            faults: faults,
            trafficLog: TrafficLogTable(names: ResourceNames(world: world, addresses: addresses)),
            scoring: scoring,
            activity: activity
        )
        gate.open(services)
        phase.withLock { $0 = .running(servers: servers, services: services) }
        do throws(SimulatorError) {
            let variables = try await environment(signingInWith: options.signIn)
            signInVariables.withLock { $0 = variables }
            try await save(ports: services.addresses.ports)
        } catch {
            await stop()
            throw error
        }
    }

    /// Stops listening, cuts what is open, and removes the folder if it was a temporary one.
    public func stop() async {
        tokenFileTask.withLock { $0 }?.cancel()
        let servers = phase.withLock { phase -> [OriginServer] in
            defer { phase = .stopped }
            if case .running(let servers, _) = phase { return servers }
            return []
        }
        for server in servers { await server.stop() }
        folder.removeIfTemporary()
    }

    /// How often what was asked, as `GET /_simulator/requests` tells too.
    ///
    /// The key is origin (`arm`, `logs`, `scoring`, `kubernetes`), method and path in lower case, names and ids replaced by
    /// `*`: `arm GET /subscriptions/*/resourcegroups/*/providers/microsoft.machinelearningservices/workspaces/*`.
    public var requestCounts: [String: Int] { counts.all }

    /// A tenant that signs the same application in but does not own the subscription.
    public var guestTenantID: String { world.guestTenantID }

    /// The variables that point amltop and the official SDKs at this simulator, in a fixed order; empty before `start()`.
    public var environment: [(name: String, value: String)] { signInVariables.withLock { $0 } }

    var services: Services? {
        guard case .running(_, let services) = phase.withLock({ $0 }) else { return nil }
        return services
    }

    /// `export NAME='value'` lines for a shell to read.
    public static func exportLines(_ environment: [(name: String, value: String)]) -> String {
        environment.map { "export \($0.name)='\($0.value.replacing("'", with: "'\\''"))'\n" }.joined()
    }

    private func tlsConfiguration() throws(SimulatorError) -> TLSConfiguration {
        do {
            let certificates = try NIOSSLCertificate.fromPEMBytes(Array(state.certificates.serverPEM.utf8))
            let key = try NIOSSLPrivateKey(bytes: Array(state.certificates.serverKeyPEM.utf8), format: .pem)
            return .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        } catch {
            throw SimulatorError(.certificates)
        }
    }

    /// The port the options ask for, else the one of the last run, else any.
    private func wantedPort(_ origin: OriginName) -> Int {
        if options.port > 0 { return options.port + origin.rawValue }
        return origin.rawValue < state.ports.count ? state.ports[origin.rawValue] : 0
    }

    private func save(ports: [Int]) async throws(SimulatorError) {
        var state = state
        state.ports = ports
        // Only a folder that is kept waits for the signing key.
        if options.stateDirectory != nil { state.tokenKeyPEM = try? await issuer.pem }
        state.clientKeys = clientKeys.registered
        try folder.save(state)
    }

    private static func newRequestID() -> String {
        var random = SystemRandomNumberGenerator()
        return GUID.text(&random)
    }
}

/// Holds requests off until all four addresses are known.
private final class Gate: Sendable {
    private let held = Mutex<Services?>(nil)

    var services: Services? { held.withLock { $0 } }

    func open(_ services: Services) {
        held.withLock { $0 = services }
    }
}
