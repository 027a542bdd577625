import AzureCore
import HTTPTypes
import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Rows of the traffic log.
public struct TrafficLog: Hashable, Sendable {
    /// Newest first.
    public var rows: [TrafficLogRow]
    /// Whether the service could not read everything: rows may be missing.
    public var isPartial: Bool

    public init(rows: [TrafficLogRow] = [], isPartial: Bool = false) {
        self.rows = rows
        self.isPartial = isPartial
    }
}

extension MachineLearningClient {
    /// What the callers felt as a failure, in the words of a query.
    private static let failed = "toint(ResponseCode) >= 500 or toint(ResponseCode) in (408, 424, 429)"
    private static let clientError =
        "toint(ResponseCode) >= 400 and toint(ResponseCode) < 500 and not(toint(ResponseCode) in (408, 424, 429))"
    static let table = "AmlOnlineEndpointTrafficLog"

    /// The traffic-log rows of a stretch of time, newest first. `POST {Log Analytics}/v1/workspaces/{customerId}/query`.
    ///
    /// Rows arrive three to ten minutes late.
    ///
    /// - Parameters:
    ///   - logWorkspace: Where the rows are.
    ///   - from: The earliest time, included.
    ///   - to: The latest time, excluded; nil for no end.
    ///   - limit: Most rows to give, 1 to 100 000.
    ///   - endpoint: Only the rows of this endpoint; nil for all of this workspace and any other that logs there.
    /// - Returns: Fewer rows than there are where the service says so.
    /// - Throws: `AzureError`: `.throttled` carries the wait the service asked for.
    public func trafficLog(
        in logWorkspace: LogWorkspace,
        from: Date,
        to: Date?,
        limit: Int = 1000,
        endpoint: String? = nil
    ) async throws -> TrafficLog {
        var query = Self.table + "\n| where TimeGenerated >= datetime(\(ISO8601.text(from)))"
        if let to { query += "\n| where TimeGenerated < datetime(\(ISO8601.text(to)))" }
        if let endpoint { query += "\n| where EndpointName =~ \(KQL.literal(endpoint))" }
        query += "\n| project \(TrafficLogColumns.names)"
        query += "\n| top \(min(max(limit, 1), 100_000)) by TimeGenerated desc"
        let table = try await table(.trafficLogQuery, query, in: logWorkspace)
        let columns = TrafficLogColumns(table)
        do {
            return TrafficLog(rows: try table.map(columns.row), isPartial: table.isPartial)
        } catch {
            throw error.doing(.trafficLogQuery)
        }
    }

    /// What each deployment answered since a moment, counted by the service. The same request as `trafficLog`.
    public func trafficAggregates(in logWorkspace: LogWorkspace, from: Date) async throws -> [TrafficAggregate] {
        let query = """
            \(Self.table)
            | where TimeGenerated >= datetime(\(ISO8601.text(from)))
            | summarize requests = count(), failures = countif(\(Self.failed)), \
            clientErrors = countif(\(Self.clientError)), \
            p95 = percentile(TotalDurationMs, 95), newest = max(TimeGenerated) by _ResourceId, DeploymentName
            """
        let table = try await table(.trafficAggregatesQuery, query, in: logWorkspace)
        do {
            return try table.map { TrafficAggregate($0, of: table) }
        } catch {
            throw error.doing(.trafficAggregatesQuery)
        }
    }

    func table(
        _ operation: OperationName,
        _ query: String,
        in logWorkspace: LogWorkspace
    ) async throws -> LogTable {
        guard let base = connection.cloud.logAnalytics.flatMap({ HTTPURL($0) }) else {
            let problem = AzureError.ConfigurationProblem.incompleteCloudMetadata(field: "logAnalyticsResourceId")
            throw AzureError(.configuration(problem), operation: operation)
        }
        let request = AzureRequest(
            operation,
            method: .post,
            url: base.appending(path: "/v1/workspaces/\(logWorkspace.customerID)/query"),
            headerFields: [.contentType: "application/json"],
            body: Array(JSONValue.object(JSONObject([.init(name: "query", value: .string(query))])).text().utf8),
            audience: .logAnalytics,
            isRepeatable: true
        )
        do {
            let response = try await connection.send(request)
            // Both are documented for a workspace that never received anything.
            if response.status == 204 || response.body.isEmpty { return .empty }
            return try LogTable(response)
        } catch let error as AzureError {
            if error.isUnknownTable { return .empty }
            throw error.doing(operation, host: request.url.host)
        }
    }
}

extension AzureError {
    /// A table appears in a workspace with its first row.
    fileprivate var isUnknownTable: Bool {
        let texts = [message ?? ""] + innerDetails.map(\.message)
        return status == 400 && texts.contains { $0.contains("Failed to resolve table") }
    }
}

extension TrafficAggregate {
    fileprivate init?(_ row: LogRow, of table: LogTable) {
        let id = row[table.column("_ResourceId")].cellText
        guard !id.isEmpty else { return nil }
        self.init(
            endpointID: ResourceID(id),
            deploymentName: row[table.column("DeploymentName")].cellText,
            requests: row[table.column("requests")].cellInt ?? 0,
            failures: row[table.column("failures")].cellInt ?? 0,
            clientErrors: row[table.column("clientErrors")].cellInt ?? 0,
            p95Milliseconds: row[table.column("p95")].cellDouble,
            newest: ISO8601.date(row[table.column("newest")].cellText)
        )
    }
}

/// Texts inside a query of Log Analytics.
enum KQL {
    /// The text between quotes, so that nothing in it can end them.
    static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                literal += "\\"
                literal.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20: continue
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
