/// Hands out one `String` for texts that come again and again, as names of members and cells of a table do.
///
/// A direct-mapped table of the texts seen last: no growth, no eviction policy, one comparison a look-up.
struct StringPool {
    /// Up to 15 bytes a `String` needs no memory of its own; long texts seldom repeat.
    private static let lengths = 16..<256
    private static let slotBits = 9

    private var slots = [String](repeating: "", count: 1 << slotBits)

    mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard Self.lengths.contains(bytes.count) else { return String(decoding: bytes, as: UTF8.self) }
        let slot = Self.slot(of: bytes)
        if slots[slot].equals(bytes) { return slots[slot] }
        let text = String(decoding: bytes, as: UTF8.self)
        slots[slot] = text
        return text
    }

    /// From the length and the last sixteen bytes: resource ids differ at the end.
    private static func slot(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let tail = UnsafeRawBufferPointer(bytes)
        let last = tail.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
        let middle = tail.loadUnaligned(fromByteOffset: bytes.count - 16, as: UInt64.self)
        let mixed = (last ^ (middle &* 31) ^ UInt64(bytes.count)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> (64 - UInt64(slotBits)))
    }
}

extension String {
    fileprivate func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard utf8.count == bytes.count else { return false }
        return utf8.withContiguousStorageIfAvailable { $0.elementsEqual(bytes) } ?? utf8.elementsEqual(bytes)
    }
}
