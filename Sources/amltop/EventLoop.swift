import AzureCore
import AzureML
import CursesTerminal
import Dashboard
import FoundationEssentials
import TerminalUI

/// Turns events into updates, draws once for each batch, and carries out the effects.
@TerminalActor
final class EventLoop {
    let terminal: CursesTerminal
    let environment: Environment
    let mailbox: Mailbox
    private let clock: TimeSource
    var state: DashboardState
    private var renderer = Renderer()
    private var tokensSeenAt = Date.distantPast
    /// Whether the frame on the screen has a secret in it.
    private(set) var isSecretShown = false
    private var tasks: [Int: Task<Void, Never>] = [:]
    /// The key that is to be seen over its mask, as long as the state says so; in no other place of the loop.
    var revealedKey: Secret?
    private var hasAskedForJournal = false
    private let signIn: SignInRunner
    private let scoring: ScoringRunner

    init(
        terminal: CursesTerminal,
        environment: Environment,
        mailbox: Mailbox,
        workspace: WorkspaceAddress,
        invocation: Invocation,
        isReadOnly: Bool,
        clock: TimeSource
    ) {
        self.terminal = terminal
        self.environment = environment
        self.mailbox = mailbox
        self.clock = clock
        signIn = SignInRunner(terminal: terminal, actions: environment.signIn, mailbox: mailbox)
        scoring = ScoringRunner(terminal: terminal, mailbox: mailbox)
        state = DashboardState(workspace: workspace, size: terminal.size)
        state.isReadOnly = isReadOnly
        invocation.prepare(&state)
        // Korean cannot be read in question marks.
        if terminal.isASCII { state.language = .english }
        terminal.willStop = { [weak self] in self?.coverSecrets() }
    }

    /// One step: everything that happened since the last, then one picture.
    ///
    /// - Returns: How long the picture stays true: until the clock shows the next second.
    func step(_ terminalEvents: [TerminalEvent]) -> Duration {
        let now = clock.now()
        var effects = update(&state, .tick(now: now, zone: .local(at: now)))
        for event in mailbox.takeAll() + changedTokens(at: now) + changedBudget() { effects += update(&state, event) }
        for event in terminalEvents { effects += update(&state, .terminal(event)) }
        var needsRepaint = false
        var requests: [Request] = []
        var rotationEffects: [RotationEffect] = hasAskedForJournal ? [] : [.readJournal]
        hasAskedForJournal = true
        for effect in effects {
            switch effect {
            case .fetch(let request): requests.append(request)
            case .cancelRequests:
                cancelRequests()
                requests = []
            case .repaint: needsRepaint = true
            case .suspend: terminal.suspend()
            case .copy(let text): copy(text)
            case .secret(let action): perform(action)
            case .rotation(.mask): revealedKey = nil
            case .rotation(let effect): rotationEffects.append(effect)
            case .scoring(let effect): scoring.perform(effect, scoringActions)
            case .saveContext(let offer): save(offer)
            case .signIn(let effect): signIn.perform(effect)
            case .quit:
                coverSecrets()
                terminal.stop()
                return .zero
            }
        }
        present()
        if needsRepaint { terminal.repaint() }
        // The person comes first: Azure is asked when the picture stands.
        for request in requests { start(request) }
        for effect in rotationEffects { start(effect) }
        let fraction = now.timeIntervalSince1970 - now.timeIntervalSince1970.rounded(.down)
        return .milliseconds(max(1, Int((1 - fraction) * 1_000) + 1))
    }

    /// Draws what is to be seen now. A frame that showed a secret is overwritten when the next one stands, be it on that too.
    func present() {
        let texts = Catalogue(state.language)
        var frame = renderer.frame(of: state, texts: texts)
        let showsSecret = drawRevealedKey(into: &frame, texts) || state.showsSecret
        terminal.present(frame, erasingLast: isSecretShown)
        isSecretShown = showsSecret
        state.changes = .none
    }

    /// The client renews tokens by itself; the countdowns follow within a second.
    private func changedTokens(at now: Date) -> [Event] {
        guard abs(now.timeIntervalSince(tokensSeenAt)) >= 1 else { return [] }
        tokensSeenAt = now
        return TokenAudience.allCases.compactMap { audience in
            guard let known = state.tokens[audience] else { return nil }
            let held = environment.heldToken(audience)
            return held == known ? nil : .tokenChanged(audience, held)
        }
    }

    /// In the workspace that is shown; what is kept is kept in one place for all of them.
    private var scoringActions: ScoringActions {
        var actions = environment.adapted(.essential, state.chosenWorkspace).scoring
        actions.history = environment.scoring.history
        return actions
    }

    /// The terminal's clipboard reaches the desk in front of it, also over SSH; the desktop's program takes any length.
    private func copy(_ text: String) {
        let reachedTerminal = terminal.copyToClipboard(text)
        let mailbox = mailbox
        Task.detached {
            let program = await Clipboard.copy(text, environment: .process)
            mailbox.post(
                .copied(
                    CopyOutcome(characterCount: text.count, reachedTerminal: reachedTerminal, program: program)
                )
            )
        }
    }

    /// What the governor grants changes with every request and every second.
    private func changedBudget() -> [Event] {
        guard let budget = environment.budget(state.chosenWorkspace), budget != state.budget else { return [] }
        return [.budgetChanged(budget)]
    }

    func cancelRequests() {
        for task in tasks.values { task.cancel() }
    }

    /// Nobody waits for anything any more.
    func cancelAll() {
        cancelRequests()
        signIn.cancel()
        scoring.cancelAll()
    }

    private func start(_ request: Request) {
        let environment = environment.adapted(request.priority, request.workspace)
        let mailbox = mailbox
        tasks[request.number] = Task.detached {
            await environment.answer(request) { mailbox.post(.answered(request: request.number, $0)) }
            await self.forget(request.number)
        }
    }

    private func forget(_ number: Int) { tasks[number] = nil }
}

extension Environment {
    /// Performs a request; every request gets an answer, several where pages come one by one.
    func answer(_ request: Request, _ emit: @escaping @Sendable (Answer) -> Void) async {
        do {
            if let answer = try await answer(request, pages: emit) { emit(answer) }
        } catch let error as AzureError {
            emit(.failed(error))
        } catch {
            emit(.failed(AzureError(.cancelled)))
        }
    }

    private func answer(_ request: Request, pages emit: @escaping @Sendable (Answer) -> Void) async throws -> Answer? {
        switch request.source {
        case .connection: return .connected(try await connect())
        case .token(let audience): return .token(try await token(audience, request.isRenewal))
        case .workspace: return .workspace(try await workspace())
        case .endpoints:
            try await endpoints { emit(.endpoints(page: $0, isLast: $1)) }
            return nil
        case .fleet:
            try await fleet { emit(.fleet(page: $0, isLast: $1)) }
            return nil
        case .endpoint(let id): return .endpoint(try await endpoint(id))
        case .regionMetrics(let scope):
            let minutes = request.historyMinutes ?? EndpointMetrics.historyMinutes
            let metrics = try await regionMetrics(scope, minutes, request.seriesLimit ?? 1_000)
            return .regionMetrics(metrics, historyMinutes: minutes)
        case .regionDeploymentMetrics(let scope):
            return .regionDeploymentMetrics(try await regionDeploymentMetrics(scope, request.seriesLimit ?? 1_000))
        case .workspaces: return .workspaces(try await workspaces())
        case .deployments(let id): return .deployments(try await deployments(id))
        case .endpointMetrics(let id): return .endpointMetrics(try await endpointMetrics(id))
        case .lastTraffic(let id): return .lastTraffic(try await lastTraffic(id))
        case .deploymentMetrics(let id): return .deploymentMetrics(try await deploymentMetrics(id))
        case .diagnosticSettings(let id): return .diagnosticSettings(try await diagnosticSettings(id))
        case .endpointToken(let id): return .endpointToken(try await endpointToken(id))
        case .activity(let id):
            guard let start = request.from else { return .failed(AzureError(.notFound(.other))) }
            let regenerations = try await activity.regenerations(id, start)
            return .keyActivity(KeyActivity(regenerations: regenerations, readFrom: start))
        case .lastOperation:
            guard let url = request.url else { return .failed(AzureError(.notFound(.other))) }
            return .lastOperation(try await operationStatus(url))
        case .logWorkspace(let id): return .logWorkspace(try await logWorkspace(id))
        case .trafficLog:
            guard let workspace = request.logWorkspace, let start = request.from else {
                return .failed(AzureError(.notFound(.other)))
            }
            try await trafficLog(workspace, start) {
                emit(.trafficLog($0.rows, from: $0.from, to: $0.to, isLast: $0.isLast))
            }
            return nil
        case .trafficAggregates:
            guard let workspace = request.logWorkspace, let start = request.from else {
                return .failed(AzureError(.notFound(.other)))
            }
            return .trafficAggregates(try await trafficAggregates(workspace, start))
        }
    }
}
