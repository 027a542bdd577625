import AzureCore

/// The columns of `AmlOnlineEndpointTrafficLog` in one answer, looked up once.
struct TrafficLogColumns {
    private let time, endpoint, deployment, method, path, code, reason, modelCode, modelReason, agent: Int?
    private let request, clientRequest, total, requestTime, responseTime, requestDelay, responseDelay: Int?
    private let requestBytes, responseBytes, auth, identity, networkProtocol, location, resource: Int?

    init(_ table: LogTable) {
        time = table.column("TimeGenerated")
        endpoint = table.column("EndpointName")
        deployment = table.column("DeploymentName")
        method = table.column("Method")
        path = table.column("Path")
        code = table.column("ResponseCode")
        reason = table.column("ResponseCodeReason")
        modelCode = table.column("ModelStatusCode")
        modelReason = table.column("ModelStatusReason")
        agent = table.column("UserAgent")
        request = table.column("XRequestId")
        clientRequest = table.column("XMSClientRequestId")
        total = table.column("TotalDurationMs")
        requestTime = table.column("RequestDurationMs")
        responseTime = table.column("ResponseDurationMs")
        requestDelay = table.column("RequestThrottlingDelayMs")
        responseDelay = table.column("ResponseThrottlingDelayMs")
        requestBytes = table.column("RequestPayloadSize")
        responseBytes = table.column("ResponsePayloadSize")
        auth = table.column("AuthType")
        identity = table.column("IdentityData")
        networkProtocol = table.column("Protocol")
        location = table.column("Location")
        resource = table.column("_ResourceId")
    }

    /// The names to `project`, so that the service sends no more than is read.
    static let names =
        "TimeGenerated, EndpointName, DeploymentName, Method, Path, ResponseCode, ResponseCodeReason, ModelStatusCode, "
        + "ModelStatusReason, UserAgent, XRequestId, XMSClientRequestId, TotalDurationMs, RequestDurationMs, "
        + "ResponseDurationMs, RequestThrottlingDelayMs, ResponseThrottlingDelayMs, RequestPayloadSize, "
        + "ResponsePayloadSize, AuthType, IdentityData, Protocol, Location, _ResourceId"

    /// Nil for a row without a time: it cannot be placed.
    func row(_ cells: LogRow) -> TrafficLogRow? {
        guard let time = ISO8601.date(cells[time].cellText) else { return nil }
        let resource = ResourceID(cells[resource].cellText)
        let endpoint = cells[endpoint].cellText
        return TrafficLogRow(
            time: time,
            endpointName: endpoint.isEmpty ? resource.name : endpoint,
            deploymentName: cells[deployment].cellText,
            method: cells[method].cellText,
            path: cells[path].cellText,
            responseCode: cells[code].cellInt ?? 0,
            responseReason: cells[reason].cellText,
            modelStatusCode: cells[modelCode].cellInt,
            modelStatusReason: cells[modelReason].cellText,
            userAgent: cells[agent].cellText,
            requestID: cells[request].cellText,
            clientRequestID: cells[clientRequest].cellText,
            totalMilliseconds: cells[total].cellInt ?? 0,
            requestMilliseconds: cells[requestTime].cellInt ?? 0,
            responseMilliseconds: cells[responseTime].cellInt ?? 0,
            requestThrottlingMilliseconds: cells[requestDelay].cellInt ?? 0,
            responseThrottlingMilliseconds: cells[responseDelay].cellInt ?? 0,
            requestBytes: cells[requestBytes].cellInt ?? 0,
            responseBytes: cells[responseBytes].cellInt ?? 0,
            authType: cells[auth].cellText,
            identity: cells[identity].cellText,
            networkProtocol: cells[networkProtocol].cellText,
            location: cells[location].cellText,
            resourceID: resource
        )
    }
}
