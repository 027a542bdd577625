import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Lets each request to the control plane wait for its turn, and tells the budget what the answer said.
struct BudgetPolicy: PipelinePolicy {
    let budget: RequestBudget
    let time: TimeSource

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        guard request.audience == .resourceManager else { return try await next(request) }
        let key = RequestBudget.Key(
            subscription: ResourceID(request.url.path).subscriptionID ?? "",
            kind: RequestKind(of: request)
        )
        let ticket = try await budget.spend(key, request.priority)
        do {
            let response = try await next(request)
            budget.note(BudgetAnswer(response, kind: key.kind, now: time.now()), for: key, ticket)
            return response
        } catch {
            budget.note(nil, for: key, ticket)
            throw error
        }
    }
}

/// What an answer says about the bucket its request was counted in.
struct BudgetAnswer {
    /// The lower of what is left of the identity's share and of everybody's.
    var remaining: Int?
    var windowEndsAfterSeconds: Double?
    var isRefusal: Bool
    var retryAfterSeconds: Double?

    init(_ response: AzureResponse, kind: RequestKind, now: Date) {
        let names: [HTTPField.Name] =
            switch kind {
            case .read: [.remainingReads, .globalRemainingReads, .tenantRemainingReads]
            case .write: [.remainingWrites, .globalRemainingWrites, .tenantRemainingWrites]
            case .delete: [.remainingDeletes, .globalRemainingDeletes, .tenantRemainingDeletes]
            case .graphQuery: [.graphQuotaRemaining]
            }
        remaining = names.compactMap { response.headerFields[$0].flatMap { Int($0) } }.min()
        windowEndsAfterSeconds =
            kind == .graphQuery ? response.headerFields[.graphQuotaResetsAfter].flatMap(Self.seconds) : nil
        isRefusal = response.status == 429
        retryAfterSeconds = RetryAfter.duration(in: response, now: now).map { $0 / .seconds(1) }
    }

    /// `00:00:05`.
    private static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: ":").map { Double($0) }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] else { return nil }
        let sum = hours * 3600 + minutes * 60 + seconds
        return (0..<86_400).contains(sum) ? sum : nil
    }
}
