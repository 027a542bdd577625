import AzureCore
import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One line of the Activity Log: who did what to a resource through Resource Manager, and how it went.
public struct ActivityEvent: Hashable, Sendable {
    /// Who did it, as the log and the claims of the token say. Hostile: neutralise before showing.
    public struct Caller: Hashable, Sendable {
        /// The address of a person, or the id of an application.
        public var name: String?
        /// `name` of the token: a person's own name.
        public var displayName: String?
        public var objectID: String?
        /// `appid`: the application that asked.
        public var appID: String?

        public init(
            name: String? = nil,
            displayName: String? = nil,
            objectID: String? = nil,
            appID: String? = nil
        ) {
            self.name = name
            self.displayName = displayName
            self.objectID = objectID
            self.appID = appID
        }

        /// The most telling of what is known; nil where nothing is.
        public var label: String? { displayName ?? name ?? appID ?? objectID }
    }

    /// `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/regenerateKeys/action`.
    public var operation: String
    public var time: Date
    /// `Started`, `Accepted`, `Succeeded`, `Failed`.
    public var status: String
    /// The HTTP status in a word, `Conflict` for example.
    public var subStatus: String?
    public var caller: Caller
    public var correlationID: String?
    /// Shared by the events of one operation.
    public var operationID: String?
    /// What was sent, where the log kept it.
    public var requestBody: String?

    public init(
        operation: String,
        time: Date,
        status: String,
        subStatus: String? = nil,
        caller: Caller = Caller(),
        correlationID: String? = nil,
        operationID: String? = nil,
        requestBody: String? = nil
    ) {
        self.operation = operation
        self.time = time
        self.status = status
        self.subStatus = subStatus
        self.caller = caller
        self.correlationID = correlationID
        self.operationID = operationID
        self.requestBody = requestBody
    }
}

extension ActivityEvent {
    init(_ event: JSONValue) throws(AzureError) {
        guard let time = event.date("eventTimestamp") else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "eventTimestamp")))
        }
        self.init(
            operation: event["operationName"]?.string("value") ?? "",
            time: time,
            status: event["status"]?.string("value") ?? "",
            subStatus: event["subStatus"]?.string("value"),
            caller: Caller(event),
            correlationID: event.string("correlationId"),
            operationID: event.string("operationId"),
            requestBody: event["properties"]?.string("requestbody")
        )
    }
}

extension ActivityEvent.Caller {
    /// The claims have the long names that SAML gave them.
    fileprivate init(_ event: JSONValue) {
        let claims = event["claims"] ?? .null
        self.init(
            name: event.string("caller") ?? claims.string("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"),
            displayName: claims.string("name"),
            objectID: claims.string("http://schemas.microsoft.com/identity/claims/objectidentifier"),
            appID: claims.string("appid")
        )
    }
}
