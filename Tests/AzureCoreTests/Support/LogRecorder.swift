import Logging
import Synchronization

/// Keeps everything that is logged.
final class LogRecorder: Sendable {
    private let lines = Mutex("")

    var text: String { lines.withLock { $0 } }
    var handler: any LogHandler { Handler(recorder: self) }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(recorder: LogRecorder) {
            self.recorder = recorder
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.lines.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" }
        }
    }
}
