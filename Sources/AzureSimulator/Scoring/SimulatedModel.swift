/// The container behind a deployment: a server that knows some routes, and a model that takes some kinds of bodies.
struct SimulatedModel: Sendable {
    let deployment: SimulatedDeployment
    let numbers: ModelNumbers
    /// When the world began, in seconds since 1970; what a model puts in place of the time, so that it answers alike.
    let bornSeconds: Int64

    init(_ deployment: SimulatedDeployment, of endpoint: SimulatedEndpoint, world: World) {
        self.deployment = deployment
        numbers = ModelNumbers(common: endpoint.salt, own: deployment.salt)
        bornSeconds = world.bornTicks / CivilTime.ticksPerSecond
    }

    var shapes: [ModelShape] { deployment.specification.takes ?? [.tabular] }

    /// Whether it runs in the Python inference server, as everything does that has a scoring script, and MLflow models too.
    var isPythonServer: Bool { deployment.specification.scoringScript != nil || shapes.contains(.mlflow) }

    /// - Throws: `ModelFault`, the model's own status and words.
    func answer(_ request: ModelRequest) throws(ModelFault) -> ModelAnswer {
        if let id = request.requestID, id.utf8.count > 100 {
            throw ModelFault(status: 431, message: "x-ms-request-id must not exceed 100 characters")
        }
        let shapes = try shapes(on: request.route)
        guard ["GET", "POST", "OPTIONS"].contains(request.method), shapes == self.shapes || request.method == "POST"
        else { throw ModelFault(status: 405, message: "Method not allowed") }
        if let fault = request.steering.fault { throw fault }
        for shape in shapes {
            if let answer = try answer(request, as: shape) { return answer.filled(to: request.steering.responseBytes) }
        }
        throw misfit(request, shapes)
    }

    /// What a route takes.
    private func shapes(on route: [String]) throws(ModelFault) -> [ModelShape] {
        let isInference = route.first == "v2" && route.last == "infer" && route.dropFirst().first == "models"
        if route == ["score"] { return shapes }
        if route == ["v1", "chat", "completions"], shapes.contains(.chat) { return [.chat] }
        if isInference, shapes.contains(.kserve) { return [.kserve] }
        throw ModelFault(
            status: 404,
            message: "The requested URL /\(route.joined(separator: "/")) was not found on the server."
        )
    }

    private func answer(_ request: ModelRequest, as shape: ModelShape) throws(ModelFault) -> ModelAnswer? {
        switch shape {
        case .image: return image(request)
        case .kserve: return try inference(request)
        case .tabular, .mlflow, .chat, .flow, .text, .instances, .object: break
        }
        guard let json = request.json, !request.isDeclaredOtherThanJSON else { return nil }
        switch shape {
        case .tabular: return try table(json)
        case .mlflow: return try frame(json)
        case .chat: return try chat(json, request)
        case .flow: return flow(json)
        case .text: return try text(json)
        case .instances: return json.member("instances").map { .json(["predictions": scores($0)]) }
        case .object: return object(json)
        case .image, .kserve: return nil
        }
    }

    /// Why none of its shapes fits.
    private func misfit(_ request: ModelRequest, _ shapes: [ModelShape]) -> ModelFault {
        if request.isDeclaredOtherThanJSON, !shapes.contains(.image) || request.contentType.hasPrefix("text/") {
            return ModelFault(
                status: 415,
                message: "Unsupported media type '\(request.contentType)'; expected 'application/json'."
            )
        }
        // A scoring script reads the text by itself, and that raises.
        if request.json == nil, deployment.specification.scoringScript != nil {
            return .raised("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)")
        }
        let hints = shapes.map(\.hint).joined(separator: " or ")
        let wrong = request.json == nil ? "The body is not valid JSON" : "The body has none of the expected members"
        return .badInput("\(wrong); expected: \(hints).")
    }

    private func object(_ json: JSON) -> ModelAnswer? {
        guard case .object(let members) = json, !members.isEmpty else { return nil }
        let score = numbers.score(json.fingerprint)
        return .json(["label": score < 0.5 ? "negative" : "positive", "score": .double(score)])
    }

    /// One number for each item of a list; one for anything else.
    func scores(_ json: JSON) -> JSON {
        guard case .array(let rows) = json else { return [numbers.score(json)] }
        return .array(rows.map { numbers.score($0) })
    }
}

extension ModelAnswer {
    /// JSON with white space at its end, up to a length.
    fileprivate func filled(to count: Int?) -> ModelAnswer {
        guard let count, case .reply(var reply) = self, reply.body.count < count else { return self }
        reply.body += Array(repeating: UInt8(ascii: " "), count: count - reply.body.count)
        return .reply(reply)
    }
}
