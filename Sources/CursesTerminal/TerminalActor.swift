internal import CNCurses
internal import Synchronization

/// The thread that owns the terminal, as an actor: curses knows nothing of threads, so one thread does it all.
///
/// Its jobs run on the thread that opened the terminal, between two waits of `CursesTerminal.run(onEvents:)`; until
/// that runs, they queue.
@globalActor package actor TerminalActor {
    package static let shared = TerminalActor()
    static let executor = TerminalExecutor()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { Self.executor.asUnownedSerialExecutor() }

    /// Runs `body` on the actor without suspending; the caller must be on the terminal's thread already.
    package nonisolated static func assumeIsolated<Result: Sendable, Failure: Error>(
        _ body: @TerminalActor () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        executor.checkIsolated()
        // The closure differs from a plain one in its isolation only, which was just checked.
        return try withoutActuallyEscaping(body) { escaping throws(Failure) in
            try unsafeBitCast(escaping, to: (() throws(Failure) -> Result).self)()
        }
    }
}

/// Runs the actor's jobs on the thread it is bound to, whenever that thread comes round.
final class TerminalExecutor: SerialExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let isWoken = Atomic<Bool>(false)
    private let isStepWanted = Atomic<Bool>(false)
    private let thread = Atomic<UInt>(0)
    private let pipe = WakePipe()

    /// Readable when the thread should come round.
    var wakeDescriptor: Int32 { pipe.readEnd }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        wake()
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the thread that opened the terminal")
    }

    func isIsolatingCurrentContext() -> Bool? {
        thread.load(ordering: .relaxed) == UInt(cncurses_current_thread())
    }

    func bindToCurrentThread() {
        thread.store(UInt(cncurses_current_thread()), ordering: .relaxed)
    }

    /// Asks for a step of the program; many requests before the thread comes round are one.
    func wantStep() {
        if !isStepWanted.exchange(true, ordering: .acquiringAndReleasing) { wake() }
    }

    /// Whether a step was asked for since the last time this was called.
    func takeStepRequest() -> Bool { isStepWanted.exchange(false, ordering: .acquiringAndReleasing) }

    /// Runs the jobs that are waiting; those they enqueue run the next time.
    func runJobs() {
        if isWoken.exchange(false, ordering: .acquiringAndReleasing) { pipe.drain() }
        let waiting = jobs.withLock { queue in
            defer { queue.removeAll(keepingCapacity: true) }
            return queue
        }
        for job in waiting {
            job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    private func wake() {
        if !isWoken.exchange(true, ordering: .acquiringAndReleasing) { pipe.signal() }
    }
}
