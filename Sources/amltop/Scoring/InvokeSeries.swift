import AzureCore
import AzureML
import Dashboard
import JSONValue

/// What `invoke --repeat` prints.
struct InvokeSeries {
    var report: ScoringSeriesReport
    var endpoint: String

    private static let shares: [(name: String, share: Double)] = [
        ("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99),
    ]

    private var statistics: ScoringStatistics { report.lanes.first?.statistics ?? ScoringStatistics() }

    /// A percentile that the sample is too small for is null.
    var json: JSONValue {
        let statistics = statistics
        var object = JSONObject()
        object["endpoint"] = .string(endpoint)
        object["deployment"] = report.lanes.first?.deployment.map(JSONValue.string) ?? .null
        object["state"] = .string("\(report.state)")
        object["requests"] = number(report.plan.count)
        object["parallel"] = number(report.plan.parallel)
        object["elapsedMs"] = InvokeAnswer.milliseconds(report.elapsed)
        object["sampleCount"] = number(statistics.sampleCount)
        object["failures"] = number(statistics.failureCount)
        object["statusCodes"] = counts(statistics.countsByStatus.map { ("\($0.key)", $0.value) })
        object["deployments"] = counts(statistics.countsByDeployment.map { ($0.key, $0.value) })
        var latency = JSONObject()
        latency["min"] = InvokeAnswer.milliseconds(statistics.minimum)
        latency["mean"] = InvokeAnswer.milliseconds(statistics.mean)
        for (name, share) in Self.shares { latency[name] = InvokeAnswer.milliseconds(statistics.percentile(share)) }
        latency["max"] = InvokeAnswer.milliseconds(statistics.maximum)
        object["latencyMs"] = .object(latency)
        return .object(object)
    }

    var table: TextTable {
        let statistics = statistics
        let codes = statistics.countsByStatus.sorted { $0.key < $1.key }.map { "\($0.key)×\($0.value)" }
        let percentiles = Self.shares.map { time(statistics.percentile($0.share)) }
        return TextTable(
            titles: [
                text(.invokeRepeatColumnDeployment), text(.invokeRepeatColumnAnswers),
                text(.invokeRepeatColumnFailures),
                text(.invokeRepeatColumnCodes), text(.invokeRepeatColumnMin), text(.invokeRepeatColumnMean),
            ] + Self.shares.map(\.name) + [text(.invokeRepeatColumnMax)],
            rows: [
                [
                    report.lanes.first?.deployment ?? text(.invokeRepeatRouted), "\(statistics.sampleCount)",
                    "\(statistics.failureCount)", codes.joined(separator: " "), time(statistics.minimum),
                    time(statistics.mean),
                ] + percentiles + [time(statistics.maximum)]
            ]
        )
    }

    /// That of the commonest answer that is no success, or of what kept answers from coming.
    var exitStatus: ExitStatus {
        let bad = statistics.countsByStatus.filter { !(200..<300).contains($0.key) }
        let worst = bad.max { ($0.value, $1.key) < ($1.value, $0.key) }
        if let worst, worst.value >= statistics.failureCount { return ExitStatus(scoringStatus: worst.key) }
        guard statistics.failureCount > 0 else { return .done }
        return report.lastFailure.map { ExitStatus($0.kind) } ?? .failed
    }

    private func time(_ duration: Duration?) -> String {
        guard let duration else { return text(.invokeRepeatTooFew) }
        let hundredths = Int((duration / .microseconds(10)).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) ms"
    }

    private func counts(_ pairs: [(String, Int)]) -> JSONValue {
        var object = JSONObject()
        for (name, count) in pairs.sorted(by: { $0.0 < $1.0 }) { object[name] = number(count) }
        return .object(object)
    }

    private func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
}
