import AzureCore

extension MachineLearningClient {
    /// Sends a payload many times, to one lane or by turns to two, and tells how that goes.
    ///
    /// Every request has headers of its own and an own identifier; each of those that are under way at the same time keeps a
    /// connection. Cancelling stops at once what is under way, without counting it.
    ///
    /// - Parameters:
    ///   - request: What is sent; its deployment is each lane's.
    ///   - endpoint: The endpoint's name.
    ///   - choice: The credential, fetched once; a token is renewed where needed.
    ///   - plan: How often, and to whom.
    ///   - report: Told at most ten times a second, and at the end; it must not take long.
    /// - Returns: The last report, also of a run that was cancelled.
    /// - Throws: `AzureError` where there is no credential, or where what is asked for may not be sent.
    public func scoreSeries(
        _ request: ScoringRequest,
        of endpoint: String,
        with choice: ScoringCredential,
        plan: ScoringSeries,
        report: @escaping @Sendable (ScoringSeriesReport) -> Void
    ) async throws -> ScoringSeriesReport {
        let run = SeriesRun(plan, uptime: connection.uptime, tell: report)
        let credential = SeriesCredential(self, endpoint: endpoint, choice: choice)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<plan.parallel {
                    group.addTask { try await work(run, request, plan.lanes, credential) }
                }
                try await group.waitForAll()
            }
        } catch let error as AzureError where error.kind == .cancelled && Task.isCancelled {
            return run.end(.stopped)
        } catch is CancellationError {
            return run.end(.stopped)
        }
        return run.end(Task.isCancelled ? .stopped : .finished)
    }

    /// One worker with one connection.
    private func work(
        _ run: SeriesRun,
        _ request: ScoringRequest,
        _ lanes: [String?],
        _ credential: SeriesCredential
    ) async throws {
        let keeper = ConnectionKeeper()
        defer { keeper.close() }
        while !Task.isCancelled, let lane = run.nextLane() {
            var request = request
            request.deployment = lanes[lane]
            let used = try await credential.credential()
            do {
                var answer = try await score(request, credential: used, keeper: keeper)
                if answer.status == 401, let other = try? await credential.credential(insteadOf: used) {
                    answer = try await score(request, credential: other, keeper: keeper)
                }
                run.note(.success(answer), lane: lane)
            } catch let error as AzureError {
                guard error.kind.isOfThisRequest else { throw error }
                run.note(.failure(error), lane: lane)
            }
        }
    }
}

extension AzureError.Kind {
    /// Whether the next request may fare better.
    fileprivate var isOfThisRequest: Bool {
        switch self {
        case .unreachable, .timedOut, .malformedAnswer: true
        default: false
        }
    }
}
