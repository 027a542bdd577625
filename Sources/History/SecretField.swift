import AzureML
import HTTPTypes
import JSONValue

/// Keeps what may be a secret out of what is written down, by the name of the field it stands in.
enum SecretField {
    /// Instead of a value.
    static let mask = "…"

    private static let names: Set<String> = [
        "cookie", "set-cookie",
    ]
    private static let parts = [
        "auth", "key", "token", "secret", "password", "passwd", "credential", "signature", "session",
    ]

    /// Whether a field of that name may carry a secret; rather one too many.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        // It says which deployment answered.
        guard name != "azureml-model-session" else { return false }
        return names.contains(name) || parts.contains { name.contains($0) }
    }

    static func value(of name: String, _ value: String) -> String { isSecret(name) ? mask : value }

    /// Without the values of its query: a signature or a code may be among them.
    static func redacted(uri: String) -> String {
        guard let mark = uri.firstIndex(of: "?") else { return uri }
        return uri[...mark] + mask
    }

    static func json(_ headers: [PayloadFile.Header]) -> JSONValue {
        .array(headers.map { [.string($0.name), .string(value(of: $0.name, $0.value))] })
    }

    static func json(_ fields: HTTPFields) -> JSONValue {
        .array(fields.map { [.string($0.name.rawName), .string(value(of: $0.name.rawName, $0.value))] })
    }

    static func headers(_ text: String) -> [PayloadFile.Header] {
        pairs(try? JSONValue.parse(text)).map { PayloadFile.Header($0.name, $0.value) }
    }

    static func fields(_ value: JSONValue?) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs(value) {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        return fields
    }

    private static func pairs(_ value: JSONValue?) -> [(name: String, value: String)] {
        (value?.arrayValue ?? []).compactMap { pair in
            guard let name = pair[0]?.stringValue, let value = pair[1]?.stringValue else { return nil }
            return (name, value)
        }
    }
}
