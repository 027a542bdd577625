/// Builds a JSON object field by field; what is absent leaves no field.
package struct JSONFields {
    private(set) package var members: [JSONObject.Member] = []

    package init() {}

    package mutating func add(_ name: String, _ value: JSONValue?) {
        if let value { members.append(JSONObject.Member(name: name, value: value)) }
    }

    package mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
    package mutating func add(_ name: String, _ number: Int?) { add(name, number.map { .number(JSONNumber($0)) }) }
    package mutating func add(_ name: String, _ flag: Bool?) { add(name, flag.map(JSONValue.bool)) }

    package mutating func add(_ name: String, _ map: [String: String]) {
        add(
            name,
            .object(JSONObject(map.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) }))
        )
    }

    package mutating func add(_ name: String, _ map: [String: Int]) {
        let members = map.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: .number(JSONNumber($0.value)))
        }
        add(name, .object(JSONObject(members)))
    }

    package var value: JSONValue { .object(JSONObject(members)) }
    /// Nil without any field.
    package var valueIfAny: JSONValue? { members.isEmpty ? JSONValue?.none : value }
}
