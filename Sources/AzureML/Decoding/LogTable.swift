import AzureCore
import JSONValue

/// The primary table of an answer of Log Analytics: cells found by column name, read leniently.
///
/// The rows stay bytes until they are read, one at a time: there may be a hundred thousand.
struct LogTable {
    private let columns: [String: Int]
    private let bytes: [UInt8]
    private let rows: Range<Int>?
    /// Whether the service said that rows may be missing (`PartialError`).
    let isPartial: Bool

    /// An answer without tables is an empty table: a workspace without any data says so.
    init(_ response: AzureResponse) throws(AzureError) {
        let (answer, arrays) = try response.json(passingOver: "rows")
        guard answer.objectValue != nil else { throw AzureError(.malformedAnswer(.unexpectedShape(field: "tables"))) }
        let tables = answer["tables"]?.arrayValue?.filter { $0["rows"]?.arrayValue != nil } ?? []
        let index = tables.firstIndex { $0["name"]?.stringValue == "PrimaryResult" } ?? 0
        let table = index < tables.count ? tables[index] : .null
        var columns: [String: Int] = [:]
        for (index, column) in (table["columns"]?.arrayValue ?? []).enumerated() {
            columns[column["name"]?.stringValue ?? ""] = index
        }
        self.columns = columns
        bytes = response.body
        rows = index < arrays.count ? arrays[index] : nil
        isPartial = answer["error"]?.objectValue != nil
    }

    static let empty = LogTable()

    private init() {
        columns = [:]
        bytes = []
        rows = nil
        isPartial = false
    }

    /// What `read` makes of each row, without those it makes nothing of.
    ///
    /// - Throws: `AzureError` of kind `.malformedAnswer` where the rows are no JSON.
    func map<Value>(_ read: (LogRow) -> Value?) throws(AzureError) -> [Value] {
        guard let rows else { return [] }
        var values: [Value] = []
        do {
            try JSONValue.elements(in: rows, of: bytes) { element in
                if let value = LogRow(element).flatMap(read) { values.append(value) }
            }
        } catch {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "rows")))
        }
        return values
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
