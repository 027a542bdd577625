import Dashboard
import JMESPath

extension CommandFailure {
    /// `--query, character 7 ([0].id|): the query ends where something has to follow`
    init(_ error: JMESPathError, in query: String, _ status: ExitStatus) {
        let bytes = query.utf8
        let before = String(decoding: bytes.prefix(error.offset), as: UTF8.self)
        let texts = Catalogue.chosen
        let place = ["place": "\(before.count + 1)", "query": query, "why": error.why(texts)]
        self.init(texts.text(.errorQuery, place), status)
    }
}

extension JMESPathError {
    fileprivate func why(_ texts: Catalogue) -> String {
        switch kind {
        case .unexpectedCharacter(let scalar): texts.text(.errorQueryUnexpected, ["word": "\(scalar)"])
        case .unexpectedToken(let token): texts.text(.errorQueryUnexpected, ["word": token])
        case .unterminated(let quotation): texts.text(.errorQueryUnterminated, ["mark": quotation.mark])
        case .invalidQuotation(let quotation, _): texts.text(.errorQueryQuotation, ["mark": quotation.mark])
        case .unexpectedEnd: texts[.errorQueryEnd]
        case .tooDeep: texts[.errorQueryDepth]
        case .unknownFunction(let name): texts.text(.errorQueryFunction, ["name": name])
        case .wrongArgumentCount(let function, let minimum, let maximum, let actual):
            texts.text(
                .errorQueryArguments,
                [
                    "name": function, "wanted": Self.span(minimum, maximum), "actual": "\(actual)",
                ]
            )
        case .invalidType(let function, let argument, _, let expected, let actual):
            texts.text(
                .errorQueryType,
                [
                    "name": function, "argument": "\(argument)", "actual": actual.rawValue,
                    "wanted": expected.map(\.rawValue).joined(separator: ", "),
                ]
            )
        case .zeroStep: texts[.errorQueryStep]
        case .numberOutOfRange(let function): texts.text(.errorQueryRange, ["name": function])
        case .tooMuchWork: texts[.errorQueryWork]
        }
    }

    private static func span(_ minimum: Int, _ maximum: Int?) -> String {
        guard let maximum else { return "\(minimum)+" }
        return minimum == maximum ? "\(minimum)" : "\(minimum)–\(maximum)"
    }
}

extension JMESPathError.Quotation {
    fileprivate var mark: String {
        switch self {
        case .identifier: "\""
        case .rawString: "'"
        case .literal: "`"
        }
    }
}
