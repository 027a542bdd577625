internal import CNCurses
internal import Synchronization
package import TerminalUI

/// Whether a loop was asked to end; any thread may ask.
private let isStopping = Atomic<Bool>(false)

extension CursesTerminal {
    /// Runs the terminal on the calling thread, the one that opened it, until `stop()` or the end of the terminal.
    ///
    /// Between two waits it runs the jobs of `TerminalActor` and then, if there is a reason, one step of the program:
    /// at the start, when events came, when `wake()` was called and when the wait the last step asked for is over.
    /// Everything that was there to read is one batch, so that one step paints once for it.
    ///
    /// `onEvents` gets the events, none for a step with another reason, and returns how long to wait at most until the
    /// next step; nil waits for a reason. After a step that got `.ended` the loop is over.
    ///
    /// - Returns: The reason of `.ended`, nil after `stop()`.
    @discardableResult
    package nonisolated func run(onEvents: @TerminalActor ([TerminalEvent]) -> Duration?) -> EndReason? {
        TerminalActor.assumeIsolated { loop(onEvents) }
    }

    /// Asks for a step soon; cheap, from any thread, and many requests before that step are one.
    package nonisolated func wake() {
        TerminalActor.executor.wantStep()
    }

    /// Ends the loop after the step that is running, or at once; from any thread.
    package nonisolated func stop() {
        isStopping.store(true, ordering: .releasing)
        wake()
    }

    private func loop(_ step: @TerminalActor ([TerminalEvent]) -> Duration?) -> EndReason? {
        let executor = TerminalActor.executor
        var poller = Poller([input, signals, executor.wakeDescriptor])
        var deadlines = Deadlines(step: .now)
        while !isStopping.exchange(false, ordering: .acquiringAndReleasing) {
            poller.wait(milliseconds: queued.isEmpty ? deadlines.milliseconds(after: .now) : 0)
            executor.runJobs()
            var events = takeQueued()
            var end = endWhileLent
            if poller.isReadable(1) { end = readSignals(into: &events) }
            if end == nil { end = readInput(poller, deadlines: &deadlines, into: &events) }
            events += takeQueued()
            if let end { events.append(.ended(end)) }
            let isWoken = executor.takeStepRequest()
            guard !events.isEmpty || isWoken || deadlines.isStepDue(at: .now) else { continue }
            let wait = step(events)
            if let end { return end }
            deadlines.step = wait.map { .now + $0 }
        }
        return nil
    }

    private func takeQueued() -> [TerminalEvent] {
        defer { queued.removeAll() }
        return queued
    }

    /// Reads what the terminal sent, or gives up waiting for the rest of a sequence; the end of input ends all.
    private func readInput(
        _ poller: Poller,
        deadlines: inout Deadlines,
        into events: inout [TerminalEvent]
    ) -> EndReason? {
        // A terminal that went away is readable too, for ever: look for that first.
        if poller.isGone(0) { return .endOfInput }
        guard poller.isReadable(0) else {
            if deadlines.isInputDue(at: .now) {
                events += reader.flush()
                deadlines.input = nil
            }
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: 16 * 1024)
        switch ReadResult.read(input, into: &bytes) {
        case .bytes(let count): events += reader.read(bytes[..<count])
        case .nothing: break
        case .end: return .endOfInput
        }
        deadlines.input = reader.patience.map { .now + $0 }
        return nil
    }

    private func readSignals(into events: inout [TerminalEvent]) -> EndReason? {
        var bytes = [UInt8](repeating: 0, count: 256)
        guard case .bytes(let count) = ReadResult.read(signals, into: &bytes) else { return nil }
        let caught = Set(bytes[..<count])
        if let deadly = caught.subtracting([Signal.windowChanged, Signal.stop, Signal.resume]).min() {
            return .signal(Int32(deadly))
        }
        if caught.contains(Signal.stop) {
            stop(wholeGroup: false)
        } else if caught.contains(Signal.resume) {
            // Continued after a stop that could not be caught: the shell has used the terminal meanwhile.
            resume()
        } else if updateSize() {
            events.append(.resize(size))
        }
        return nil
    }
}

/// When the loop has to come round though nothing happened.
private struct Deadlines {
    var step: ContinuousClock.Instant?
    /// When the rest of an incomplete sequence is no longer waited for.
    var input: ContinuousClock.Instant?

    init(step: ContinuousClock.Instant?) {
        self.step = step
    }

    func isStepDue(at now: ContinuousClock.Instant) -> Bool { step.map { $0 <= now } ?? false }
    func isInputDue(at now: ContinuousClock.Instant) -> Bool { input.map { $0 <= now } ?? false }

    /// The time until the first of them, rounded up; nil where there is none.
    func milliseconds(after now: ContinuousClock.Instant) -> Int32? {
        guard let first = [step, input].compactMap(\.self).min() else { return nil }
        let (seconds, attoseconds) = (first - now).components
        let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }
}
