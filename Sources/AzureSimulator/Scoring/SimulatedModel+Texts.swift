/// Models that read texts.
extension SimulatedModel {
    private static let dimensions = 8

    /// A vector for each text; an answer for each question with its context; a score for each label that is offered.
    func text(_ json: JSON) throws(ModelFault) -> ModelAnswer? {
        let data: JSON? =
            if case .string(let text)? = json.member("data") { .string(text) } else { json.member("inputs") }
        guard let inputs = data else { return nil }
        if case .string(let labels)? = json.member("parameters")?.member("candidate_labels") {
            return .json(try classified(inputs, labels.split(separator: ",").map { Self.trimmed($0) }))
        }
        switch inputs {
        case .string(let text): return .json([vector(text)])
        case .array(let items): return .json(try each(items))
        case .object:
            if case .array(let texts)? = inputs.member("input_string") { return .json(try each(texts)) }
            guard case .array(let questions)? = inputs.member("question"),
                case .array(let contexts)? = inputs.member("context"), questions.count == contexts.count
            else { throw .badInput("inputs must have input_string, or as many contexts as questions.") }
            return .json(.array(zip(questions, contexts).map { found(question: $0, context: $1) }))
        default: throw .badInput("inputs must be a text, a list of texts, or an object.")
        }
    }

    private func each(_ items: [JSON]) throws(ModelFault) -> JSON {
        var answers: [JSON] = []
        for item in items {
            if case .string(let text) = item {
                answers.append(vector(text))
            } else if let question = item.member("question"), let context = item.member("context") {
                answers.append(found(question: question, context: context))
            } else {
                throw .badInput("inputs must be texts, or questions with their context.")
            }
        }
        return .array(answers)
    }

    private func vector(_ text: String) -> JSON {
        let input = UInt64(name: text)
        return .array((0..<Self.dimensions).map { .double(((numbers.score(input, $0) * 2 - 1) * 1e6).rounded() / 1e6) })
    }

    /// Some words of the context.
    private func found(question: JSON, context: JSON) -> JSON {
        guard case .string(let text) = context else { return ["answer": "", "score": 0.0, "start": 0, "end": 0] }
        let words = text.split(separator: " ")
        let score = numbers.score(question.fingerprint ^ context.fingerprint)
        guard let first = words.indices.randomElement(seed: question.fingerprint) else {
            return ["answer": "", "score": .double(score), "start": 0, "end": 0]
        }
        let answer = words[first..<min(words.count, first + 2)]
        let start = text.distance(from: text.startIndex, to: answer[first].startIndex)
        let end = text.distance(from: text.startIndex, to: answer[answer.endIndex - 1].endIndex)
        return [
            "answer": .string(answer.joined(separator: " ")), "score": .double(score), "start": .int(start),
            "end": .int(end),
        ]
    }

    private func classified(_ inputs: JSON, _ labels: [String]) throws(ModelFault) -> JSON {
        guard case .string(let text) = inputs else { throw .badInput("inputs must be a text to be classified.") }
        let raw = labels.map { label in numbers.score(UInt64(name: text) ^ UInt64(name: label)) + 0.01 }
        let sum = raw.reduce(0, +)
        let ranked = zip(labels, raw.map { ($0 / sum * 1e6).rounded() / 1e6 }).sorted { $0.1 > $1.1 }
        return [
            "sequence": .string(text), "labels": .array(ranked.map { .string($0.0) }),
            "scores": .array(ranked.map { .double($0.1) }),
        ]
    }

    /// What a flow makes of its inputs: an answer with a score, one for each where there are several.
    func flow(_ json: JSON) -> ModelAnswer? {
        switch json {
        case .object: return flowAnswer(json).map { .json($0) }
        case .array(let items):
            let answers = items.compactMap(flowAnswer)
            return answers.isEmpty || answers.count < items.count ? nil : .json(.array(answers))
        default: return nil
        }
    }

    private func flowAnswer(_ json: JSON) -> JSON? {
        guard case .object(let members) = json else { return nil }
        let hasText = members.contains { if case .string = $0.value { true } else { false } }
        guard hasText else { return nil }
        let words = ChatCompletion.words(count: 12, input: json.fingerprint, numbers)
        return ["answer": .string(words.joined()), "score": .double(numbers.score(json.fingerprint))]
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension Range<Int> {
    fileprivate func randomElement(seed: UInt64) -> Int? {
        var random = SeededRandom(seed)
        return randomElement(using: &random)
    }
}
