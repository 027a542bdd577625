/// Reading a text with a long array in it, element by element, without holding the tree of all of it at once.
extension JSONValue {
    /// Reads one JSON value but passes over every array that is the value of a member called `name`.
    ///
    /// What is passed over is only matched for brackets and quotes; `elements(in:of:each:)` reads it properly.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - name: The member whose arrays are passed over.
    /// - Returns: The value, with an empty array in each such place, and where those arrays are, in their order.
    /// - Throws: `JSONParseError` with the place.
    public static func parse(
        _ bytes: [UInt8],
        passingOver name: String
    ) throws(JSONParseError) -> (value: JSONValue, arrays: [Range<Int>]) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            var parser = JSONParser(buffer, passingOver: name)
            return (try parser.document(), parser.arraysPassedOver)
        }
    }

    /// Reads the elements of an array one after the other.
    ///
    /// - Parameters:
    ///   - range: Where the array is, brackets included.
    ///   - bytes: The text it is in.
    ///   - each: Called with each element.
    /// - Throws: `JSONParseError` with the place; the elements before it have been given.
    public static func elements(
        in range: Range<Int>,
        of bytes: [UInt8],
        each: (JSONValue) -> Void
    ) throws(JSONParseError) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            var parser = JSONParser(buffer, from: range.lowerBound)
            try parser.elements(each)
        }
    }
}
