import AzureCore
import Synchronization

/// What a request was for: as many as there are deployments.
struct LogTarget: Hashable, Sendable, Pooled {
    var endpointName: String
    var deploymentName: String
    var location: String
    var resourceID: ResourceID

    static let pool = SharingPool<LogTarget>()
}

/// Who asked and how: about as many as there are callers.
struct LogCaller: Hashable, Sendable, Pooled {
    var method: String
    var path: String
    var responseReason: String
    var modelStatusReason: String
    var userAgent: String
    var authType: String
    var identity: String
    var networkProtocol: String

    static let pool = SharingPool<LogCaller>()
}

/// A value that many rows refer to; it never changes, a row that changes gets another.
final class Shared<Value: Hashable & Sendable & Pooled>: Hashable, Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    /// The one for that value, if it was made lately.
    static func one(_ value: Value) -> Shared { Value.pool.one(value) }

    static func == (left: Shared, right: Shared) -> Bool { left === right || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension TrafficLogRow {
    /// The same for rows of one deployment, most of the time; never for rows of two.
    package var targetIdentity: ObjectIdentifier { ObjectIdentifier(target) }
    /// The same for rows with the same texts about the caller and the answer, most of the time; never for others.
    package var callerIdentity: ObjectIdentifier { ObjectIdentifier(caller) }
}

extension Shared {
    func changed(_ change: (inout Value) -> Void) -> Shared {
        var value = value
        change(&value)
        return .one(value)
    }
}

/// A value that has a pool of its own.
protocol Pooled: Hashable, Sendable {
    static var pool: SharingPool<Self> { get }
}

/// The values made lately, by their hash: no growth, no eviction policy, one comparison a look-up.
final class SharingPool<Value: Pooled>: Sendable {
    private static var slotCount: Int { 1 << 14 }
    private let slots = Mutex<[Shared<Value>?]>(Array(repeating: nil, count: slotCount))

    func one(_ value: Value) -> Shared<Value> {
        let slot = value.hashValue & (Self.slotCount - 1)
        return slots.withLock { slots in
            if let known = slots[slot], known.value == value { return known }
            let new = Shared(value)
            slots[slot] = new
            return new
        }
    }
}

/// An identifier of a request: sixteen bytes where it is a GUID in its usual spelling, else the text.
package enum CompactIdentifier: Hashable, Sendable {
    case guid(UInt64, UInt64)
    case text(String)

    package init(_ text: String) {
        self = Self.guid(text) ?? .text(text)
    }

    /// Nil for anything that would not come back letter by letter.
    private static func guid(_ text: String) -> CompactIdentifier? {
        guard text.utf8.count == 36 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for (index, byte) in text.utf8.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = digit(byte) else { return nil }
            if digits < 16 { halves.0 = halves.0 << 4 | digit } else { halves.1 = halves.1 << 4 | digit }
            digits += 1
        }
        return .guid(halves.0, halves.1)
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }

    package var text: String {
        switch self {
        case .text(let text): return text
        case .guid(let high, let low):
            return String(unsafeUninitializedCapacity: 36) { bytes in
                var digits = 0
                for index in 0..<36 {
                    if index == 8 || index == 13 || index == 18 || index == 23 {
                        bytes[index] = UInt8(ascii: "-")
                        continue
                    }
                    let half = digits < 16 ? high : low
                    let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (digits % 16))) & 0xF
                    bytes[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                    digits += 1
                }
                return 36
            }
        }
    }
}
