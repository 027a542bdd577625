import HTTPTypes
public import JSONValue

/// Queries of Azure Resource Graph, which knows all resources of all subscriptions, seconds to minutes late.
///
/// Fifteen queries in five seconds are granted to each user; `AzureConnection.budget` keeps to that.
public struct ResourceGraph: Sendable {
    /// Most rows of one answer.
    public static let rowsPerPage = 1000
    private static let apiVersion = "2022-10-01"

    public let connection: AzureConnection
    /// Of all its requests.
    public var priority: RequestPriority

    public init(_ connection: AzureConnection, priority: RequestPriority = .essential) {
        self.connection = connection
        self.priority = priority
    }

    /// The rows of a query, page by page. `POST /providers/Microsoft.ResourceGraph/resources`.
    ///
    /// - Parameters:
    ///   - operation: What errors and exchanges are to call it.
    ///   - query: In KQL. Only a query that projects `id` and sorts by it comes in pages.
    ///   - subscriptions: Where to look; none for every subscription the identity can read.
    ///   - read: Makes something of a row; nothing for one that is of no use.
    /// - Returns: The pages; iterating throws `AzureError`, `isLastingRefusal` where the query will never be answered.
    public func rows<Item: Sendable>(
        _ operation: OperationName,
        _ query: String,
        subscriptions: [String] = [],
        read: @escaping @Sendable (JSONValue) -> Item?
    ) -> Pager<Item> {
        Pager { token in
            let request = AzureRequest(
                operation,
                method: .post,
                url: try url(operation),
                headerFields: [.contentType: "application/json"],
                body: Array(body(query, subscriptions, token).text().utf8),
                audience: .resourceManager,
                isRepeatable: true,
                priority: priority
            )
            let answer = try await connection.json(request)
            do throws(AzureError) {
                let rows = try answer.required("data", \.arrayValue).compactMap(read)
                let next = answer["$skipToken"]?.stringValue
                // `resultTruncated` says "false" on pages that are not the last.
                return (rows, next?.isEmpty == false ? next : nil)
            } catch {
                throw error.doing(operation, host: request.url.host)
            }
        }
    }

    private func url(_ operation: OperationName) throws(AzureError) -> HTTPURL {
        let text = connection.cloud.resourceManager
        guard let base = HTTPURL(text) else {
            throw AzureError(.configuration(.invalidURL(name: "resourceManager", value: text)), operation: operation)
        }
        return base.appending(
            path: "/providers/Microsoft.ResourceGraph/resources",
            query: [("api-version", Self.apiVersion)]
        )
    }

    private func body(_ query: String, _ subscriptions: [String], _ token: String?) -> JSONValue {
        var options: [JSONObject.Member] = [
            .init(name: "$top", value: .number(JSONNumber(Self.rowsPerPage))),
            .init(name: "resultFormat", value: "objectArray"),
        ]
        if let token { options.append(.init(name: "$skipToken", value: .string(token))) }
        var members: [JSONObject.Member] = [
            .init(name: "query", value: .string(query)), .init(name: "options", value: .object(JSONObject(options))),
        ]
        if !subscriptions.isEmpty {
            members.insert(.init(name: "subscriptions", value: .array(subscriptions.map(JSONValue.string))), at: 0)
        }
        return .object(JSONObject(members))
    }
}

extension AzureError {
    /// Whether the service will not answer this identity, whenever it is asked: requests for less have to do, such as lists
    /// in place of a graph, or one resource in place of all.
    public var isLastingRefusal: Bool {
        switch kind {
        case .forbidden, .badRequest, .notFound: true
        default: false
        }
    }
}
