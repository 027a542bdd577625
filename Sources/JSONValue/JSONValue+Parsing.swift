extension JSONValue {
    /// How deep arrays and objects may nest.
    public static let maximumDepth = 256

    /// Reads one JSON value (RFC 8259) and nothing behind it but white space.
    ///
    /// The grammar is kept strictly. What is not grammar is repaired rather than refused: bytes that are not UTF-8 and
    /// escapes of lone surrogates become U+FFFD, a byte order mark at the start is skipped.
    ///
    /// - Throws: `JSONParseError` with the place.
    public static func parse(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) -> JSONValue in
            var parser = JSONParser(buffer)
            return try parser.document()
        }
    }

    /// Reads one JSON value out of any run of bytes.
    public static func parse(_ bytes: some Sequence<UInt8>) throws(JSONParseError) -> JSONValue {
        try parse(Array(bytes))
    }

    /// Reads one JSON value out of a text.
    public static func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        try parse(Array(text.utf8))
    }
}
