package import AzureCore
package import AzureML
package import FoundationEssentials

/// What the dashboard asks the Activity Log; part of `Environment`.
package struct ActivityReading: Sendable {
    /// The regenerations of an endpoint's keys since a moment, newest first.
    package var regenerations: @Sendable (_ endpoint: ResourceID, _ since: Date) async throws -> [KeyRegeneration]

    package init(regenerations: @escaping @Sendable (ResourceID, Date) async throws -> [KeyRegeneration]) {
        self.regenerations = regenerations
    }
}
