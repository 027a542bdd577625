import JSONValue

extension JSONObject {
    /// The object within the bounds of an inspection: texts cut, long lists and deep nesting left out, with a word on
    /// how much was there.
    var bounded: JSONObject { bounded(depth: 0) }

    fileprivate func bounded(depth: Int) -> JSONObject {
        typealias Limits = TokenInspection.Limits
        var shown = members.prefix(Limits.memberCount).map {
            Member(name: $0.name.bounded(to: Limits.nameLength), value: $0.value.bounded(depth: depth + 1))
        }
        if members.count > shown.count {
            shown.append(Member(name: "…", value: .string("\(shown.count) of \(members.count)")))
        }
        return JSONObject(shown)
    }
}

extension JSONValue {
    fileprivate func bounded(depth: Int) -> JSONValue {
        typealias Limits = TokenInspection.Limits
        switch self {
        case .string(let text): return .string(text.bounded(to: Limits.textLength))
        case .number(let number) where number.text.utf8.count > 40:
            return .string(number.text.bounded(to: 40))
        case .array(let elements):
            guard depth < Limits.depth else { return .string("[…]") }
            var shown = elements.prefix(Limits.elementCount).map { $0.bounded(depth: depth + 1) }
            if elements.count > shown.count { shown.append(.string("… \(shown.count) of \(elements.count)")) }
            return .array(shown)
        case .object(let object):
            return depth < Limits.depth ? .object(object.bounded(depth: depth)) : .string("{…}")
        case .null, .bool, .number: return self
        }
    }
}

extension String {
    /// The first characters, with the full length behind them where that is not all.
    func bounded(to limit: Int) -> String {
        // Scalars, because a single character may be as long as a text.
        guard unicodeScalars.count > limit else { return self }
        return String(unicodeScalars.prefix(limit)) + "… (\(utf8.count) bytes)"
    }
}
