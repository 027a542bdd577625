/// Finds the lines of a JSON text.
struct JSONRowScanner {
    private(set) var rows: [JSONRows.Row] = []
    private var open: [Int32] = []
    private var key: Range<Int32> = 0..<0
    private var wantsKey = false

    /// - Parameter bytes: JSON that was parsed without an error.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let end = Self.endOfString(from: index, in: bytes)
                if wantsKey {
                    key = Int32(index)..<Int32(end)
                    wantsKey = false
                } else {
                    addString(index..<end, bytes)
                }
                index = end
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                index = beginContainer(at: index, bytes)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                endContainer(at: index)
                index += 1
            case UInt8(ascii: ","):
                if !rows.isEmpty { rows[rows.count - 1].hasComma = true }
                wantsKey = isInObject(bytes)
                index += 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                let end = Self.endOfWord(from: index, in: bytes)
                add(.scalar, index..<end)
                index = end
            default:
                index += 1
            }
        }
    }

    private func isInObject(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let top = open.last else { return false }
        return bytes[Int(rows[Int(top)].value.lowerBound)] == UInt8(ascii: "{")
    }

    private mutating func add(_ kind: JSONRows.Kind, _ value: Range<Int>) {
        rows.append(
            JSONRows.Row(
                kind: kind,
                depth: UInt16(clamping: open.count),
                key: key,
                value: Int32(clamping: value.lowerBound)..<Int32(clamping: value.upperBound),
                parent: open.last ?? -1
            )
        )
        key = 0..<0
        if let top = open.last { rows[Int(top)].count += 1 }
    }

    private mutating func beginContainer(at index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if let end = Self.endOfPlain(from: index, in: bytes) {
            add(.inline, index..<end)
            return end
        }
        add(.open, index..<index + 1)
        open.append(Int32(rows.count - 1))
        wantsKey = bytes[index] == UInt8(ascii: "{")
        return index + 1
    }

    private mutating func endContainer(at index: Int) {
        guard let top = open.popLast() else { return }
        rows[Int(top)].partner = Int32(rows.count)
        rows.append(
            JSONRows.Row(
                kind: .close,
                depth: UInt16(clamping: open.count),
                key: 0..<0,
                value: Int32(clamping: index)..<Int32(clamping: index + 1),
                partner: top,
                parent: rows[Int(top)].parent
            )
        )
        key = 0..<0
        wantsKey = false
    }

    // MARK: Strings

    private mutating func addString(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard range.count > TextRows.maximumLength else { return add(.scalar, range) }
        let first = Int32(rows.count)
        var start = range.lowerBound
        while start < range.upperBound {
            let end = Self.cut(after: start, before: range.upperBound, in: bytes)
            if start == range.lowerBound {
                add(.longString, start..<end)
            } else {
                rows.append(rows[Int(first)])
                rows[rows.count - 1].kind = .longStringPart
                rows[rows.count - 1].key = 0..<0
                rows[rows.count - 1].value = Int32(clamping: start)..<Int32(clamping: end)
                rows[rows.count - 1].partner = first
            }
            rows[rows.count - 1].count = end < range.upperBound ? 1 : 0
            start = end
        }
    }

    /// Where a long string is cut: between characters, in no escape, and not within a pair of surrogates.
    private static func cut(after start: Int, before end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = start
        while index < end {
            let isLate = index - start >= TextRows.maximumLength && end - index > 1
            let byte = bytes[index]
            if isLate, byte & 0xC0 != 0x80 { return index }
            guard byte == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            index += bytes[index + 1] == UInt8(ascii: "u") ? 6 : 2
            // The second half of a pair belongs to the first.
            if isHighSurrogate(endingAt: index, in: bytes), index + 6 < end, bytes[index] == UInt8(ascii: "\\") {
                index += bytes[index + 1] == UInt8(ascii: "u") ? 6 : 2
            }
        }
        return end
    }

    private static func isHighSurrogate(endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard end >= 6, bytes[end - 6] == UInt8(ascii: "\\"), bytes[end - 5] == UInt8(ascii: "u") else { return false }
        let isD = bytes[end - 4] | 0x20 == UInt8(ascii: "d")
        return isD && "89abAB".utf8.contains(bytes[end - 3])
    }

    // MARK: Places

    private static func endOfString(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return bytes.count
    }

    private static func endOfWord(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x09, 0x0A, 0x0D: return index
            default: index += 1
            }
        }
        return index
    }

    /// The end of an array or object that is shown on one line: one that is empty, or a short array of plain values.
    private static func endOfPlain(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let isArray = bytes[start] == UInt8(ascii: "[")
        var index = start + 1
        var length = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "]") where isArray: return index + 1
            case UInt8(ascii: "}") where !isArray && length == 0: return index + 1
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "}"): return nil
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case UInt8(ascii: "\""):
                let end = endOfString(from: index, in: bytes)
                length += end - index
                index = end
            default:
                length += 1
                index += 1
            }
            guard isArray ? length <= JSONRows.inlineLength : length == 0 else { return nil }
        }
        return nil
    }
}
