/// Language models.
extension SimulatedModel {
    private static let mostTokens = 100_000

    /// A completion of `messages`, streamed on demand; plain text for the form within `input_data`.
    func chat(_ json: JSON, _ request: ModelRequest) throws(ModelFault) -> ModelAnswer? {
        if let given = json.member("input_data")?.member("input_string") { return .json(["output": try output(given)]) }
        guard case .array(let messages)? = json.member("messages") else { return nil }
        guard !messages.isEmpty else {
            // On the route of its own there is nothing else it could mean.
            if request.route == ["score"] { return nil }
            throw .badInput("messages must not be empty.")
        }
        for message in messages {
            guard case .string? = message.member("role") else { throw .badInput("Every message must have a role.") }
        }
        return .completion(completion(json, messages, request), isStreamed: json.member("stream").isTrue)
    }

    private func completion(_ json: JSON, _ messages: [JSON], _ request: ModelRequest) -> ChatCompletion {
        let input = JSON.array(messages).fingerprint
        var random = SeededRandom(numbers.common, input, 1)
        let usual = request.steering.tokens ?? 24 + Int(random.next() % 40)
        let most = json.member("max_tokens")?.count ?? json.member("max_completion_tokens")?.count ?? Self.mostTokens
        let count = max(1, min(usual, most))
        let id = SeededRandom.mix(input ^ numbers.own)
        return ChatCompletion(
            id: "chatcmpl-" + GUID.hex(id, 16) + GUID.hex(SeededRandom.mix(id), 16),
            created: bornSeconds,
            model: deployment.specification.model,
            words: ChatCompletion.words(count: count, input: input, numbers),
            logarithms: (0..<count).map { -numbers.score(input, $0) },
            promptTokens: max(1, JSON.array(messages).bytes.count / 4),
            finishReason: count < usual ? "length" : "stop",
            tellsProbabilities: json.member("logprobs").isTrue,
            tellsUsage: json.member("stream_options")?.member("include_usage").isTrue == true
        )
    }

    /// One text for a chat; one for each where there are several texts.
    private func output(_ given: JSON) throws(ModelFault) -> JSON {
        guard case .array(let items) = given, !items.isEmpty else {
            throw .badInput("input_data.input_string must be a list of messages or of texts.")
        }
        let isChat = items.allSatisfy { $0.member("role") != nil }
        let inputs = isChat ? [given.fingerprint] : items.map(\.fingerprint)
        let texts = inputs.map { JSON.string(ChatCompletion.words(count: 24, input: $0, numbers).joined()) }
        return isChat ? texts[0] : .array(texts)
    }
}

extension JSON {
    fileprivate var count: Int? {
        guard case .int(let number) = self else { return nil }
        return Int(exactly: number)
    }
}

extension JSON? {
    fileprivate var isTrue: Bool {
        guard case .bool(true)? = self else { return false }
        return true
    }
}
