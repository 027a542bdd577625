@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport

/// A dashboard that lives through whatever chance thinks of, the same for the same seed.
struct RandomWalk {
    var renderer = Renderer()
    var random: SplitMix
    var state: DashboardState
    /// Requests that went out and were neither answered nor given up by the one who plays Azure.
    var open: [Request] = []
    /// Answers that were given, to be given again to the wrong question.
    var given: [Answer] = []
    /// Played so far, the latest last; what is told of them when something is wrong.
    private(set) var latest: [Event] = []
    /// For each request, how often the clock had been seen to go on by an hour when it went out.
    private var sentInHour: [Int: Int] = [:]
    private var hours = 0
    /// How often what was sent answers; by and by Azure is quick, slow and silent.
    private var answeringPercent = 60

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        let size = Size(width: 120, height: 36)
        state = DashboardState(workspace: Samples.workspace, size: size)
        state.now = Samples.now
    }

    /// One event and what follows of it.
    ///
    /// - Returns: What is wrong with the dashboard now; nothing, if all is well.
    mutating func step(draws: Bool) -> [String] {
        if random.chance(1) { answeringPercent = random.pick([0, 20, 60, 95]) }
        play(nextEvent())
        var faults = violations() + requestsLeftOver()
        if draws { faults += violationsInFrame() }
        return faults
    }

    mutating func play(_ event: Event) {
        latest.append(event)
        if latest.count > 12 { latest.removeFirst() }
        if case .tick(let now, _) = event, now.timeIntervalSince(state.now) > 3_600 { hours += 1 }
        for case .fetch(let request) in update(&state, event) {
            open.append(request)
            sentInHour[request.number] = hours
        }
        if open.count > 40 { open.removeFirst(20) }
        sentInHour = sentInHour.filter { state.requestsInFlight[$0.key] != nil }
    }

    /// A request that was sent before the clock went on by an hour twice has either an answer or an end.
    private func requestsLeftOver() -> [String] {
        sentInHour.filter { hours - $0.value >= 2 }.map { "request \($0.key) stays in flight for ever" }
    }

    // MARK: Events

    private mutating func nextEvent() -> Event {
        switch random.integer(0...99) {
        case ..<30: .terminal(.key(nextKey()))
        case ..<33: .terminal(.resize(nextSize()))
        case ..<35: .terminal(.focus(random.chance(50)))
        case ..<37: .terminal(.paste(nextText()))
        case ..<38: .terminal(random.chance(50) ? .resumed : .ended(.endOfInput))
        case ..<62: nextTick()
        case ..<70: .exchanged(nextExchange())
        case ..<73: .tokenChanged(random.pick(TokenAudience.allCases), random.chance(50) ? nil : nextToken())
        case ..<74: random.chance(30) ? .copied(nextCopyOutcome()) : .secret(nextSecretEvent())
        case ..<76: .budgetChanged(nextBudget())
        case ..<80 where state.scoring != nil: .scoring(nextScoringReport())
        default: nextAnswerEvent()
        }
    }

    private mutating func nextKey() -> Key {
        if state.prompt != nil || random.chance(10) { return nextTypedKey() }
        if state.views.last == .scoring, random.chance(90) { return nextScoringKey() }
        return random.pick(random.pick(KeyMap.standard.bindings).keys)
    }

    private mutating func nextTypedKey() -> Key {
        switch random.integer(0...9) {
        case ..<5: .character(random.pick(Self.typed))
        case ..<6: .control(random.pick(["a", "e", "u", "k", "w", "h", "c", "x"]))
        case ..<7: random.pick([.left, .right, .home, .end, .backspace, .delete, .insert, .tab])
        case ..<8: .alt(random.pick(["u", "e", "x"]))
        case ..<9: .character(random.pick(Array(nextText().prefix(3)) + ["a"]))
        default: random.pick([.enter, .escape, .function(12)])
        }
    }

    private static let typed: [Character] = [
        "/", "!", ":", ">", "<", "=", " ", "a", "e", "s", "5", "%", "p", "한", "\u{301}", "(", "[", "*", "\\", "👍",
    ]

    private mutating func nextSize() -> Size {
        let sizes = [
            (0, 0), (1, 1), (3, 2), (20, 5), (40, 12), (80, 24), (100, 30), (120, 36), (200, 60), (0, 9), (500, 1),
        ]
        let (width, height) =
            random.chance(60) ? random.pick(sizes) : (random.integer(1...160), random.integer(1...50))
        return Size(width: width, height: height)
    }

    /// Mostly the next second; sometimes a laptop wakes, a clock is put right, or a zone is left.
    private mutating func nextTick() -> Event {
        let zones = [
            Samples.zone, .utc, ZoneOffset(seconds: -12_600, abbreviation: "NST"),
            ZoneOffset(seconds: 50_400, abbreviation: ""),
        ]
        let jump: Double =
            switch random.integer(0...39) {
            case 0: random.pick([3_700, 86_400, 30 * 86_400])
            case 1: random.pick([-3_700, -86_400, -30 * 86_400])
            case 2: random.pick([-1, -0.2, 61, 130, 600])
            case ..<15: 0
            default: random.real(0...3)
            }
        // No clock is as wrong as that for long.
        let now = abs(state.now.timeIntervalSince(Samples.now)) > 4e8 ? Samples.now : state.now
        return .tick(now: now.addingTimeInterval(jump), zone: random.chance(2) ? random.pick(zones) : state.zone)
    }

    private mutating func nextAnswerEvent() -> Event {
        guard !open.isEmpty, random.chance(answeringPercent) else {
            // An answer to a question that nobody asked, or that was answered long ago.
            return .answered(request: random.integer(-2...state.lastRequest + 2), nextWrongAnswer())
        }
        // A page of a list leaves its request open.
        let index = random.integer(0...open.count - 1)
        let request = open[index]
        if request.source == .endpoints, random.chance(30) {
            return .answered(request: request.number, .endpoints(page: nextEndpoints(), isLast: false))
        }
        if request.source == .fleet, random.chance(30) {
            return .answered(request: request.number, .fleet(page: nextFleet(), isLast: false))
        }
        if !random.chance(5) { open.remove(at: index) }
        if random.chance(25) { return .answered(request: request.number, .failed(nextError())) }
        if random.chance(4) { return .answered(request: request.number, nextWrongAnswer()) }
        let answer = nextAnswer(to: request)
        given.append(answer)
        if given.count > 40 { given.removeFirst() }
        return .answered(request: request.number, answer)
    }

    private mutating func nextWrongAnswer() -> Answer {
        given.isEmpty || random.chance(20) ? .failed(nextError()) : random.pick(given)
    }
}
