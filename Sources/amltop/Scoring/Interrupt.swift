import Dispatch
import Glibc
import Synchronization

/// Ctrl-C for a command that has something to say at its end: it cancels what is under way.
final class Interrupt: Sendable {
    /// What the shell expects of an interrupted program.
    static let exitCode = 128 + SIGINT

    static func leave() -> Never { exit(exitCode) }

    private let came = Mutex(false)

    var hasCome: Bool { came.withLock { $0 } }

    /// Runs a body that is cancelled when the signal comes; a second one ends the program.
    ///
    /// - Throws: What the body throws.
    func watching<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        let task = Task { try await body() }
        source.setEventHandler { [self] in
            let isFirst = came.withLock { came in
                defer { came = true }
                return !came
            }
            guard isFirst else { Self.leave() }
            task.cancel()
        }
        source.activate()
        defer { source.cancel() }
        return try await task.value
    }
}
