import JSONValue

/// A parsed query or a part of it: what to make of the value it is given, the current value.
struct Expression: Sendable {
    indirect enum Form: Sendable {
        /// `@`
        case current
        case literal(JSONValue)
        case field(String)
        case index(Int)
        case slice(Slice)
        /// One level of nested arrays dissolved.
        case flatten
        /// The values of an object's members.
        case values
        /// Each on what the one before it found: `a.b`, `a[0]`, `a | b`. Never a sequence within a sequence.
        case sequence([Expression])
        /// What `each` finds in the elements of the array `source` finds, where they meet the condition; nulls left out.
        case projection(source: Expression, condition: Expression?, each: Expression)
        case or([Expression])
        case and([Expression])
        case not(Expression)
        case comparison(Comparator, Expression, Expression)
        /// `[a, b]`
        case list([Expression])
        /// `{name: a}`; no name twice.
        case object([(name: String, value: Expression)])
        case call(FunctionCall)
    }

    let form: Form
    /// How deep it nests and, as a bound, by how much what it finds may nest deeper than what it is given.
    let height: Int

    init(_ form: Form) {
        self.form = form
        height = form.height
    }

    static let current = Expression(.current)

    /// The parts one after the other; dissolves sequences, leaves out what changes nothing.
    static func sequence(_ parts: [Expression]) -> Expression {
        var steps: [Expression] = []
        for part in parts {
            switch part.form {
            case .current: continue
            case .sequence(let inner): steps.append(contentsOf: inner)
            default: steps.append(part)
            }
        }
        guard let first = steps.first else { return .current }
        return steps.count == 1 ? first : Expression(.sequence(steps))
    }
}

extension Expression.Form {
    fileprivate var height: Int {
        switch self {
        case .current, .literal, .field, .index, .slice, .flatten, .values: 0
        case .sequence(let steps): steps.reduce(0) { $0 + $1.height }
        case .projection(let source, let condition, let each):
            1 + max(condition?.height ?? 0, source.height + each.height)
        case .or(let operands), .and(let operands), .list(let operands): 1 + Self.highest(operands)
        case .not(let operand): 1 + operand.height
        case .comparison(_, let left, let right): 1 + max(left.height, right.height)
        case .object(let members): 1 + Self.highest(members.map(\.value))
        case .call(let call): 1 + call.arguments.reduce(0) { $0 + $1.expression.height }
        }
    }

    private static func highest(_ expressions: [Expression]) -> Int {
        expressions.reduce(0) { max($0, $1.height) }
    }
}

/// A function with what it is given.
struct FunctionCall: Sendable {
    struct Argument: Sendable {
        let expression: Expression
        /// `&expression`: handed over as it is, for the function to ask of elements.
        let isReference: Bool
        let offset: Int
    }

    let function: Function
    let arguments: [Argument]
    let offset: Int
}
