import AzureCore
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Lenient reading of a resource: what is missing, null or of another type is nil or empty.
extension JSONValue {
    func string(_ name: String) -> String? {
        guard let text = self[name]?.stringValue, !text.isEmpty else { return nil }
        return text
    }

    func resourceID(_ name: String) -> ResourceID? { string(name).map(ResourceID.init) }

    func int(_ name: String) -> Int? { self[name].flatMap { $0.intValue ?? $0.stringValue.flatMap { Int($0) } } }

    func date(_ name: String) -> Date? { string(name).flatMap(ISO8601.date) }

    func duration(_ name: String) -> Duration? { string(name).flatMap(ISO8601.duration) }

    /// When a credential lapses; nil where that is not said.
    func expiry(_ name: String) -> Date? { ExpiryTime.date(self[name]) }

    /// Members whose value is a text; those of another type keep their JSON text, null ones are left out.
    func strings(_ name: String) -> [String: String] {
        map(name) { value in value.isNull ? nil : value.stringValue ?? value.text() }
    }

    /// Members whose value is a whole number.
    func integers(_ name: String) -> [String: Int] { map(name, \.intValue) }

    private func map<Value>(_ name: String, _ read: (JSONValue) -> Value?) -> [String: Value] {
        var map: [String: Value] = [:]
        for member in self[name]?.objectValue?.members ?? [] {
            map[member.name] = read(member.value)
        }
        return map
    }
}

/// What all resources of Resource Manager have.
struct ResourceHeader {
    let id: ResourceID
    let name: String
    let properties: JSONValue

    /// The one thing that cannot be done without is a name, from `name` or from the end of `id`.
    init(_ resource: JSONValue) throws(AzureError) {
        let id = resource.resourceID("id")
        guard let name = resource.string("name") ?? id?.name, !name.isEmpty else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "name")))
        }
        self.name = name
        self.id = id ?? ResourceID(name)
        properties = resource["properties"] ?? .null
    }
}
