import AzureCore
import AzureML
import Dashboard
import Synchronization

extension ScoringActions {
    /// Through the client core.
    static func live(
        clock: TimeSource,
        client: @escaping @Sendable () async throws -> MachineLearningClient
    ) -> ScoringActions {
        ScoringActions(
            send: { task, report in
                do {
                    let client = try await client()
                    // The phases are counted from where the credential is in hand.
                    let start = Mutex(clock.uptime())
                    let answer = try await client.score(
                        task.request,
                        of: task.endpoint.name,
                        with: task.credential,
                        clientRequestID: task.clientRequestID,
                        onCredential: { expiresAt in
                            start.withLock { $0 = clock.uptime() }
                            report(.credential(run: task.run, expiresAt: expiresAt))
                        },
                        onProgress: { progress in
                            let elapsed = clock.uptime() - start.withLock { $0 }
                            report(.progress(run: task.run, progress, elapsed: elapsed))
                        }
                    )
                    report(.answered(run: task.run, answer))
                } catch {
                    report(.failed(run: task.run, AzureError(orCancelled: error)))
                }
            },
            repeatSending: { task, report in
                let series = ScoringSeries(
                    lanes: task.plan.lanes,
                    countPerLane: task.plan.count,
                    parallel: task.plan.parallel
                )
                do {
                    let last = try await client().scoreSeries(
                        task.request,
                        of: task.endpoint.name,
                        with: task.credential,
                        plan: series
                    ) { report(.repeated(run: task.run, RepeatReport($0))) }
                    report(.repeated(run: task.run, RepeatReport(last)))
                } catch {
                    report(.failed(run: task.run, AzureError(orCancelled: error)))
                }
            },
            schema: { endpoint, credential, allowsPlainHTTP in
                let client = try await client()
                let access = try await client.scoringCredential(credential, of: endpoint.name)
                return try await client.swagger(
                    of: try await client.onlineEndpoint(endpoint.name),
                    credential: access.credential,
                    allowsPlainHTTP: allowsPlainHTTP
                )
            }
        )
    }
}

extension RepeatReport {
    fileprivate init(_ report: ScoringSeriesReport) {
        self.init(
            perLane: report.lanes.map(\.statistics),
            done: report.endedCount,
            failures: report.lanes.reduce(0) { $0 + $1.statistics.failureCount },
            isOver: report.state != .running,
            stopped: report.state == .stopped,
            samples: report.lanes.map(\.lastAnswer)
        )
    }
}
