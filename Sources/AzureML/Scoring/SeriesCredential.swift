import AzureCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The credential of a run of many requests: fetched once, a token renewed when its time comes or when it is refused.
actor SeriesCredential {
    /// A token closer to its end than this is renewed.
    private static let margin = 60.0

    private let client: MachineLearningClient
    private let endpoint: String
    private let choice: ScoringCredential
    private var fetching: Task<ScoringAccess, any Error>?
    private var current: ScoringAccess?
    /// The ones that were refused though they had time left: that is looked into once each.
    private var refused: Set<EndpointCredential> = []

    init(_ client: MachineLearningClient, endpoint: String, choice: ScoringCredential) {
        self.client = client
        self.endpoint = endpoint
        self.choice = choice
    }

    /// - Throws: `AzureError`.
    func credential() async throws -> EndpointCredential {
        if let current, !isAboutToLapse(current) { return current.credential }
        return try await fetch(isNew: false).credential
    }

    /// Another credential instead of one that was refused; nil where there is none.
    func credential(insteadOf former: EndpointCredential) async throws -> EndpointCredential? {
        if let current, current.credential != former { return current.credential }
        guard choice == .amlToken || choice == .entra, refused.insert(former).inserted || fetching != nil else {
            return nil
        }
        let access = try await fetch(isNew: true)
        return access.credential == former ? nil : access.credential
    }

    private func isAboutToLapse(_ access: ScoringAccess) -> Bool {
        access.expiresAt.map { $0.timeIntervalSince(client.connection.now()) < Self.margin } ?? false
    }

    /// All who ask meanwhile wait for the same.
    private func fetch(isNew: Bool) async throws -> ScoringAccess {
        if let fetching { return try await fetching.value }
        let (client, choice, endpoint) = (client, choice, endpoint)
        let task = Task {
            isNew
                ? try await client.renewedScoringCredential(choice, of: endpoint)
                : try await client.scoringCredential(choice, of: endpoint)
        }
        fetching = task
        defer { fetching = nil }
        let access = try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        current = access
        return access
    }
}
