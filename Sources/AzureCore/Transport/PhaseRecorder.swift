import Synchronization

/// Divides the time of an exchange into its phases: each ends where the next one begins.
final class PhaseRecorder: Sendable {
    enum Phase {
        case resolve, connect, secure, send, firstByte, receive
    }

    private struct State {
        var timings = TransferTimings()
        var last: Duration
        let start: Duration
    }

    private let uptime: @Sendable () -> Duration
    private let state: Mutex<State>

    init(uptime: @escaping @Sendable () -> Duration, isReused: Bool) {
        self.uptime = uptime
        let now = uptime()
        state = Mutex(State(timings: TransferTimings(isReused: isReused), last: now, start: now))
    }

    /// A phase ends now, or ended at a moment by `now()`.
    func end(_ phase: Phase, at moment: Duration? = nil) {
        let now = moment ?? uptime()
        state.withLock { state in
            let duration = now - state.last
            state.last = now
            state.timings.total = now - state.start
            switch phase {
            case .resolve: state.timings.resolve = duration
            case .connect: state.timings.connect = duration
            case .secure: state.timings.secure = duration
            case .send: state.timings.send = duration
            case .firstByte: state.timings.firstByte = duration
            case .receive: state.timings.receive = duration
            }
        }
    }

    func now() -> Duration { uptime() }

    /// Since the beginning.
    var elapsed: Duration { uptime() - state.withLock(\.start) }

    /// All phases that have ended.
    var timings: TransferTimings { state.withLock(\.timings) }
}
