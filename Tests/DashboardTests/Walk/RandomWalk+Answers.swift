@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import JSONValue
import TerminalUI
import TestSupport

/// What a random Azure says: mostly sensible, now and then what only an adversary would send.
extension RandomWalk {
    mutating func nextAnswer(to request: Request) -> Answer {
        let usual = Samples.answer(to: request)
        switch usual {
        case .endpoints: return .endpoints(page: nextEndpoints(), isLast: true)
        case .endpoint where random.chance(60): return .endpoint(nextEndpoint())
        case .fleet: return .fleet(page: nextFleet(), isLast: true)
        case .regionMetrics:
            let metrics = state.records.map { ($0.id, nextEndpointMetrics()) }
            return .regionMetrics(
                Dictionary(metrics) { first, _ in first },
                historyMinutes: random.pick([0, 30, 1])
            )
        case .deployments: return .deployments(nextDeployments(of: request.source.endpointID ?? Samples.id("gone")))
        case .token: return .token(nextToken())
        case .endpointMetrics: return .endpointMetrics(nextEndpointMetrics())
        case .deploymentMetrics:
            return .deploymentMetrics(
                DeploymentMetrics(
                    cpuPercent: nextNumber(),
                    memoryPercent: nextNumber(),
                    gpuPercent: random.chance(30) ? nextNumber() : nil,
                    p95Milliseconds: nextNumber(),
                    measuredAt: state.now
                )
            )
        case .lastTraffic: return .lastTraffic(random.chance(50) ? nil : nextDate())
        case .endpointToken:
            return .endpointToken(
                EndpointTokenFacts(expiresAt: nextDate(), refreshAfter: random.chance(50) ? nil : nextDate())
            )
        case .keyActivity(let activity):
            let regenerations = (0..<random.pick([0, 0, 1, 3])).map { _ in
                KeyRegeneration(
                    time: nextDate() ?? .distantPast,
                    outcome: random.pick([.succeeded, .failed, .open]),
                    caller: ActivityEvent.Caller(name: nextText(), displayName: random.chance(50) ? nextText() : nil)
                )
            }
            return .keyActivity(KeyActivity(regenerations: regenerations, readFrom: activity.readFrom))
        case .lastOperation:
            return .lastOperation(
                OperationStatus(status: nextWord(), errorCode: nextWord(), errorMessage: nextText())
            )
        case .trafficLog: return .trafficLog(nextRows(), from: request.from ?? state.now)
        case .trafficAggregates: return .trafficAggregates(nextAggregates())
        default: return usual
        }
    }

    private static let names = (0..<24).map { "endpoint-\($0)" } + Samples.endpoints.map(\.name)

    /// A name, mostly of the same few, so that resources come and go.
    mutating func nextName() -> String { random.chance(92) ? random.pick(Self.names) : nextText() }

    mutating func nextWord() -> String {
        random.chance(80) ? random.pick(["Succeeded", "Failed", "OutOfQuota", "blue", "green", ""]) : nextText()
    }

    mutating func nextText() -> String { random.pick(HostileTexts.all) }

    mutating func nextNumber() -> Double? {
        random.chance(80)
            ? random.real(0...200)
            : random.pick([nil, 0, -1, 0.004, 1e6, 9e15, 1e19, 1e300, .infinity, -.infinity, .nan, -1e300])
    }

    /// Mostly about now; sometimes of another age of the world.
    mutating func nextDate() -> Date? {
        switch random.integer(0...19) {
        case 0: nil
        case 1:
            Date(
                timeIntervalSince1970: random.pick([0, -1e11, 2.5e11, 1e17, -1e17, 1e300, .infinity, -.infinity, .nan])
            )
        case ..<6: state.now.addingTimeInterval(-random.real(0...90_000))
        default: state.now.addingTimeInterval(random.real(0...4_000))
        }
    }

    mutating func nextEndpoints() -> [OnlineEndpoint] {
        var seen: Set<ResourceID> = []
        return (0..<random.pick([0, 1, 3, 5, 9, 20])).map { _ in nextEndpoint() }.filter { seen.insert($0.id).inserted }
    }

    private mutating func nextEndpoint() -> OnlineEndpoint {
        let states = [ProvisioningState.succeeded, .failed, .updating, .creating, .deleting, .unknown(nextText())]
        var endpoint = Samples.endpoint(
            nextName(),
            random.pick([AuthMode.key, .amlToken, .aadToken, .unknown(nextWord())]),
            random.pick(states),
            traffic: random.pick([[:], ["blue": 100], ["blue": 90, "green": 10], [nextText(): Int.max, "b": Int.min]]),
            mirror: random.pick([[:], ["shadow": 5], [nextText(): -3]]),
            operationURL: random.pick([nil, "https://x/operations/1", nextText()])
        )
        endpoint.tags = random.pick([[:], ["team": "fraud"], [nextText(): nextText(), "x": nextText()]])
        endpoint.raw = random.pick([.null, ["a": ["b": .string(nextText()), "c": [1, 2, [:]]]], .string(nextText())])
        endpoint.location = random.pick([nil, "koreacentral", nextText()])
        endpoint.endpointDescription = random.pick([nil, nextText()])
        endpoint.systemData = random.pick([
            nil, SystemData(createdBy: nextText(), createdAt: nextDate(), lastModifiedAt: nextDate()),
        ])
        return endpoint
    }

    mutating func nextFleet() -> [FleetResource] {
        (0..<random.pick([0, 1, 6, 20])).map { _ in
            let endpoint = Samples.id(nextName())
            let isEndpoint = random.chance(50)
            let id = isEndpoint ? endpoint : endpoint.appending("deployments", nextWord())
            return FleetResource(
                id: id,
                name: id.name,
                kind: isEndpoint ? .endpoint : .deployment,
                location: random.pick([nil, "koreacentral", nextText()]),
                authMode: random.pick([nil, .key, .amlToken]),
                provisioningState: random.pick([nil, .succeeded, .failed]),
                traffic: random.pick([nil, [:], ["blue": 100]]),
                instanceCount: random.pick([nil, 1, Int.max]),
                tags: [nextText(): nextText()],
                retrievedAt: state.now.addingTimeInterval(-random.real(0...400))
            )
        }
    }

    mutating func nextBudget() -> Budget {
        Budget(
            reads: random.pick([nil, .init(capacity: 250, remaining: random.integer(0...250))]),
            writes: random.pick([nil, .init(capacity: 200, remaining: random.integer(0...200))]),
            graphQueries: random.pick([
                nil, .init(capacity: 15, remaining: random.integer(0...15), closedUntil: nextDate()),
            ])
        )
    }

    private mutating func nextDeployments(of endpoint: ResourceID) -> [OnlineDeployment] {
        let names = random.pick([
            [], ["blue"], ["blue", "green"], ["shadow", "green", "blue"], [nextText()], ["blue", "blue"],
        ])
        return names.map { name in
            var deployment = OnlineDeployment(
                id: endpoint.appending("deployments", name),
                name: name,
                endpointName: endpoint.name,
                provisioningState: random.pick([.succeeded, .failed, .scaling, .unknown(nextText())]),
                instanceType: random.pick([nil, "Standard_DS3_v2", nextText()]),
                instanceCount: random.pick([nil, 1, Int.max, -4])
            )
            deployment.model = random.pick([nil, "/subscriptions/s/x/models/fraud/versions/3", nextText()])
            deployment.tags = random.pick([[:], [nextText(): nextText()]])
            return deployment
        }
    }

    private mutating func nextEndpointMetrics() -> EndpointMetrics {
        EndpointMetrics(
            requestsPerSecond: nextNumber(),
            errorShare: random.chance(60) ? random.real(0...0.2) : nextNumber(),
            clientErrorShare: nextNumber(),
            p95Milliseconds: nextNumber(),
            p50Milliseconds: nextNumber(),
            requestsPerMinuteHistory: (0..<random.pick([0, 1, 30])).map { _ in nextNumber() },
            lastTrafficAt: nextDate(),
            measuredAt: state.now
        )
    }

    mutating func nextToken() -> TokenFacts {
        TokenFacts(
            expiresAt: nextDate(),
            refreshAt: random.chance(70) ? nil : nextDate(),
            claims: random.chance(20)
                ? nil
                : TokenClaims(
                    objectID: nextText(),
                    appID: random.pick([nil, "ci-bot", nextText()]),
                    displayName: random.pick([nil, nextText()]),
                    identityType: random.pick([.app, .user, nil])
                ),
            isRenewable: random.chance(70)
        )
    }

    private mutating func nextRows() -> [TrafficLogRow] {
        (0..<random.pick([0, 1, 12, 60])).map { number in
            TrafficLogRow(
                time: state.now.addingTimeInterval(-Double(number) * random.real(0...30)),
                endpointName: nextName(),
                deploymentName: nextWord(),
                method: random.pick(["POST", "GET", nextText()]),
                path: random.pick(["/score", nextText()]),
                responseCode: random.pick([200, 200, 200, 424, 401, 503, 0, -5, 70_000]),
                responseReason: nextWord(),
                modelStatusCode: random.pick([nil, 200, 500, -1]),
                userAgent: random.pick(["batch-runner/1.9", nextText()]),
                requestID: "request-\(random.integer(0...200))",
                totalMilliseconds: random.pick([3, 84, 2_500, -1, .max]),
                authType: random.pick(["Key", "AADToken", nextText()]),
                identity: random.pick(["", nextText()]),
                resourceID: Samples.id(random.pick(Self.names))
            )
        }.sorted { $0.time > $1.time }
    }

    private mutating func nextAggregates() -> [TrafficAggregate] {
        (0..<random.integer(0...6)).map { _ in
            TrafficAggregate(
                endpointID: Samples.id(nextName()),
                deploymentName: nextWord(),
                requests: random.pick([0, 10, 8_000, 1 << 40]),
                failures: random.integer(0...9),
                clientErrors: random.integer(0...9)
            )
        }
    }

    mutating func nextError() -> AzureError {
        var error = AzureError(random.pick(Self.troubles))
        if case .noCredential = error.kind {
            error.kind = .noCredential([UnavailableCredential(name: nextText(), reason: random.pick(Self.reasons))])
        }
        if random.chance(50) { error.operation = random.pick([.endpointsList, .token, .trafficLogQuery]) }
        if random.chance(50) { error.status = random.pick([401, 403, 404, 429, 500, 503, 999, -1]) }
        if random.chance(50) { error.code = nextWord() }
        if random.chance(50) { error.message = nextText() }
        if random.chance(50) { error.host = random.pick(["management.azure.com", nextText()]) }
        if random.chance(30) { error.innerDetails = [AzureError.Detail(code: nextText(), message: nextText())] }
        return error
    }

    private static let troubles: [AzureError.Kind] = [
        .signedOut(credential: "ClientSecret"), .noCredential([]), .unauthorized, .wrongAudience(nil),
        .wrongAudience("x"),
        .forbidden(action: nil, scope: nil), .forbidden(action: "Microsoft.X/read", scope: "/s"),
        .notFound(nil), .notFound(.workspace), .notFound(.endpoint), .notFound(.deployment), .notFound(.other),
        .throttled(retryAfter: nil), .throttled(retryAfter: .seconds(3)), .throttled(retryAfter: .seconds(600)),
        .throttled(retryAfter: .seconds(-1)), .conflict, .badRequest, .serverError,
        .unreachable(.refused), .unreachable(.nameNotFound), .unreachable(.proxyNeedsSignIn), .unreachable(.other),
        .untrustedCertificate(.expired), .untrustedCertificate(.unreadableTrustFile(path: "/x")),
        .timedOut(after: .seconds(30)), .timedOut(after: .seconds(Int64.max / 4)),
        .malformedAnswer(.notJSON(contentType: "text/html")), .malformedAnswer(.truncated),
        .malformedAnswer(.unexpectedShape(field: "value")), .malformedAnswer(.empty), .malformedAnswer(.tooLarge),
        .cancelled, .tokenForOtherHost(host: "evil.invalid"), .insecureTransport(host: "x"),
        .configuration(.missing(variables: ["A", "B"])), .configuration(.unknownCloud("x")),
    ]

    private static let reasons: [UnavailableCredential.Reason] = [
        .missingVariables(["A"]), .programNotFound("az"), .notLoggedIn, .timedOut(after: .seconds(10)),
        .programFailed(exitCode: 1, message: "\u{1B}[31mno\nmore"), .malformedOutput, .lapsedToken,
    ]

    /// What becomes of a secret: mostly of the one that is asked for, sometimes of one that nobody wants any more.
    mutating func nextSecretEvent() -> SecretEvent {
        let request = random.chance(80) ? state.lastRequest : random.integer(0...state.lastRequest + 1)
        switch random.integer(0...6) {
        case 0: return .copied(.token(.machineLearning), nextCopyOutcome())
        case 1: return .notCopied(.token(.resourceManager), nextError())
        case 2: return .notRevealed(nextError(), request: request)
        case 3:
            let token = TokenInspection(random.chance(50) ? "e30.e30.x" : nextText())
            return .inspected(TokenReport(token, in: .azureCloud), request: request)
        case 4: return .notInspected(nextError(), request: request)
        case 5: return .mustHide
        default: return .revealed(Secret(nextText()), request: request)
        }
    }

    mutating func nextCopyOutcome() -> CopyOutcome {
        CopyOutcome(
            characterCount: random.pick([0, 12, .max]),
            reachedTerminal: random.chance(50),
            program: random.pick([nil, "wl-copy", nextText()])
        )
    }

    var usualExchange: ExchangeFacts {
        ExchangeFacts(
            operation: .endpointsList,
            method: "GET",
            host: "management.azure.com",
            path: "/",
            status: 200,
            startedAt: state.now,
            duration: .zero,
            remainingReads: 240,
            serverDate: state.now
        )
    }

    mutating func nextExchange() -> ExchangeFacts {
        ExchangeFacts(
            operation: random.pick([.endpointsList, .token]),
            method: "GET",
            host: "management.azure.com",
            path: "/" + nextText(),
            status: random.pick([nil, 200, 429]),
            startedAt: state.now,
            duration: .milliseconds(random.integer(0...40_000)),
            remainingReads: random.pick([nil, 249, 30, 3, 0, -7, .max, .min]),
            remainingWrites: random.pick([nil, 199, -1]),
            retryAfter: random.pick([nil, .seconds(3)]),
            serverDate: random.chance(70) ? state.now : nextDate()
        )
    }
}
