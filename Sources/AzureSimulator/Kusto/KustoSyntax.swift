/// A query as it was read: a table and what is done to it, one step after the other.
struct KustoQuery: Sendable {
    let table: KustoToken
    let steps: [KustoStep]
}

/// One step behind a `|`.
enum KustoStep: Sendable {
    case filter(KustoExpression)
    /// `project`: only these, in this order.
    case project([KustoColumn])
    /// `extend`: these too.
    case extend([KustoColumn])
    /// `order by`, `sort by`.
    case order([KustoOrder])
    /// `top n by`.
    case top(Int, KustoOrder)
    /// `take`, `limit`.
    case take(Int)
    case count
    case distinct([KustoColumn])
    case summarize([KustoColumn], by: [KustoColumn])

    /// The word it was written with, for errors.
    var name: String {
        switch self {
        case .filter: "where"
        case .project: "project"
        case .extend: "extend"
        case .order: "order by"
        case .top: "top"
        case .take: "take"
        case .count: "count"
        case .distinct: "distinct"
        case .summarize: "summarize"
        }
    }
}

/// An expression with the name it is given, if any.
struct KustoColumn: Sendable {
    let name: String?
    let expression: KustoExpression
}

struct KustoOrder: Sendable {
    let expression: KustoExpression
    let isAscending: Bool
    /// Smallest values first unless told otherwise: nulls lead when ascending.
    let nullsFirst: Bool
}

indirect enum KustoExpression: Sendable {
    case literal(KustoValue)
    case column(KustoToken)
    case call(KustoToken, [KustoExpression])
    /// `properties.authMode`, `tags['owner']`.
    case member(KustoExpression, String)
    /// Arithmetic, comparison, `and`, `or`, text matching; the operator as written in lower case.
    case binary(KustoToken, KustoExpression, KustoExpression)
    case negation(KustoExpression)
    case list(KustoToken, KustoExpression, [KustoExpression])
    /// `between (a .. b)`, both ends in.
    case between(KustoToken, KustoExpression, KustoExpression, KustoExpression)
}
