import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import History

/// Performs what rotations want done, and holds their keys meanwhile: the one place that has them.
actor RotationDesk {
    /// The keys of one rotation, before and after.
    private struct Held {
        var before: EndpointKeys?
        var after: EndpointKeys?
    }

    private var held: [String: Held] = [:]
    private let azure: LiveAzure
    private let history: HistoryFile
    private let claims: RotationClaims
    private let time: TimeSource
    private let environment: [String: String]

    init(
        azure: LiveAzure,
        history: HistoryFile,
        claims: RotationClaims,
        time: TimeSource = .system,
        environment: [String: String]
    ) {
        self.azure = azure
        self.history = history
        self.claims = claims
        self.time = time
        self.environment = environment
    }

    /// The key of a slot as it was read back; nil where none was.
    func newKey(of rotation: String, _ slot: KeySlot) -> Secret? { held[rotation]?.after?[slot] }

    func perform(_ task: RotationTask) async -> RotationNews {
        guard task.action == .forget || claims.claim(task.rotation) else { return .heldElsewhere }
        switch task.action {
        case .record(let entry):
            return .recorded(await history.append(entry))
        case .forget:
            held[task.rotation] = nil
            claims.release(task.rotation)
            return .nothing
        case .readKeys:
            let keys = await answer { try await self.readKeys(of: task, into: \.before) }
            return .event(.keysRead(keys))
        case .readCallers(let hours):
            return .event(.callersRead(await answer { try await self.callers(of: task.endpoint, hours: hours) }))
        case .precheck(let since):
            return .event(.prechecked(await answer { try await self.precheck(task, since: since) }))
        case .regenerate(let slot):
            return .event(
                .sent(
                    await answer {
                        try await self.client(of: task.endpoint).regenerateKeys(of: task.endpoint.name, slot: slot)
                    }
                )
            )
        case .poll(let handle, let seconds):
            await wait(seconds)
            return .event(.polled(await answer { try await self.client(of: task.endpoint).step(of: handle) }))
        case .readBack(let seconds):
            await wait(seconds)
            return .event(.readBack(await answer { try await self.readKeys(of: task, into: \.after) }))
        case .probe(let roles, let payload, let seconds):
            await wait(seconds)
            return .event(.probed(await verdicts(roles, payload, task)))
        case .probeOldKey(let payload, let seconds):
            await wait(seconds)
            let found = await verdicts([.old], payload, task)
            return .event(.oldKeyProbed(found[.old] ?? KeyVerdict(.unknown)))
        case .handOver(let way):
            return .event(.handedOver(way, isDone: await handOver(way, task)))
        }
    }

    // MARK: Azure

    private func answer<Value: Sendable>(
        _ body: () async throws -> Value
    ) async -> Result<Value, AzureError> {
        do {
            return .success(try await body())
        } catch let error as AzureError {
            return .failure(error)
        } catch {
            return .failure(AzureError(.cancelled))
        }
    }

    private func wait(_ seconds: Double) async {
        guard seconds > 0 else { return }
        // Whoever gave up waiting gives up the request behind it, too.
        try? await time.sleep(.milliseconds(Int(seconds * 1000)))
    }

    private func client(of endpoint: ResourceID) async throws -> MachineLearningClient {
        let address = WorkspaceAddress(
            subscriptionID: endpoint.subscriptionID ?? "",
            resourceGroup: endpoint.resourceGroup ?? "",
            name: endpoint.workspaceName ?? ""
        )
        return try await azure.client(priority: .essential, workspace: address)
    }

    private func readKeys(
        of task: RotationTask,
        into place: WritableKeyPath<Held, EndpointKeys?>
    ) async throws -> KeyReading {
        let client = try await client(of: task.endpoint)
        // Keys first: what the endpoint says of an operation is then no older than they are.
        let keys = try await client.keys(of: task.endpoint.name)
        let isRunning = try await isOperationRunning(on: task.endpoint, client)
        held[task.rotation, default: Held()][keyPath: place] = keys
        return KeyReading(Self.fingerprints(keys, of: task.endpoint), isOperationRunning: isRunning)
    }

    static func fingerprints(_ keys: EndpointKeys, of endpoint: ResourceID) -> KeyFingerprints {
        KeyFingerprints(
            primary: KeyFingerprint(of: keys.primaryKey, endpoint: endpoint),
            secondary: KeyFingerprint(of: keys.secondaryKey, endpoint: endpoint)
        )
    }

    private func isOperationRunning(on id: ResourceID, _ client: MachineLearningClient) async throws -> Bool {
        let endpoint = try await client.onlineEndpoint(id.name)
        if endpoint.provisioningState.isChanging { return true }
        guard let url = endpoint.lastOperationURL else { return false }
        do {
            return try await client.operationStatus(at: url).isRunning
        } catch let error as AzureError {
            // Azure forgets operations that ended long ago.
            if case .notFound = error.kind { return false }
            throw error
        }
    }

    private func precheck(_ task: RotationTask, since: Date) async throws -> Precheck {
        let client = try await client(of: task.endpoint)
        let events = try? await client.activity(of: task.endpoint, since: since)
        let regenerations = events.map(KeyRegeneration.regenerations)?.filter { $0.time >= since }
        // The keys are the last thing that is looked at before anything is sent.
        let isRunning = try await isOperationRunning(on: task.endpoint, client)
        let keys = try await client.keys(of: task.endpoint.name)
        let reading = KeyReading(Self.fingerprints(keys, of: task.endpoint), isOperationRunning: isRunning)
        return Precheck(reading, regenerations: regenerations)
    }

    private func callers(of endpoint: ResourceID, hours: Int) async throws -> CallerReport {
        let client = try await client(of: endpoint)
        let settings = try await client.diagnosticSettings(of: endpoint)
        guard let place = settings.first(where: \.sendsTrafficLog)?.workspaceID else {
            return CallerReport(hours: hours, callers: [], isLogged: false)
        }
        let workspace = try await client.logWorkspace(place)
        let start = time.now().addingTimeInterval(-Double(hours) * 3600)
        return CallerReport(
            hours: hours,
            callers: try await client.callers(of: endpoint.name, in: workspace, from: start)
        )
    }

    // MARK: Scoring

    private func verdicts(
        _ roles: [KeyRole],
        _ payload: ProbePayload,
        _ task: RotationTask
    ) async -> [KeyRole: KeyVerdict] {
        var verdicts: [KeyRole: KeyVerdict] = [:]
        for role in roles { verdicts[role] = await verdict(role, payload, task) }
        return verdicts
    }

    private func verdict(_ role: KeyRole, _ payload: ProbePayload, _ task: RotationTask) async -> KeyVerdict {
        guard let slot = task.slot, let key = key(role, slot, of: task.rotation) else { return KeyVerdict(.unknown) }
        do {
            let client = try await client(of: task.endpoint)
            guard let uri = try await client.onlineEndpoint(task.endpoint.name).scoringURI else {
                return KeyVerdict(.inconclusive)
            }
            let request = try PayloadFile.request(payload, uri: uri)
            return KeyVerdict(try await client.score(request, credential: .key(key)))
        } catch {
            return KeyVerdict(.inconclusive)
        }
    }

    private func key(_ role: KeyRole, _ slot: KeySlot, of rotation: String) -> Secret? {
        switch role {
        case .new: held[rotation]?.after?[slot]
        case .other: held[rotation]?.after?[slot.other]
        case .old: held[rotation]?.before?[slot]
        }
    }

    // MARK: Ways out

    private func handOver(_ way: KeyHandOver, _ task: RotationTask) async -> Bool {
        guard let slot = task.slot, let key = newKey(of: task.rotation, slot) else { return false }
        switch way {
        case .copy: return await Clipboard.copy(key.reveal(), environment: environment) != nil
        case .command(let line): return await SecretCommand(line: line, environment: environment).take(key)
        }
    }
}

extension RotationActions {
    init(_ desk: RotationDesk) {
        self.init(perform: { await desk.perform($0) }, newKey: { await desk.newKey(of: $0, $1) })
    }
}
