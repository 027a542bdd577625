/// Tables of numbers, as scikit-learn models behind a scoring script and MLflow models take them.
extension SimulatedModel {
    /// One number for each row of `data`, or of a list that stands alone.
    ///
    /// - Throws: What the script raises on a row that is no row of numbers.
    func table(_ json: JSON) throws(ModelFault) -> ModelAnswer? {
        let data: JSON
        switch json {
        case .array: data = json
        case .object:
            guard let member = json.member("data") else { return nil }
            data = member
        default: return nil
        }
        switch data {
        case .array(let rows):
            for row in rows where !row.isRow { throw .notANumber }
            return .json(scores(data))
        case .object(let columns): return .json(.array(Self.rows(of: columns).map { numbers.score($0) }))
        case .int, .double: return .json([numbers.score(data)])
        case .null, .bool, .string: throw .notANumber
        }
    }

    /// A prediction for each row of a data frame.
    func frame(_ json: JSON) throws(ModelFault) -> ModelAnswer? {
        if let split = json.member("dataframe_split") {
            return .json(["predictions": try predictions(split, "dataframe_split")])
        }
        if let records = json.member("dataframe_records") { return .json(["predictions": scores(records)]) }
        guard let data = json.member("input_data") else { return nil }
        return .json(try predictions(data, "input_data"))
    }

    private func predictions(_ data: JSON, _ name: String) throws(ModelFault) -> JSON {
        switch data {
        case .array: return scores(data)
        case .object(let members):
            guard let rows = data.member("data") else {
                return .array(Self.rows(of: members).map { numbers.score($0) })
            }
            guard case .array(let rows) = rows else { throw .badInput("\(name).data must be a list of rows.") }
            if case .array(let columns)? = data.member("columns") {
                for case .array(let row) in rows where row.count != columns.count {
                    throw .badInput(
                        "\(columns.count) columns passed, passed data had \(row.count) columns."
                    )
                }
            }
            return scores(.array(rows))
        default: throw .badInput("\(name) must be a list of rows, or an object with columns, index and data.")
        }
    }

    /// The rows of columns; a column that is one value is a table of one row.
    private static func rows(of columns: [(key: String, value: JSON)]) -> [JSON] {
        let count = columns.map { column in
            if case .array(let values) = column.value { values.count } else { 1 }
        }.max()
        return (0..<(count ?? 0)).map { index in
            .object(
                columns.map { column in
                    guard case .array(let values) = column.value else { return column }
                    return (column.key, index < values.count ? values[index] : .null)
                }
            )
        }
    }
}

extension JSON {
    /// A number, numbers, or values by the names of their columns.
    fileprivate var isRow: Bool {
        switch self {
        case .int, .double, .object: true
        case .array(let values): values.allSatisfy(\.isNumeric)
        case .null, .bool, .string: false
        }
    }

    /// A number, or numbers of more dimensions.
    private var isNumeric: Bool {
        switch self {
        case .int, .double, .bool: true
        case .array(let values): values.allSatisfy(\.isNumeric)
        case .null, .string, .object: false
        }
    }
}
