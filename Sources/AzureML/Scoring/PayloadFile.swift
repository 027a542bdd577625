import AzureCore
import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A payload in a file: a plain body, or `NAME.payload` with front matter between two lines of three dashes.
public struct PayloadFile: Hashable, Sendable {
    /// What is wrong with a file.
    public enum Problem: Error, Hashable, Sendable {
        case unreadable
        case tooLarge
        /// The front matter has no end, or a line of it is no field.
        case malformed(line: Int)
        /// A field that this program does not know, or that could hold a secret.
        case unknownField(String)
    }

    /// One of the header fields.
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String
    }

    public internal(set) var endpoint: String?
    public internal(set) var deployment: String?
    public internal(set) var contentType = "application/json"
    public internal(set) var headers: [Header] = []
    public private(set) var body: [UInt8] = []

    /// Of a file that is read: longer ones are refused.
    public static let mostBytes = 16 << 20

    init(body: [UInt8]) {
        self.body = body
    }

    /// Reads a file: its name says whether it has front matter.
    ///
    /// - Throws: `Problem`.
    public init(path: String) throws(Problem) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable }
        guard data.count <= Self.mostBytes else { throw .tooLarge }
        try self.init(Array(data), hasFrontMatter: path.hasSuffix(".payload"))
    }

    /// Reads the front matter and the body behind it; without front matter all is body.
    ///
    /// - Throws: `Problem` with the line, from 1.
    public init(parsing bytes: [UInt8]) throws(Problem) {
        try self.init(bytes, hasFrontMatter: true)
    }

    private init(_ bytes: [UInt8], hasFrontMatter: Bool) throws(Problem) {
        guard hasFrontMatter else {
            body = bytes
            return
        }
        let newline = UInt8(ascii: "\n")
        var start = bytes.startIndex
        var number = 0
        var group = ""
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: newline) ?? bytes.endIndex
            var line = String(decoding: bytes[start..<end], as: UTF8.self)
            if line.hasSuffix("\r") { line.removeLast() }
            start = min(bytes.endIndex, end + 1)
            number += 1
            if number == 1, line != "---" {
                body = bytes
                return
            }
            if number > 1, line == "---" {
                body = Array(bytes[start...])
                return
            }
            if number > 1 { try take(line, number, &group) }
        }
        guard number == 0 else { throw .malformed(line: number) }
    }

    /// One line of the front matter: `name: value`, or an indented `name: value` below `headers:`.
    private mutating func take(_ line: String, _ number: Int, _ group: inout String) throws(Problem) {
        let trimmed = Self.trimmed(line[...])
        guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { return }
        guard let colon = trimmed.firstIndex(of: ":") else { throw .malformed(line: number) }
        let name = Self.trimmed(trimmed[..<colon])
        let value = Self.unquoted(Self.trimmed(trimmed[trimmed.index(after: colon)...]))
        if line.first == " ", group == "headers" {
            // Credentials come from Azure, never from a file.
            guard !["authorization", "cookie", "proxy-authorization"].contains(name.lowercased()),
                HTTPField.Name(name) != nil
            else { throw .unknownField(name) }
            headers.append(Header(name: name, value: value))
            return
        }
        group = name
        switch name {
        case "endpoint": endpoint = value
        case "deployment": deployment = value
        case "content_type": contentType = value
        case "headers" where value.isEmpty || value == "{}": break
        default: throw .unknownField(name)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(String(text.drop(while: isBlank).reversed().drop(while: isBlank)).reversed())
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// The request for a payload that was chosen to probe with.
    ///
    /// - Throws: `Problem`.
    public static func request(_ payload: ProbePayload, uri: String) throws(Problem) -> ScoringRequest {
        switch payload {
        case .emptyObject:
            return ScoringRequest(uri: uri, body: Array("{}".utf8), timeout: .seconds(30))
        case .file(let path):
            let file = try PayloadFile(path: path)
            var fields = HTTPFields()
            for header in file.headers {
                if let name = HTTPField.Name(header.name) { fields[name] = header.value }
            }
            return ScoringRequest(
                uri: uri,
                body: file.body,
                contentType: file.contentType,
                headerFields: fields,
                deployment: file.deployment,
                timeout: .seconds(30)
            )
        }
    }
}
