import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Says who asks, and gives the call an identifier that finds it again in Azure's logs.
struct TelemetryPolicy: PipelinePolicy {
    let userAgent: String

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        var request = request
        request.headerFields[.userAgent] = userAgent
        if request.headerFields[.accept] == nil { request.headerFields[.accept] = "application/json" }
        if request.headerFields[.clientRequestID] == nil {
            request.headerFields[.clientRequestID] = UUID().uuidString.lowercased()
        }
        return try await next(request)
    }
}
