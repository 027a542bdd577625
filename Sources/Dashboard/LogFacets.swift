internal import AzureML

/// What a filter and a sort look at in every traffic row, apart from the rows.
///
/// Many rows have their target, and many their caller, in common: what holds for one of them is found out once.
struct LogFacets: Equatable, Sendable {
    private(set) var targets = LogFacet(identity: { $0.targetIdentity }) { "\($0.endpointName) \($0.deploymentName)" }
    private(set) var callers = LogFacet(identity: { $0.callerIdentity }) {
        "\($0.method) \($0.path) \($0.responseReason) \($0.authType) \($0.identity) \($0.userAgent)"
    }

    /// By slot.
    private(set) var statuses: [Int16] = []
    private(set) var durations: [UInt32] = []

    /// More distinct values than this are looked through for those that no row has any more.
    private static let large = 1 << 15

    mutating func append(_ row: TrafficLogRow) {
        targets.append(row)
        callers.append(row)
        statuses.append(Int16(clamping: row.responseCode))
        durations.append(UInt32(clamping: row.totalMilliseconds))
    }

    mutating func set(_ row: TrafficLogRow, at slot: Int) {
        targets.set(row, at: slot)
        callers.set(row, at: slot)
        statuses[slot] = Int16(clamping: row.responseCode)
        durations[slot] = UInt32(clamping: row.totalMilliseconds)
    }

    /// Callers come and go for as long as the dashboard is open.
    mutating func forgetIfLarge(_ slots: [TrafficLogRow]) {
        guard targets.examples.count > Self.large || callers.examples.count > Self.large else { return }
        self = LogFacets()
        for row in slots { append(row) }
    }
}

/// The distinct values of something that many rows share.
struct LogFacet: Equatable, Sendable {
    /// The number of its value, for each slot.
    private(set) var numbers: [UInt32] = []
    /// One row for each number.
    private(set) var examples: [TrafficLogRow] = []
    /// What a filter looks at, for each number, in lower case.
    private(set) var texts: [String] = []
    private var known: [ObjectIdentifier: UInt32] = [:]
    private let identity: @Sendable (TrafficLogRow) -> ObjectIdentifier
    private let text: @Sendable (TrafficLogRow) -> String

    init(
        identity: @escaping @Sendable (TrafficLogRow) -> ObjectIdentifier,
        text: @escaping @Sendable (TrafficLogRow) -> String
    ) {
        self.identity = identity
        self.text = text
    }

    mutating func append(_ row: TrafficLogRow) { numbers.append(number(of: row)) }

    mutating func set(_ row: TrafficLogRow, at slot: Int) { numbers[slot] = number(of: row) }

    private mutating func number(of row: TrafficLogRow) -> UInt32 {
        let identity = identity(row)
        if let number = known[identity] { return number }
        let number = UInt32(examples.count)
        // The example keeps the object alive, so its identity is never another's.
        examples.append(row)
        texts.append(text(row).lowercased())
        known[identity] = number
        return number
    }

    /// What holds for the value of each number.
    func verdicts(_ holds: (TrafficLogRow, _ text: String) -> Bool) -> [Bool] {
        examples.indices.map { holds(examples[$0], texts[$0]) }
    }

    static func == (left: LogFacet, right: LogFacet) -> Bool {
        left.numbers == right.numbers && left.examples == right.examples
    }
}
