public import JSONValue

/// A body to begin with, made from what an endpoint says of itself.
///
/// Source: `GET {swaggerUri}`, OpenAPI 2 or 3; the scoring container makes it from the script's schema.
public enum BodySkeleton {
    /// Deeper or larger than this nothing is made: schemas may refer to themselves.
    private static let maximumDepth = 12
    private static let maximumCount = 2000

    /// The body that a path's `POST` wants: its example where there is one, else one made from its schema.
    ///
    /// - Parameters:
    ///   - document: The OpenAPI document; hostile.
    ///   - path: The path of the scoring URI, `/score` for example; another one with a `POST` serves where it is missing.
    /// - Returns: The body; nil where the document tells of none.
    public static func body(from document: JSONValue, path: String) -> JSONValue? {
        guard let operation = operation(of: document, path: path) else { return nil }
        var maker = Maker(document: document)
        if let content = maker.resolve(operation["requestBody"])?["content"]?.objectValue {
            let media = content["application/json"] ?? content.members.first { $0.name.contains("json") }?.value
            guard let media else { return nil }
            return media["example"] ?? firstExample(of: media) ?? media["schema"].map { maker.value(for: $0, depth: 0) }
        }
        let parameters = (operation["parameters"]?.arrayValue ?? []).compactMap { maker.resolve($0) }
        guard let schema = parameters.first(where: { $0["in"]?.stringValue == "body" })?["schema"] else { return nil }
        return maker.value(for: schema, depth: 0)
    }

    private static func operation(of document: JSONValue, path: String) -> JSONValue? {
        guard let paths = document["paths"]?.objectValue else { return nil }
        if let wanted = paths[path]?["post"] { return wanted }
        return paths.members.lazy.compactMap { $0.value["post"] }.first
    }

    private static func firstExample(of media: JSONValue) -> JSONValue? {
        media["examples"]?.objectValue?.members.first?.value["value"]
    }

    private struct Maker {
        let document: JSONValue
        private var count = 0

        init(document: JSONValue) {
            self.document = document
        }

        /// Follows references within the document, `#/definitions/Name`.
        func resolve(_ value: JSONValue?) -> JSONValue? {
            var value = value
            for _ in 0..<BodySkeleton.maximumDepth {
                guard let reference = value?["$ref"]?.stringValue else { return value }
                guard reference.hasPrefix("#/") else { return nil }
                value = reference.dropFirst(2).split(separator: "/").reduce(Optional(document)) { place, name in
                    place?[String(name).replacing("~1", with: "/").replacing("~0", with: "~")]
                }
            }
            return nil
        }

        mutating func value(for schema: JSONValue, depth: Int) -> JSONValue {
            count += 1
            guard depth < BodySkeleton.maximumDepth, count < BodySkeleton.maximumCount, let schema = resolve(schema)
            else { return .null }
            if let given = schema["example"] ?? schema["examples"]?[0] ?? schema["default"] ?? schema["const"] {
                return given
            }
            if let first = schema["enum"]?[0] { return first }
            if let parts = schema["allOf"]?.arrayValue { return merged(parts, with: schema, depth: depth) }
            if let choice = schema["oneOf"]?[0] ?? schema["anyOf"]?[0] { return value(for: choice, depth: depth + 1) }
            return plain(schema, depth: depth)
        }

        private mutating func plain(_ schema: JSONValue, depth: Int) -> JSONValue {
            switch Self.type(of: schema) {
            case "object": return object(schema, depth: depth)
            case "array":
                guard let items = schema["items"] else { return [] }
                return .array([value(for: items, depth: depth + 1)])
            case "string": return .string(Self.text(format: schema["format"]?.stringValue))
            case "integer": return .number(JSONNumber(schema["minimum"]?.intValue ?? 0))
            case "number": return schema["minimum"] ?? 0
            case "boolean": return false
            default: return .null
            }
        }

        private mutating func object(_ schema: JSONValue, depth: Int) -> JSONValue {
            var object = JSONObject()
            for property in schema["properties"]?.objectValue?.members ?? []
            where property.value["readOnly"]?.boolValue != true {
                object[property.name] = value(for: property.value, depth: depth + 1)
            }
            return .object(object)
        }

        private mutating func merged(_ parts: [JSONValue], with schema: JSONValue, depth: Int) -> JSONValue {
            var object = JSONObject()
            for part in parts {
                for member in value(for: part, depth: depth + 1).objectValue?.members ?? [] {
                    object[member.name] = member.value
                }
            }
            for member in self.object(schema, depth: depth).objectValue?.members ?? [] {
                object[member.name] = member.value
            }
            return .object(object)
        }

        /// OpenAPI 3.1 allows several types; `null` is the least of them.
        private static func type(of schema: JSONValue) -> String? {
            if let types = schema["type"]?.arrayValue?.compactMap(\.stringValue) {
                return types.first { $0 != "null" } ?? types.first
            }
            if let type = schema["type"]?.stringValue { return type }
            return schema["properties"] != nil ? "object" : schema["items"] != nil ? "array" : nil
        }

        private static func text(format: String?) -> String {
            switch format {
            case "date": "2025-01-31"
            case "date-time": "2025-01-31T12:00:00Z"
            case "uuid": "00000000-0000-0000-0000-000000000000"
            case "byte", "binary": ""
            default: "text"
            }
        }
    }
}
