import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension MachineLearningClient {
    /// Who called an endpoint since a moment, counted by the service, the most frequent first; fifty at most. The same
    /// request as `trafficLog`.
    ///
    /// - Throws: `AzureError`: `.throttled` carries the wait the service asked for.
    public func callers(
        of endpoint: String,
        in logWorkspace: LogWorkspace,
        from: Date
    ) async throws -> [CallerReport.Caller] {
        let query = """
            \(Self.table)
            | where TimeGenerated >= datetime(\(ISO8601.text(from)))
            | where EndpointName =~ \(KQL.literal(endpoint))
            | summarize requests = count(), newest = max(TimeGenerated) by UserAgent, AuthType, IdentityData
            | top 50 by requests desc
            """
        let table = try await table(.callersQuery, query, in: logWorkspace)
        do {
            return try table.map { row in
                CallerReport.Caller(
                    userAgent: row[table.column("UserAgent")].cellText,
                    authType: row[table.column("AuthType")].cellText,
                    identity: row[table.column("IdentityData")].cellText,
                    requests: row[table.column("requests")].cellInt ?? 0,
                    lastSeen: ISO8601.date(row[table.column("newest")].cellText)
                )
            }
        } catch {
            throw error.doing(.callersQuery)
        }
    }
}
