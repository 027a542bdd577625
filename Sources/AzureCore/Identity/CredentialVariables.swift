/// The variables a credential is set up by; an empty one counts as not set.
struct CredentialVariables: Sendable {
    private let values: [String: String]
    private let needed: [String]

    init(_ environment: [String: String], needed: [String], optional: [String] = []) {
        let names = Set(needed + optional)
        values = environment.filter { names.contains($0.key) && !$0.value.isEmpty }
        self.needed = needed
    }

    subscript(name: String) -> String? { values[name] }

    /// `1` and `true`, whatever their case.
    func isOn(_ name: String) -> Bool {
        ["1", "true"].contains(values[name]?.lowercased())
    }

    /// The reason that names what is not set.
    func missing(for credential: String) -> CredentialUnavailable {
        let names = needed.filter { values[$0] == nil }
        return CredentialUnavailable(UnavailableCredential(name: credential, reason: .missingVariables(names)))
    }
}
