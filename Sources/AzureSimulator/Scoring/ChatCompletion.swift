/// A completed chat as OpenAI's interface tells it: whole, or in events as it comes into being.
struct ChatCompletion: Sendable {
    let id: String
    let created: Int64
    let model: String
    /// Texts that make up the answer, each with the space before it.
    let words: [String]
    /// The logarithm of each word's probability.
    let logarithms: [Double]
    let promptTokens: Int
    /// `stop`, or `length` where the request wanted no more.
    let finishReason: String
    let tellsProbabilities: Bool
    /// Whether a stream ends with what was used.
    let tellsUsage: Bool

    private static let vocabulary = [
        "the", "order", "ticket", "refund", "account", "please", "check", "your", "invoice", "support", "team", "will",
        "reply", "within", "two", "days", "we", "have", "reset", "access", "and", "sent", "a", "link", "to", "address",
        "on", "file", "delivery", "is", "expected", "tomorrow", "you", "can", "also", "cancel", "it", "there", "thanks",
        "for", "waiting", "주문을", "확인했습니다",
    ]

    /// The same words for the same input; another deployment says one word in eight differently.
    static func words(count: Int, input: UInt64, _ numbers: ModelNumbers) -> [String] {
        var common = SeededRandom(numbers.common, input)
        var own = SeededRandom(numbers.own, input)
        return (0..<count).map { position in
            let usual = common.next()
            let other = own.next()
            let word = vocabulary[Int((other % 8 == 0 ? other >> 8 : usual) % UInt64(vocabulary.count))]
            return position == 0 ? word.prefix(1).uppercased() + word.dropFirst() : " " + word
        }
    }

    /// The answer in one piece.
    var json: JSON {
        let text = words.joined()
        return [
            "id": .string(id), "object": "chat.completion", "created": .int(created), "model": .string(model),
            "choices": [
                [
                    "index": 0, "message": ["role": "assistant", "content": .string(text)],
                    "logprobs": tellsProbabilities
                        ? ["content": .array(words.indices.map(probability))] : .null,
                    "finish_reason": .string(finishReason),
                ]
            ],
            "usage": usage,
        ]
    }

    /// The answer as server-sent events: who speaks, word by word, why it ended, what was used, and the mark of the end.
    var events: [[UInt8]] {
        var events = [event(delta: ["role": "assistant", "content": ""], finishReason: nil)]
        events += words.indices.map { index in
            event(
                delta: ["content": .string(words[index])],
                logprobs: tellsProbabilities ? ["content": [probability(index)]] : .null,
                finishReason: nil
            )
        }
        events.append(event(delta: [:], finishReason: finishReason))
        if tellsUsage { events.append(Self.event(chunk(choices: [], usage: usage))) }
        events.append(Array("data: [DONE]\n\n".utf8))
        return events
    }

    private var usage: JSON {
        [
            "prompt_tokens": .int(promptTokens), "completion_tokens": .int(words.count),
            "total_tokens": .int(promptTokens + words.count),
        ]
    }

    private func probability(_ index: Int) -> JSON {
        ["token": .string(words[index]), "logprob": .double(logarithms[index])]
    }

    private func event(delta: JSON, logprobs: JSON = .null, finishReason: String?) -> [UInt8] {
        let choice: JSON = [
            "index": 0, "delta": delta, "logprobs": logprobs, "finish_reason": .optional(finishReason),
        ]
        return Self.event(chunk(choices: [choice], usage: nil))
    }

    private func chunk(choices: JSON, usage: JSON?) -> JSON {
        let chunk: JSON = [
            "id": .string(id), "object": "chat.completion.chunk", "created": .int(created), "model": .string(model),
            "choices": choices,
        ]
        return chunk.adding("usage", usage)
    }

    private static func event(_ json: JSON) -> [UInt8] {
        Array("data: ".utf8) + json.bytes + Array("\n\n".utf8)
    }
}
