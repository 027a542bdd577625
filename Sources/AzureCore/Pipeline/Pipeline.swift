/// A chain of policies with a transport at its end.
public struct Pipeline: Sendable {
    typealias Next = @Sendable (AzureRequest) async throws -> AzureResponse

    private let policies: [any PipelinePolicy]
    private let transport: any HTTPTransport
    /// The time its policies wait by.
    let time: TimeSource

    /// The one place where the order is written: what stands before `RetryPolicy` runs once a call, what stands behind
    /// it once a try.
    ///
    /// No authorization is for requests that carry no token, such as those that ask for one; without a budget none waits for
    /// its turn. Waiting comes behind authorization, so that who is signed out hears it at once, and before the deadline,
    /// which is for the service alone.
    public init(
        transport: any HTTPTransport,
        settings: PipelineSettings = PipelineSettings(),
        authorization: (any PipelinePolicy)? = nil,
        budget: RequestBudget? = nil
    ) {
        let before: [any PipelinePolicy] = [
            AllowancePolicy(allowance: settings.allowance),
            TelemetryPolicy(userAgent: settings.userAgent),
            RetryPolicy(settings: settings.retry, time: settings.time),
        ]
        let behind: [any PipelinePolicy] = [
            ObserverPolicy(time: settings.time, observer: settings.observer),
            LoggingPolicy(logger: settings.logger, time: settings.time),
            DeadlinePolicy(timeout: settings.timeout, time: settings.time),
        ]
        let turn: [any PipelinePolicy] = budget.map { [BudgetPolicy(budget: $0, time: settings.time)] } ?? []
        policies = before + (authorization.map { [$0] } ?? []) + turn + behind
        self.transport = transport
        time = settings.time
    }

    /// Sends the request and gives the answer, whatever its status.
    ///
    /// - Throws: `AzureError` where no answer came, `CancellationError`.
    func answer(to request: AzureRequest) async throws -> AzureResponse {
        try await send(request, from: policies[...])
    }

    /// Sends the request and gives the answer of a success.
    ///
    /// - Throws: `AzureError`, complete with operation, host and what the service said.
    public func send(_ request: AzureRequest) async throws -> AzureResponse {
        do {
            let response = try await answer(to: request)
            if let failure = AzureError(of: response, to: request, now: time.now()) { throw failure }
            return response
        } catch {
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
    }

    private func send(_ request: AzureRequest, from policies: ArraySlice<any PipelinePolicy>) async throws
        -> AzureResponse
    {
        guard let policy = policies.first else { return try await transport.send(request) }
        return try await policy.send(request) { try await send($0, from: policies.dropFirst()) }
    }
}

/// One concern of sending a request.
public protocol PipelinePolicy: Sendable {
    /// Passes the request on, changed or not, once, several times or never.
    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse
}
