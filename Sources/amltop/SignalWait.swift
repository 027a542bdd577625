import Glibc

/// Waits for one of some signals without a handler: they are blocked in every thread that starts later.
///
/// Make it before any other thread runs.
struct SignalWait {
    private var signals = sigset_t()

    init(_ numbers: [Int32]) {
        sigemptyset(&signals)
        for number in numbers { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// - Returns: The number of the signal that came.
    func wait() -> Int32 {
        var signals = signals
        var number: Int32 = 0
        while sigwait(&signals, &number) != 0 {}
        return number
    }
}
