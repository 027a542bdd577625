@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

/// The severity table: what is alert, warning and note, at the default thresholds.
@Suite struct FindingTests {
    private func findings(
        _ endpoint: OnlineEndpoint = Samples.endpoint("e"),
        metrics: EndpointMetrics? = EndpointMetrics(lastTrafficAt: Samples.now, measuredAt: Samples.now),
        deployments: [ProvisioningState]? = nil,
        isLogging: Bool? = nil,
        tokenLeft: Double? = nil,
        lastTraffic: LastTraffic? = nil,
        renewalFailed: Bool = false
    ) -> [Finding] {
        var record = EndpointRecord(endpoint: endpoint)
        record.metrics = metrics
        record.lastTraffic = lastTraffic
        record.deployments = deployments?.map { state in
            var deployment = Samples.deployment("blue", of: "e")
            deployment.provisioningState = state
            return DeploymentRecord(deployment: deployment)
        }
        if isLogging == false { record.diagnosticSettings = [] }
        record.token = tokenLeft.map {
            EndpointTokenFacts(expiresAt: Samples.now.addingTimeInterval($0), refreshAfter: nil)
        }
        return record.findings(at: Samples.now, thresholds: Thresholds(), renewalFailed: renewalFailed)
    }

    @Test(
        arguments: [
            (89.9, 30.0, nil), (90, 30, Severity.warning), (179.9, 30, .warning), (180, 30, .alert), (nil, 89, nil),
            (nil, 91, .warning), (nil, nil, .warning),
        ] as [(Double?, Double?, Severity?)]
    )
    func theAgeOfKeys(_ rotatedDaysAgo: Double?, _ createdDaysAgo: Double?, _ severity: Severity?) {
        func date(_ daysAgo: Double) -> Date { Samples.now.addingTimeInterval(-daysAgo * 86_400) }
        var record = EndpointRecord(endpoint: Samples.endpoint("e", .key))
        record.endpoint.systemData = createdDaysAgo.map { SystemData(createdAt: date($0)) }
        let rotations = rotatedDaysAgo.map { [KeyRegeneration(time: date($0), outcome: .succeeded)] } ?? []
        record.keyActivity = KeyActivity(regenerations: rotations, readFrom: date(90))
        record.metrics = metrics()
        let found = record.findings(at: Samples.now, thresholds: Thresholds(), renewalFailed: false)
        #expect(found == (severity.map { [Finding(.keyAge, $0)] } ?? []))
    }

    @Test func keysAreNoYoungerForARegenerationThatFailedOrGoesOn() {
        var record = EndpointRecord(endpoint: Samples.endpoint("e", .key))
        let day = Samples.now.addingTimeInterval(-86_400)
        let attempts = [KeyRegeneration(time: Samples.now, outcome: .open), .init(time: day, outcome: .failed)]
        record.keyActivity = KeyActivity(regenerations: attempts, readFrom: day)
        #expect(record.keyAge == .olderThan(seconds: ActivityLog.retentionSeconds))
        record.endpoint.authMode = .aadToken
        #expect(record.keyAge == nil)
    }

    private func metrics(errors: Double? = nil, p95: Double? = nil, lastAgo: Double? = 0) -> EndpointMetrics {
        EndpointMetrics(
            errorShare: errors,
            p95Milliseconds: p95,
            lastTrafficAt: lastAgo.map { Samples.now.addingTimeInterval(-$0) },
            measuredAt: Samples.now
        )
    }

    @Test func aHealthyEndpointHasNone() {
        #expect(findings() == [])
    }

    @Test func aFailedEndpointOrDeploymentIsAnAlert() {
        #expect(findings(Samples.endpoint("e", .key, .failed)) == [Finding(.failed, .alert)])
        #expect(findings(deployments: [.succeeded, .failed]) == [Finding(.deploymentFailed, .alert)])
    }

    @Test(arguments: [(0.01, nil), (0.011, Severity.warning), (0.05, .warning), (0.051, .alert)])
    func theErrorShare(_ share: Double, _ severity: Severity?) {
        #expect(findings(metrics: metrics(errors: share)).first?.severity == severity)
    }

    @Test(arguments: [(500.0, nil), (501, Severity.warning), (2_001, .alert)])
    func theLatency(_ p95: Double, _ severity: Severity?) {
        #expect(findings(metrics: metrics(p95: p95)).first?.severity == severity)
    }

    @Test func changingForLongIsAWarningAndForShortANote() {
        let short = Samples.endpoint("e", .key, .updating, modifiedSecondsAgo: 1_800)
        #expect(findings(short) == [Finding(.changing, .note)])
        let long = Samples.endpoint("e", .key, .creating, modifiedSecondsAgo: 1_801)
        #expect(findings(long) == [Finding(.changingForLong, .warning)])
    }

    @Test func silenceAfterTrafficIsAWarningAndNoCallAtAllANote() {
        #expect(findings(metrics: metrics(lastAgo: 901)) == [Finding(.silent, .warning)])
        #expect(findings(metrics: metrics(lastAgo: 899)) == [])
        #expect(findings(metrics: metrics(lastAgo: nil)) == [], "the last day was not asked yet")
        #expect(
            findings(metrics: metrics(lastAgo: nil), lastTraffic: LastTraffic(date: nil)) == [
                Finding(.neverCalled, .note)
            ]
        )
        let hoursAgo = LastTraffic(date: Samples.now.addingTimeInterval(-7_200))
        #expect(findings(metrics: metrics(lastAgo: nil), lastTraffic: hoursAgo) == [Finding(.silent, .warning)])
        #expect(findings(metrics: nil) == [], "what is not known is no finding")
    }

    @Test func noTrafficAndNoLoggingAreNotes() {
        #expect(findings(Samples.endpoint("e", traffic: ["blue": 0])) == [Finding(.noTraffic, .note)])
        #expect(findings(isLogging: false) == [Finding(.loggingOff, .note)])
    }

    @Test func aLapsingTokenCountsOnlyWhereItCouldNotBeRenewed() {
        #expect(findings(tokenLeft: 60) == [])
        #expect(findings(tokenLeft: 60, renewalFailed: true) == [Finding(.tokenLapsing, .alert)])
        #expect(findings(tokenLeft: 599, renewalFailed: true) == [Finding(.tokenLapsing, .warning)])
        #expect(findings(tokenLeft: 601, renewalFailed: true) == [])
    }

    @Test func theWorstComesFirst() {
        let found = findings(
            Samples.endpoint("e", .key, .failed, traffic: [:]),
            metrics: metrics(errors: 0.02),
            isLogging: false
        )
        #expect(found.map(\.severity) == [.alert, .warning, .note, .note])
    }

    @Test func theHeaderCountsEndpointsByTheirWorstAndEachKindOfSourceOnce() {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        #expect(walk.state.summary.alertCount == 1)
        let warnings = walk.state.summary.warningCount
        walk.tick(after: 60)
        walk.answerAll { request in
            guard case .regionMetrics = request.source else { return Samples.answer(to: request) }
            return .failed(AzureError(.throttled(retryAfter: .seconds(90))))
        }
        walk.tick(after: 1)
        #expect(walk.state.summary.warningCount == warnings + 1)
        walk.tick(after: 10)
        walk.answer(.endpoints, .failed(AzureError(.signedOut(credential: "ClientSecretCredential"))))
        walk.tick(after: 1)
        #expect(walk.state.summary.alertCount == 2)
    }
}
