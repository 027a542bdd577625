import AzureCore
public import JSONValue

extension TrafficLogRow {
    /// The row as an object with the names and the types of `AmlOnlineEndpointTrafficLog`; what is unknown is left out.
    ///
    /// Source: the reference of the Azure Monitor table.
    public var json: JSONValue {
        var object = JSONObject()
        func add(_ name: String, _ text: String) { if !text.isEmpty { object[name] = .string(text) } }
        func add(_ name: String, _ number: Int?) { object[name] = number.map { .number(JSONNumber($0)) } }
        add("TimeGenerated", ISO8601.text(time))
        add("EndpointName", endpointName)
        add("DeploymentName", deploymentName)
        add("Method", method)
        add("Path", path)
        add("Protocol", networkProtocol)
        add("ResponseCode", responseCode)
        add("ResponseCodeReason", responseReason)
        add("ModelStatusCode", modelStatusCode)
        add("ModelStatusReason", modelStatusReason)
        add("RequestPayloadSize", requestBytes)
        add("ResponsePayloadSize", responseBytes)
        add("UserAgent", userAgent)
        add("XRequestId", requestID)
        add("XMSClientRequestId", clientRequestID)
        add("TotalDurationMs", totalMilliseconds)
        add("RequestDurationMs", requestMilliseconds)
        add("ResponseDurationMs", responseMilliseconds)
        add("RequestThrottlingDelayMs", requestThrottlingMilliseconds)
        add("ResponseThrottlingDelayMs", responseThrottlingMilliseconds)
        add("AuthType", authType)
        add("IdentityData", identity)
        add("Location", location)
        add("_ResourceId", resourceID.text)
        return .object(object)
    }
}
