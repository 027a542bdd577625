/// Reads an answer that comes as server-sent events (`text/event-stream`), as far as it has come.
///
/// Source: the WHATWG HTML standard, section "Interpreting an event stream". Comments and unknown fields are passed
/// over; an event that nothing ends is not one.
public struct ServerSentEvents: Sendable {
    public struct Event: Hashable, Sendable {
        /// `message` where the stream names none.
        public var name: String
        /// Its lines, joined by line feeds.
        public var data: String
        public var id: String?

        public init(name: String, data: String, id: String? = nil) {
            self.name = name
            self.data = data
            self.id = id
        }
    }

    /// A longer event is cut here, in bytes.
    public static let maximumEventLength = 1 << 20

    private var line: [UInt8] = []
    private var endsWithReturn = false
    private var isAtStart = true
    private var name = ""
    private var data: String?
    private var id: String?
    /// Whether the event under way was cut.
    public private(set) var isCut = false

    public init() {}

    /// Takes more of the body, cut wherever it came to be cut.
    ///
    /// - Returns: The events that end within it.
    public mutating func read(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            let followsReturn = endsWithReturn
            endsWithReturn = byte == 0x0D
            if byte == 0x0A, followsReturn { continue }
            guard byte == 0x0A || byte == 0x0D else {
                if line.count < Self.maximumEventLength { line.append(byte) } else { isCut = true }
                continue
            }
            if let event = endLine() { events.append(event) }
            line.removeAll(keepingCapacity: true)
        }
        return events
    }

    private mutating func endLine() -> Event? {
        if isAtStart, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isAtStart = false
        guard !line.isEmpty else { return endEvent() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        guard colon != 0 else { return nil }
        let field = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var rest = colon.map { line[($0 + 1)...] } ?? []
        if rest.first == UInt8(ascii: " ") { rest.removeFirst() }
        let value = String(decoding: rest, as: UTF8.self)
        switch field {
        case "data":
            guard (data?.utf8.count ?? 0) + value.utf8.count <= Self.maximumEventLength else {
                isCut = true
                return nil
            }
            data = data.map { $0 + "\n" + value } ?? value
        case "event": name = value
        case "id": if !value.utf8.contains(0) { id = value }
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> Event? {
        defer {
            name = ""
            data = nil
        }
        guard let data else { return nil }
        return Event(name: name.isEmpty ? "message" : name, data: data, id: id)
    }
}
