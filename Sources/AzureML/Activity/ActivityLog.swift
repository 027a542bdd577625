public import AzureCore
import HTTPTypes
import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The Activity Log of a subscription: what was done through Resource Manager.
public enum ActivityLog {
    /// How long the service keeps its events.
    public static let retentionSeconds: Double = 90 * 86_400

    static let apiVersion = "2015-04-01"
    /// A start that lies further back is refused, and our clock and the service's differ.
    static let marginSeconds: Double = 300
    /// A resource that is written all day fills many pages; the newest come first.
    static let mostPages = 20
}

extension MachineLearningClient {
    /// What was done to an endpoint since a moment, newest first, as far back as the service keeps it.
    /// `GET /subscriptions/{id}/providers/Microsoft.Insights/eventtypes/management/values`.
    ///
    /// - Throws: `AzureError`: `.forbidden` where the identity may not read `Microsoft.Insights/eventtypes/values`.
    public func activity(of endpoint: ResourceID, since: Date) async throws -> [ActivityEvent] {
        let now = connection.now()
        let earliest = now.addingTimeInterval(ActivityLog.marginSeconds - ActivityLog.retentionSeconds)
        let end = now.addingTimeInterval(ActivityLog.marginSeconds)
        let filter =
            "eventTimestamp ge '\(ISO8601.text(max(since, earliest)))' and eventTimestamp le '\(ISO8601.text(end))' "
            + "and resourceUri eq '\(endpoint.text)'"
        let pages: Pager<ActivityEvent> = resourceManager.list(
            .activityLogList,
            ResourceID("/subscriptions/\(endpoint.subscriptionID ?? address.subscriptionID)"),
            "/providers/Microsoft.Insights/eventtypes/management/values",
            query: [("$filter", filter)],
            apiVersion: ActivityLog.apiVersion
        ) { (value) throws(AzureError) in try ActivityEvent(value) }
        var events: [ActivityEvent] = []
        var pageCount = 0
        for try await page in pages {
            events += page.items
            pageCount += 1
            if pageCount == ActivityLog.mostPages { break }
        }
        return events.sorted { $0.time > $1.time }
    }
}
