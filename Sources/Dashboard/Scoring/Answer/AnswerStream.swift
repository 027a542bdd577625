internal import AzureML
internal import JSONValue

/// An answer that comes as server-sent events: what came so far, and the words that chat models put into it.
package struct AnswerStream: Equatable, Sendable {
    /// Further events are counted, but not kept.
    static let mostEvents = 100_000

    private var reader = EventReader()
    private(set) var events: [ServerSentEvents.Event] = []
    private(set) var eventCount = 0
    /// The words of all chunks, joined; empty where the stream is no chat.
    private(set) var words: [UInt8] = []
    private(set) var wordRows = TextRows()
    /// How many chunks had words in them.
    private(set) var chunkCount = 0
    /// Whether the stream said that it is done.
    private(set) var isDone = false
    /// The reason the model gave for stopping: `stop`, `length`.
    private(set) var finishReason: String?
    /// Until the first word came, or the first event where there are no words.
    private(set) var firstToken: Duration?

    package init() {}

    /// Takes more of the body.
    mutating func read(_ bytes: [UInt8], elapsed: Duration?) {
        for event in reader.read(bytes) { take(event, elapsed: elapsed) }
        wordRows.extend(over: words)
    }

    private mutating func take(_ event: ServerSentEvents.Event, elapsed: Duration?) {
        eventCount += 1
        if events.count < Self.mostEvents { events.append(event) }
        if event.data == "[DONE]" {
            isDone = true
            return
        }
        let chunk = try? JSONValue.parse(event.data)
        let text = chunk.flatMap(Self.words)
        if let reason = chunk?["choices"]?[0]?["finish_reason"]?.stringValue { finishReason = reason }
        if let text, !text.isEmpty {
            if chunkCount == 0 { firstToken = elapsed }
            chunkCount += 1
            words.append(contentsOf: text.utf8)
        } else if firstToken == nil, chunk?["choices"] == nil {
            firstToken = elapsed
        }
    }

    /// When the first word came is known only of a stream that was watched.
    mutating func keepFirstToken(of other: AnswerStream) { firstToken = other.firstToken ?? firstToken }

    /// What a chunk adds to the text: of chat completions, of completions, and of the plainer streams of scripts.
    static func words(of chunk: JSONValue) -> String? {
        let choice = chunk["choices"]?[0]
        return choice?["delta"]?["content"]?.stringValue ?? choice?["text"]?.stringValue
            ?? choice?["message"]?["content"]?.stringValue ?? chunk["token"]?["text"]?.stringValue
            ?? chunk["delta"]?["text"]?.stringValue
    }
}

/// The reader of the core, which holds what is under way: two of them are the same where they have read the same.
private struct EventReader: Equatable, Sendable {
    private var events = ServerSentEvents()
    private var byteCount = 0

    mutating func read(_ bytes: [UInt8]) -> [ServerSentEvents.Event] {
        byteCount += bytes.count
        return events.read(bytes)
    }

    static func == (first: EventReader, second: EventReader) -> Bool { first.byteCount == second.byteCount }
}
