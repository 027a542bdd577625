import JSONValue

/// Builds a JSON object field by field; what is absent leaves no field.
struct JSONFields {
    private(set) var members: [JSONObject.Member] = []

    mutating func add(_ name: String, _ value: JSONValue?) {
        if let value { members.append(JSONObject.Member(name: name, value: value)) }
    }

    mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
    mutating func add(_ name: String, _ number: Int?) { add(name, number.map { .number(JSONNumber($0)) }) }
    mutating func add(_ name: String, _ flag: Bool?) { add(name, flag.map(JSONValue.bool)) }

    mutating func add(_ name: String, _ map: [String: String]) {
        add(
            name,
            .object(JSONObject(map.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) }))
        )
    }

    mutating func add(_ name: String, _ map: [String: Int]) {
        let members = map.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: .number(JSONNumber($0.value)))
        }
        add(name, .object(JSONObject(members)))
    }

    var value: JSONValue { .object(JSONObject(members)) }
    /// Nil without any field.
    var valueIfAny: JSONValue? { members.isEmpty ? nil : value }
}

extension String {
    /// `SystemAssigned` as `system_assigned`: how the CLI writes Azure's words.
    var snakeCase: String {
        var text = ""
        for character in self {
            if character.isUppercase, !text.isEmpty, text.last != "_", text.last != "," { text.append("_") }
            text += character.lowercased()
        }
        return text
    }
}
