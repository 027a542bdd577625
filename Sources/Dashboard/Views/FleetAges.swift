internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// Where the rows of the endpoints pane come from: the listing, or in its place the graph and each row by itself.
    var endpointSources: [Source] {
        let visible = state.visibleRecords.map { state.records[$0] }
        var seen: Set<Source> = []
        let metrics = visible.map(state.metricsSource).filter { seen.insert($0).inserted }
        guard state.readsEndpointsSingly else { return [.endpoints, .workspace] + metrics }
        let selected = state.selectedEndpoint.map { [Source.endpoint($0)] } ?? []
        return selected + [.endpoints, .workspace] + visible.map { .endpoint($0.id) } + metrics
    }

    func deploymentMetricsSources(of deployments: [DeploymentRecord]) -> [Source] {
        guard let record = state.selectedRecord else { return [] }
        var seen: Set<Source> = []
        return deployments.map { state.metricsSource(of: $0.id, in: record) }.filter { seen.insert($0).inserted }
    }

    /// The age of the oldest row on the screen.
    var endpointsAgeText: String {
        let told = state.visibleRecords.compactMap { state.records[$0].toldAt }
        guard let oldest = told.min() else { return ageText(feed(of: .endpoints)) }
        return ageText(seconds: state.now.timeIntervalSince(oldest))
    }

    /// Says of a row how old it is, where it is older than what is on the screen should be.
    func ageSpans(of record: EndpointRecord) -> [Span] {
        // Where all come from one listing the border says it for all.
        guard state.readsEndpointsSingly, state.isOverdue(record), let toldAt = record.toldAt else { return [] }
        return [Span(" · " + texts.span(state.now.timeIntervalSince(toldAt)), .muted)]
    }
}

extension DashboardState {
    /// Whether a row is older than three times the promise for those on the screen.
    package func isOverdue(_ record: EndpointRecord) -> Bool {
        guard let toldAt = record.toldAt else { return false }
        return now.timeIntervalSince(toldAt) > 3 * Source.endpoints.cadenceSeconds * paceFactor
    }
}
