/// How two JSON values differ, place by place.
public struct JSONComparison: Hashable, Sendable {
    /// One place where they differ.
    public struct Difference: Hashable, Sendable {
        /// A JSON pointer (RFC 6901); empty for the whole.
        public var pointer: String
        /// Nil where the first value has nothing there.
        public var first: JSONValue?
        /// Nil where the second value has nothing there.
        public var second: JSONValue?
    }

    /// By how much two numbers may differ and still count as equal; the wider of the two counts.
    public struct Tolerance: Hashable, Sendable {
        public var absolute: Double
        /// Of the larger of both numbers: 0.01 is one in a hundred.
        public var relative: Double

        public init(absolute: Double = 0, relative: Double = 0) {
            self.absolute = absolute
            self.relative = relative
        }

        func allows(_ first: JSONNumber, _ second: JSONNumber) -> Bool {
            if first == second { return true }
            let (first, second) = (first.doubleValue, second.doubleValue)
            guard first.isFinite, second.isFinite else { return false }
            return abs(first - second) <= max(absolute, relative * max(abs(first), abs(second)))
        }
    }

    /// In the order of the first value, what only the second one has last at each level.
    public private(set) var differences: [Difference] = []
    /// Whether there are more than were asked for.
    public private(set) var isCut = false
    /// How many plain values were held against each other.
    public private(set) var comparedCount = 0
    /// How many pairs of numbers differ by no more than is allowed.
    public private(set) var toleratedCount = 0
    /// The widest gap between two numbers at the same place; 0 without any.
    public private(set) var widestGap = 0.0

    private let tolerance: Tolerance
    private let limit: Int

    /// Holds two values against each other; at most `limit` differences are kept.
    public init(
        _ first: JSONValue,
        _ second: JSONValue,
        tolerance: Tolerance = Tolerance(),
        limit: Int = 1000
    ) {
        self.tolerance = tolerance
        self.limit = limit
        compare(first, second, at: "")
    }

    public var isEqual: Bool { differences.isEmpty && !isCut }

    private mutating func compare(_ first: JSONValue, _ second: JSONValue, at pointer: String) {
        guard !isCut else { return }
        switch (first, second) {
        case (.object(let first), .object(let second)): compare(first, second, at: pointer)
        case (.array(let first), .array(let second)): compare(first, second, at: pointer)
        case (.number(let one), .number(let other)):
            comparedCount += 1
            let gap = abs(one.doubleValue - other.doubleValue)
            if gap.isFinite { widestGap = max(widestGap, gap) }
            guard tolerance.allows(one, other) else { return add(first, second, at: pointer) }
            if one != other { toleratedCount += 1 }
        default:
            comparedCount += 1
            if first != second { add(first, second, at: pointer) }
        }
    }

    private mutating func compare(_ first: JSONObject, _ second: JSONObject, at pointer: String) {
        // Of repeated names the last counts; each is looked at once.
        let other = Self.values(of: second)
        var seen: Set<String> = []
        let own = Self.values(of: first)
        for member in first where seen.insert(member.name).inserted {
            let place = pointer + "/" + Self.escaped(member.name)
            guard let value = own[member.name] else { continue }
            if let counterpart = other[member.name] {
                compare(value, counterpart, at: place)
            } else {
                add(value, nil, at: place)
            }
        }
        for member in second where seen.insert(member.name).inserted {
            add(nil, other[member.name], at: pointer + "/" + Self.escaped(member.name))
        }
    }

    private mutating func compare(_ first: [JSONValue], _ second: [JSONValue], at pointer: String) {
        for index in 0..<max(first.count, second.count) {
            let place = "\(pointer)/\(index)"
            if index >= second.count {
                add(first[index], nil, at: place)
            } else if index >= first.count {
                add(nil, second[index], at: place)
            } else {
                compare(first[index], second[index], at: place)
            }
            if isCut { return }
        }
    }

    private mutating func add(_ first: JSONValue?, _ second: JSONValue?, at pointer: String) {
        guard differences.count < limit else { return isCut = true }
        differences.append(Difference(pointer: pointer, first: first, second: second))
    }

    private static func values(of object: JSONObject) -> [String: JSONValue] {
        Dictionary(object.map { ($0.name, $0.value) }) { $1 }
    }

    private static func escaped(_ name: String) -> String {
        name.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }
            ? name.replacing("~", with: "~0").replacing("/", with: "~1") : name
    }
}
