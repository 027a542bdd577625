import AzureCore
import JSONValue

extension EndpointToken {
    init(_ answer: JSONValue) throws(AzureError) {
        self.init(
            token: Secret(try answer.required("accessToken", \.stringValue)),
            expiresAt: answer.expiry("expiryTimeUtc"),
            refreshAfter: answer.expiry("refreshAfterTimeUtc")
        )
    }
}

extension OperationStatus {
    init(_ answer: JSONValue) throws(AzureError) {
        let error = answer["error"].flatMap { $0.isNull ? nil : ErrorBody($0) }
        let innermost = error?.details.last { !$0.message.isEmpty }
        self.init(
            status: try answer.required("status", \.stringValue),
            startTime: answer.date("startTime"),
            endTime: answer.date("endTime"),
            errorCode: error?.code,
            errorMessage: innermost?.message ?? error?.message,
            percentComplete: answer["percentComplete"]?.doubleValue
        )
    }
}

extension DiagnosticSetting {
    init(_ resource: JSONValue) throws(AzureError) {
        let header = try ResourceHeader(resource)
        let enabled = header.properties["logs"]?.arrayValue?.filter { $0["enabled"]?.boolValue == true } ?? []
        self.init(
            id: header.id,
            name: header.name,
            workspaceID: header.properties.resourceID("workspaceId"),
            enabledCategories: enabled.compactMap { $0.string("category") },
            enabledCategoryGroups: enabled.compactMap { $0.string("categoryGroup") }
        )
    }
}

extension LogWorkspace {
    init(_ resource: JSONValue) throws(AzureError) {
        let header = try ResourceHeader(resource)
        self.init(
            id: header.id,
            name: header.name,
            customerID: try header.properties.required("customerId", \.stringValue),
            location: resource.string("location")
        )
    }
}
