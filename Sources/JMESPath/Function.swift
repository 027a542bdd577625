/// The functions of the specification.
enum Function: String, CaseIterable, Sendable {
    case abs, avg, ceil, contains, floor, join, keys, length, map, max, merge, min, reverse, sort, sum, type, values
    case endsWith = "ends_with"
    case maxBy = "max_by"
    case minBy = "min_by"
    case notNull = "not_null"
    case sortBy = "sort_by"
    case startsWith = "starts_with"
    case toArray = "to_array"
    case toNumber = "to_number"
    case toString = "to_string"

    /// How many arguments it takes at least.
    var minimumArguments: Int {
        switch self {
        case .contains, .endsWith, .join, .map, .maxBy, .minBy, .sortBy, .startsWith: 2
        default: 1
        }
    }

    /// How many arguments it takes at most, nil where any number.
    var maximumArguments: Int? {
        switch self {
        case .merge, .notNull: nil
        default: minimumArguments
        }
    }

    func takes(_ count: Int) -> Bool {
        count >= minimumArguments && count <= maximumArguments ?? .max
    }
}
