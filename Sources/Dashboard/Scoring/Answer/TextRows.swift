/// A text as lines, found once: what is drawn of it costs no more where there is much of it.
///
/// The bytes stay outside. Lines that are too long for one are cut between characters.
package struct TextRows: Equatable, Sendable {
    /// Of a line, in bytes.
    package static let maximumLength = 600

    private var starts: [Int32] = []
    private var ends: [Int32] = []
    /// Where the line begins that nothing has ended yet.
    private var openStart = 0
    private var position = 0

    package init() {}

    init(_ bytes: [UInt8]) {
        extend(over: bytes)
    }

    /// Finds the lines of what came behind what is known already.
    mutating func extend(over bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { extend(over: $0) }
    }

    private mutating func extend(over bytes: UnsafeBufferPointer<UInt8>) {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x0A {
                let endsWithReturn = position > openStart && bytes[position - 1] == 0x0D
                close(at: endsWithReturn ? position - 1 : position)
                openStart = position + 1
            } else if position - openStart >= Self.maximumLength, byte & 0xC0 != 0x80 {
                close(at: position)
                openStart = position
            }
            position += 1
        }
    }

    private mutating func close(at end: Int) {
        starts.append(Int32(clamping: openStart))
        ends.append(Int32(clamping: end))
    }

    /// How many lines there are; a last one without an end counts.
    var count: Int { starts.count + (openStart < position ? 1 : 0) }

    /// The bytes of a line.
    func range(_ line: Int) -> Range<Int> {
        line < starts.count ? Int(starts[line])..<Int(ends[line]) : openStart..<position
    }

    func text(_ line: Int, of bytes: [UInt8]) -> String {
        String(decoding: bytes[range(line)], as: UTF8.self)
    }
}
