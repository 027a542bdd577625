import FoundationEssentials
import Logging

/// Writes each event as one line: time, level, message, then `name=value` by name.
struct LineLogHandler: LogHandler {
    let sink: LogSink
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    init(sink: LogSink, level: Logger.Level) {
        self.sink = sink
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        sink.write(line: Self.line(at: Date(), event.level, "\(event.message)", all))
    }

    static func line(
        at time: Date,
        _ level: Logger.Level,
        _ message: String,
        _ metadata: Logger.Metadata
    ) -> String {
        let clock = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(time)
        let facts = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted("\($0.value)"))" }
        return "\(clock) \(level.rawValue) \(Printable.text(message))\(facts.joined())\n"
    }

    /// In quotes where it holds more than a word; what would end the line or act on a terminal is shown instead.
    private static func quoted(_ text: String) -> String {
        let safe = Printable.text(text)
        guard safe.isEmpty || safe.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return safe }
        return "\"" + safe.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
