internal import AzureML
internal import JSONValue

/// The body of an answer, and what it was found to be.
package struct AnswerBody: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case empty, json, events, text, binary
    }

    /// Longer texts are not looked at as JSON; they are shown as they are.
    static let longestJSON = 24 << 20

    private(set) var bytes: [UInt8] = []
    private(set) var kind = Kind.empty
    package var json: JSONRows?
    private(set) var text = TextRows()
    private(set) var stream: AnswerStream?
    /// Bytes that are not UTF-8 are shown as replacements, which is said.
    private(set) var isUTF8 = true
    private(set) var contentType: String?

    package init() {}

    /// The whole of it.
    init(_ bytes: [UInt8], contentType: String?, watched: AnswerStream? = nil) {
        self.bytes = bytes
        self.contentType = contentType
        isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        guard !bytes.isEmpty else { return }
        if Self.isEventStream(contentType) {
            kind = .events
            var stream = AnswerStream()
            stream.read(bytes, elapsed: nil)
            if let watched { stream.keepFirstToken(of: watched) }
            self.stream = stream
        } else if bytes.count <= Self.longestJSON, (try? JSONValue.parse(bytes)) != nil {
            kind = .json
            json = JSONRows(bytes)
        } else {
            kind = Self.isBinary(bytes, isUTF8: isUTF8, contentType) ? .binary : .text
        }
        text.extend(over: bytes)
    }

    /// One that is about to come, part by part.
    init(comingAs contentType: String?) {
        self.contentType = contentType
        guard Self.isEventStream(contentType) else { return }
        kind = .events
        stream = AnswerStream()
    }

    mutating func append(_ part: [UInt8], elapsed: Duration) {
        bytes.append(contentsOf: part)
        text.extend(over: bytes)
        stream?.read(part, elapsed: elapsed)
        if kind == .empty, !part.isEmpty {
            kind = part.contains(0) || Self.isImage(contentType) ? .binary : .text
        }
    }

    /// The ways to look at it, the first one first.
    var tabs: [AnswerTab] {
        switch kind {
        case .empty: []
        case .json: [.json, .text, .hex]
        case .events: (stream?.words.isEmpty == false ? [.stream] : []) + [.events, .text, .hex]
        case .text: [.text, .hex]
        case .binary: [.hex, .text]
        }
    }

    private static func isEventStream(_ type: String?) -> Bool {
        type?.lowercased().hasPrefix("text/event-stream") == true
    }

    private static func isImage(_ type: String?) -> Bool {
        guard let type = type?.lowercased() else { return false }
        return ["image/", "audio/", "video/", "application/octet-stream"].contains { type.hasPrefix($0) }
    }

    /// What calls itself a text is one, unless it holds a zero byte.
    private static func isBinary(_ bytes: [UInt8], isUTF8: Bool, _ type: String?) -> Bool {
        if bytes.contains(0) { return true }
        if isUTF8 { return false }
        let type = type?.lowercased() ?? ""
        return !(type.hasPrefix("text/") || type.contains("json") || type.contains("xml"))
    }
}
