extension AzureError {
    /// Who was refused, as the service's own words name them.
    public struct DeniedIdentity: Hashable, Sendable {
        /// The address of a person, or the id of an application.
        public var name: String
        public var objectID: String?

        public init(name: String, objectID: String? = nil) {
            self.name = name
            self.objectID = objectID
        }
    }

    /// Who was refused something (403), where the service says so. Hostile: neutralise before showing.
    public var deniedIdentity: DeniedIdentity? {
        guard case .forbidden = kind else { return nil }
        return ([message].compactMap(\.self) + innerDetails.map(\.message)).lazy.compactMap { words in
            words.quoted(after: "The client ").map {
                DeniedIdentity(name: $0, objectID: words.quoted(after: "with object id "))
            }
        }.first
    }
}
