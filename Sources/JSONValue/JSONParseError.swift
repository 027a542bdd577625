/// Why a text is not JSON, and where.
public struct JSONParseError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The text ends in the middle of a value.
        case unexpectedEnd
        /// Something that cannot stand here.
        case unexpectedCharacter
        case invalidNumber
        case invalidEscape
        /// A control character inside a string, where only an escape may stand for it.
        case controlCharacter
        /// Nested deeper than `JSONValue.maximumDepth`.
        case tooDeep
        /// Something behind the end of the value.
        case trailingContent
    }

    public var kind: Kind
    /// Bytes from the start.
    public var offset: Int
    /// From 1.
    public var line: Int
    /// Characters (Unicode scalars) from the start of the line, from 1.
    public var column: Int

    init(_ kind: Kind, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        self.kind = kind
        self.offset = offset
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
    }
}
