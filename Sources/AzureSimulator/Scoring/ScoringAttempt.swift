import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One request on its way through the queue and the model of a deployment.
struct ScoringAttempt: Sendable {
    let target: ScoringTarget
    let deployment: SimulatedDeployment
    let exchange: Exchange

    private var services: Services { target.services }
    private var clock: SimulatorClock { services.options.clock }
    private var isKubernetes: Bool { target.endpoint.isKubernetes }
    private var specification: DeploymentSpecification { deployment.specification }
    private var timeoutMilliseconds: Double { Double(specification.timeoutSeconds ?? 5) * 1_000 }
    private var timeout: ScoringResult { ScoringResult(isKubernetes ? .gatewayTimeout : .timeout, by: deployment) }

    func result() async -> ScoringResult {
        guard services.world.isServing(deployment, of: target.endpoint, at: exchange.now.ticks) else { return notReady }
        let request = ModelRequest(exchange, route: target.route)
        if let status = request.steering.frontDoor {
            return ScoringResult(FrontDoorRefusal(status: status), by: deployment)
        }
        let spell = deployment.spell(at: exchange.now.ticks)
        do throws(CancellationError) {
            if let result = try await trouble(spell) { return result }
            return try await scored(request, spell)
        } catch {
            return ScoringResult(.clientGone, by: deployment)
        }
    }

    private func scored(_ request: ModelRequest, _ spell: Spell) async throws(CancellationError) -> ScoringResult {
        let key = DeploymentQueues.Key(endpoint: target.key, deployment: deployment.name)
        let capacity = max(1, specification.maxConcurrent * specification.instances)
        guard let place = try await services.scoring.queues.enter(key, capacity: capacity) else {
            // A sudden rush, before the cluster's own scaling has followed.
            return ScoringResult(isKubernetes ? .unavailable : .tooMany, by: deployment)
        }
        let startedAt = clock.now()
        let model = SimulatedModel(deployment, of: target.endpoint, world: services.world)
        let milliseconds = request.steering.delayMilliseconds ?? usualMilliseconds(spell)
        let answer = Result { () throws(ModelFault) in try model.answer(request) }
        if case .success(.completion(let completion, isStreamed: true)) = answer {
            let stream = ScoringStream(
                completion: completion,
                milliseconds: milliseconds,
                timeoutMilliseconds: timeoutMilliseconds,
                breakAfter: request.steering.breakAfter,
                startedAt: startedAt,
                clock: clock
            )
            return try await streamed(stream, model, in: place)
        }
        defer { place.leave() }
        // A model that refuses is quicker than one that answers.
        let isQuick = request.steering.delayMilliseconds == nil && answer.isFailure
        let duration = isQuick ? milliseconds * 0.7 : milliseconds
        // Making the answer is part of the time the model is said to take.
        try await sleep(milliseconds: min(duration, timeoutMilliseconds), since: startedAt)
        guard duration <= timeoutMilliseconds else { return timeout }
        switch answer {
        case .success(.reply(let reply)): return good(reply, model, duration)
        case .success(.completion(let completion, isStreamed: _)):
            return good(Reply(200, completion.json), model, duration)
        case .failure(let fault): return failed(fault, model, duration)
        }
    }

    /// The answer of a model that is heard as it speaks; its place is its own until it ends.
    private func streamed(
        _ stream: ScoringStream,
        _ model: SimulatedModel,
        in place: DeploymentQueues.Place
    ) async throws(CancellationError) -> ScoringResult {
        do {
            try await stream.wait(milliseconds: min(stream.firstMilliseconds, timeoutMilliseconds))
        } catch {
            throw CancellationError()
        }
        guard stream.firstMilliseconds <= timeoutMilliseconds else { return timeout }
        var reply = Reply(200, contentType: "text/event-stream; charset=utf-8").with("cache-control", "no-cache")
        reply.parts = { parts in
            defer { place.leave() }
            try await stream.send(to: parts)
        }
        return good(reply, model, stream.firstMilliseconds)
    }

    /// Waits until so much time has passed.
    private func sleep(milliseconds: Double, since start: Date) async throws(CancellationError) {
        let left = milliseconds / 1_000 - clock.now().timeIntervalSince(start)
        guard left > 0 else { return }
        do { try await clock.sleep(.seconds(left)) } catch { throw CancellationError() }
    }

    private func usualMilliseconds(_ spell: Spell) -> Double {
        var random = SeededRandom(UInt64(name: exchange.requestID), deployment.salt)
        return specification.medianMs * spell.slowdown * exp(specification.spread * random.normal())
    }

    /// What a bad spell makes of a request that would have been answered.
    private func trouble(_ spell: Spell) async throws(CancellationError) -> ScoringResult? {
        guard spell.startTicks > .min else { return nil }
        var random = SeededRandom(UInt64(name: exchange.requestID), UInt64(name: "spell"))
        switch spell.outcome(of: random.unit()) {
        case .modelError:
            let model = SimulatedModel(deployment, of: target.endpoint, world: services.world)
            let duration = min(usualMilliseconds(spell) * 0.7, timeoutMilliseconds)
            try await sleep(milliseconds: duration, since: clock.now())
            return failed(.notANumber, model, duration)
        case .notReady: return notReady
        case .timeout:
            try await sleep(milliseconds: timeoutMilliseconds, since: clock.now())
            return timeout
        case .throttled: return ScoringResult(.tooMany, by: deployment)
        case .gateway: return ScoringResult(.badGateway, by: deployment)
        case .serverError: return ScoringResult(FrontDoorRefusal(status: 500), by: deployment)
        // What these blame is on the caller's side, and was checked.
        case .success, .clientError, .unauthorized: return nil
        }
    }

    private var notReady: ScoringResult {
        let reply = Reply.text(424, "no healthy upstream").modelError(503, "model_not_ready")
        return ScoringResult(reply, modelStatus: 503, reason: "model_not_ready", by: deployment)
    }

    private func good(_ reply: Reply, _ model: SimulatedModel, _ milliseconds: Double) -> ScoringResult {
        ScoringResult(told(reply, model, milliseconds), modelStatus: 200, reason: "OK", by: deployment)
    }

    private func failed(_ fault: ModelFault, _ model: SimulatedModel, _ milliseconds: Double) -> ScoringResult {
        // A cluster's router does not wrap what a script has thrown.
        if isKubernetes, fault.hasRaised {
            var result = ScoringResult(.badGateway, by: deployment)
            result.exception = fault.exception
            return result
        }
        let reason = fault.status == 503 ? "model_not_ready" : "model_error"
        let reply = Reply(424, ["message": .string(fault.message)]).modelError(fault.status, reason)
        let told = told(reply, model, milliseconds, hasFailed: fault.hasRaised)
        var result = ScoringResult(told, modelStatus: fault.status, reason: reason, by: deployment)
        result.exception = fault.exception
        return result
    }

    /// With the headers that the container, and the proxy in front of it, add.
    private func told(
        _ reply: Reply,
        _ model: SimulatedModel,
        _ milliseconds: Double,
        hasFailed: Bool = false
    ) -> Reply {
        var reply = reply.with("ms-azureml-model-time", String(Int(milliseconds.rounded(.up))))
            .with("azureml-model-session", deployment.name)
        if model.isPythonServer {
            reply = reply.with("x-ms-run-function-failed", hasFailed ? "True" : "False")
                .with("x-ms-run-fn-exec-ms", "\((milliseconds * 1_000).rounded() / 1_000)")
                .with("x-ms-server-version", "azmlinfsrv/1.4.0")
                .with(
                    "x-ms-request-id",
                    exchange.header("x-ms-request-id").map { String($0.prefix(100)) } ?? exchange.requestID
                )
        }
        return reply
    }
}

extension Reply {
    fileprivate func modelError(_ status: Int, _ reason: String) -> Reply {
        with("ms-azureml-model-error-statuscode", String(status)).with("ms-azureml-model-error-reason", reason)
    }
}

extension Result {
    fileprivate var isFailure: Bool {
        guard case .failure = self else { return false }
        return true
    }
}
