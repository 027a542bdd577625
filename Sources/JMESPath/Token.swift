import JSONValue

/// A word of the language and where it stands.
struct Token {
    enum Kind: Hashable {
        case identifier(String)
        case quotedIdentifier(String)
        case number(Int)
        case literal(JSONValue)
        case comparator(Comparator)
        case dot, star, comma, colon, at, ampersand
        case pipe, or, and, not
        case leftBracket, rightBracket, leftBrace, rightBrace, leftParenthesis, rightParenthesis
        /// `[]`
        case flatten
        /// `[?`
        case filter
        case end
    }

    let kind: Kind
    /// The bytes it was written with.
    let range: Range<Int>

    var offset: Int { range.lowerBound }
}

/// How tightly what stands between two expressions binds them.
///
/// The numbers are those of the reference implementation: its users know what `!a.b` or `a[?b].c[?d]` yields from there.
enum BindingPower {
    static let pipe = 1
    static let or = 2
    static let and = 3
    static let comparator = 5
    static let flatten = 9
    /// Below this a projection ends.
    static let projectionEnd = 10
    static let star = 20
    static let filter = 21
    static let dot = 40
    static let not = 45
    static let leftBrace = 50
    static let leftBracket = 55
    static let leftParenthesis = 60
}

extension Token.Kind {
    var bindingPower: Int {
        switch self {
        case .pipe: BindingPower.pipe
        case .or: BindingPower.or
        case .and: BindingPower.and
        case .comparator: BindingPower.comparator
        case .flatten: BindingPower.flatten
        case .star: BindingPower.star
        case .filter: BindingPower.filter
        case .dot: BindingPower.dot
        case .not: BindingPower.not
        case .leftBrace: BindingPower.leftBrace
        case .leftBracket: BindingPower.leftBracket
        case .leftParenthesis: BindingPower.leftParenthesis
        default: 0
        }
    }
}

enum Comparator: Hashable, Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}
