import AzureCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Time that moves when it is told to.
final class ManualTime: Sendable {
    private struct State {
        var now = Date(timeIntervalSince1970: 1_746_109_986)
        var slept: [Duration] = []
    }

    private let state = Mutex(State())
    /// A shorter sleep ends at once, with the time moved on; any other lasts until it is cancelled.
    private let limit: Duration

    init(passingSleepsBelow limit: Duration = .zero) {
        self.limit = limit
    }

    var now: Date { state.withLock { $0.now } }
    /// The sleeps that ended at once.
    var slept: [Duration] { state.withLock { $0.slept } }

    func advance(by seconds: Double) {
        state.withLock { $0.now = $0.now.addingTimeInterval(seconds) }
    }

    var source: TimeSource {
        TimeSource(
            now: { self.now },
            sleep: { duration in
                guard duration < self.limit else { return try await untilCancelled() }
                // Whoever sleeps in a loop must not keep the others from running.
                await Task.yield()
                try Task.checkCancellation()
                self.state.withLock { $0.slept.append(duration) }
                self.advance(by: duration / .seconds(1))
            }
        )
    }
}

/// Waits until the task is cancelled, then throws `CancellationError`.
func untilCancelled() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    defer { continuation.finish() }
    for await _ in stream {}
    throw CancellationError()
}
