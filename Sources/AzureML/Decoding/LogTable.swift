import AzureCore
import JSONValue

/// The first table of an answer of Log Analytics: cells found by column name, read leniently.
struct LogTable {
    private let columns: [String: Int]
    let rows: [JSONValue]
    /// Whether the service said that rows may be missing (`PartialError`).
    let isPartial: Bool

    /// An answer without tables is an empty table: a workspace without any data says so.
    init(_ answer: JSONValue) throws(AzureError) {
        let tables = answer["tables"]?.arrayValue ?? []
        let table = tables.first { $0["name"]?.stringValue == "PrimaryResult" } ?? tables.first
        guard answer.objectValue != nil else { throw AzureError(.malformedAnswer(.unexpectedShape(field: "tables"))) }
        var columns: [String: Int] = [:]
        for (index, column) in (table?["columns"]?.arrayValue ?? []).enumerated() {
            columns[column["name"]?.stringValue ?? column["ColumnName"]?.stringValue ?? ""] = index
        }
        self.columns = columns
        rows = table?["rows"]?.arrayValue ?? []
        isPartial = answer["error"]?.objectValue != nil
    }

    static let empty = LogTable()

    private init() {
        columns = [:]
        rows = []
        isPartial = false
    }

    func column(_ name: String) -> Int? { columns[name] }
}

/// One row: cells by position, nil where the column or the cell is missing.
struct LogRow {
    private let cells: [JSONValue]

    init?(_ row: JSONValue) {
        guard case .array(let cells) = row else { return nil }
        self.cells = cells
    }

    subscript(column: Int?) -> JSONValue {
        guard let column, column < cells.count else { return .null }
        return cells[column]
    }
}

extension JSONValue {
    /// A number, also where it comes as a text (`"255"`); not-a-number is nil.
    var cellDouble: Double? {
        let value = doubleValue ?? stringValue.flatMap { Double($0) }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    var cellInt: Int? {
        intValue ?? cellDouble.flatMap { Int(exactly: $0.rounded()) }
    }

    var cellText: String { stringValue ?? "" }
}
