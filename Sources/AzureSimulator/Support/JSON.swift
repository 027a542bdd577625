/// A JSON tree that keeps the order of its members: what the simulator answers with.
enum JSON: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([(key: String, value: JSON)])

    /// The text as UTF-8, without white space.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    static func int(_ value: Int) -> JSON { .int(Int64(value)) }
    static func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

    /// The object with further members at its end; anything else stays as it is.
    func adding(_ key: String, _ value: JSON?) -> JSON {
        guard let value, case .object(let members) = self else { return self }
        return .object(members + [(key, value)])
    }
}

extension JSON {
    /// A member of an object.
    func member(_ key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The object without some of its members.
    func removing(_ keys: Set<String>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !keys.contains($0.key) })
    }

    /// This with `other` laid over it: members of objects, and elements of lists that have the same `name`, are laid over
    /// each other; a null takes a member away; anything else is replaced.
    func overlaid(with other: JSON) -> JSON {
        switch (self, other) {
        case (.object(let below), .object(let above)):
            var members = below
            for (key, value) in above {
                let index = members.firstIndex { $0.key == key }
                switch (value, index) {
                case (.null, let index?): members.remove(at: index)
                case (.null, nil): break
                case (_, let index?): members[index].value = members[index].value.overlaid(with: value)
                case (_, nil): members.append((key, value))
                }
            }
            return .object(members)
        case (.array(let below), .array(let above)) where (below + above).allSatisfy({ $0.name != nil }):
            var items = below
            for item in above {
                if let index = items.firstIndex(where: { $0.name == item.name }) {
                    items[index] = items[index].overlaid(with: item)
                } else {
                    items.append(item)
                }
            }
            return .array(items)
        default:
            return other
        }
    }

    private var name: String? {
        guard case .string(let name)? = member("name") else { return nil }
        return name
    }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .int(value) }
    init(floatLiteral value: Double) { self = .double(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { (key: $0.0, value: $0.1) }) }
}

/// Writes JSON straight into bytes.
struct JSONWriter {
    var bytes: [UInt8] = []

    mutating func write(_ value: JSON) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .int(let number): raw(String(number))
        case .double(let number): write(number)
        case .string(let text): write(text)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(item)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(member.key)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// A number; what JSON cannot say becomes the texts the Log Analytics API uses.
    mutating func write(_ number: Double) {
        if number.isFinite {
            raw("\(number)")
        } else {
            write(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
        }
    }

    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0a: raw("\\n")
            case 0x0d: raw("\\r")
            case 0x09: raw("\\t")
            case 0..<0x20: raw("\\u" + GUID.hex(UInt64(byte), 4))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
