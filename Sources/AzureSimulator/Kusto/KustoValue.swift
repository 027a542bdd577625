/// The types of columns and expressions; the raw value is the word in an answer.
enum KustoType: String, Sendable {
    case bool, int, long, real, string, datetime, timespan
    /// Any JSON; its texts, numbers and flags are values like all others.
    case dynamic

    var isNumber: Bool { self == .int || self == .long || self == .real }
}

/// A list or an object, equal to another when their texts are.
struct KustoDynamic: Hashable, Sendable {
    let json: JSON

    static func == (left: KustoDynamic, right: KustoDynamic) -> Bool { left.json.text == right.json.text }

    func hash(into hasher: inout Hasher) {
        hasher.combine(json.text)
    }
}

/// One value; `int` and `long` are both whole numbers, the type tells them apart.
enum KustoValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case long(Int64)
    case real(Double)
    case string(String)
    /// Tenths of a microsecond since 1970.
    case datetime(Int64)
    /// Tenths of a microsecond.
    case timespan(Int64)
    /// A list or an object.
    case dynamic(KustoDynamic)

    init(_ json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .long(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .string(text)
        case .array, .object: self = .dynamic(KustoDynamic(json: json))
        }
    }

    /// As an element of JSON; times as texts.
    var json: JSON {
        switch self {
        case .null: nil
        case .bool(let flag): .bool(flag)
        case .long(let number): .int(number)
        case .real(let number): .double(number)
        case .string, .datetime, .timespan: .string(text)
        case .dynamic(let value): value.json
        }
    }

    /// A number as such; `nil` for everything else.
    var number: Double? {
        switch self {
        case .long(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }

    var isNull: Bool { self == .null }
    /// A condition holds only when it is true; null is not.
    var isTrue: Bool { self == .bool(true) }

    /// -1, 0 or 1; `nil` when one of them is null or they cannot be compared.
    func compare(_ other: KustoValue) -> Int? {
        switch (self, other) {
        case (.long(let a), .long(let b)), (.datetime(let a), .datetime(let b)), (.timespan(let a), .timespan(let b)):
            return a < b ? -1 : a > b ? 1 : 0
        case (.string(let a), .string(let b)):
            return a < b ? -1 : a == b ? 0 : 1
        case (.bool(let a), .bool(let b)):
            return a == b ? 0 : a ? 1 : -1
        default:
            guard let a = number, let b = other.number else { return nil }
            return a < b ? -1 : a > b ? 1 : a == b ? 0 : nil
        }
    }

    /// As `tostring()` has it.
    var text: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "True" : "False"
        case .long(let value): String(value)
        case .real(let value): "\(value)"
        case .string(let value): value
        case .datetime(let ticks): CivilTime(ticks: ticks).iso7
        case .timespan(let ticks): Self.timespan(ticks)
        case .dynamic(let value): value.json.text
        }
    }

    /// `[d.]hh:mm:ss[.fffffff]`.
    private static func timespan(_ ticks: Int64) -> String {
        let size = ticks.magnitude
        let seconds = Int(size / 10_000_000)
        let fraction = Int(size % 10_000_000)
        let days = seconds / 86_400
        let clock =
            "\((seconds / 3_600 % 24).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
        return (ticks < 0 ? "-" : "") + (days > 0 ? "\(days)." : "") + clock
            + (fraction > 0 ? ".\(fraction.padded(7))" : "")
    }
}

extension JSONWriter {
    /// A cell of an answer.
    mutating func write(_ value: KustoValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .long(let number): raw(String(number))
        case .real(let number): write(number)
        case .string, .datetime, .timespan, .dynamic: write(value.text)
        }
    }
}
