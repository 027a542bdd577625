import HTTPTypes

/// A scoring request as the container of a model gets it.
struct ModelRequest: Sendable {
    let method: String
    /// Below the endpoint: `["v1", "chat", "completions"]`.
    let route: [String]
    /// Without parameters, in lower case; empty when none was sent.
    let contentType: String
    let body: [UInt8]
    /// The body where it is JSON, without what steers the simulator.
    let json: JSON?
    let steering: ScoringSteering
    /// `Inference-Header-Content-Length`: how much of a body is JSON before the binary data begins.
    let binaryHeaderLength: Int?
    /// `x-ms-request-id`, which the front door leaves as it is.
    let requestID: String?

    init(_ exchange: Exchange, route: [String]) {
        method = exchange.method.rawValue
        self.route = route
        let type = exchange.header("Content-Type") ?? ""
        contentType = type.split(separator: ";").first?.lowercased().replacing(" ", with: "") ?? ""
        body = exchange.body
        binaryHeaderLength = exchange.header("Inference-Header-Content-Length").flatMap { Int($0) }
        requestID = exchange.header("x-ms-request-id")
        let first = exchange.body.first { ![0x20, 0x0a, 0x0d, 0x09].contains($0) }
        let isJSON = first.map { [UInt8(ascii: "{"), UInt8(ascii: "[")].contains($0) } ?? false
        let json = isJSON && binaryHeaderLength == nil ? JSON.parse(exchange.body) : nil
        steering = ScoringSteering(json?.member(ScoringSteering.member))
        self.json = json?.removing([ScoringSteering.member])
    }

    /// Whether the content type says that the body is something else than JSON.
    var isDeclaredOtherThanJSON: Bool {
        !contentType.isEmpty && contentType != "application/json" && !contentType.hasSuffix("+json")
    }
}

/// What a model says instead of an answer.
struct ModelFault: Error, Sendable {
    let status: Int
    let message: String
    /// Whether `run()` of the scoring script raised, rather than the server refusing the request.
    var hasRaised = false
    /// What it raised, as the log of the container has it: `ValueError: no such column`.
    var exception: String?

    /// In the words of the Python inference server, which tells the exception to nobody but the log.
    static func raised(_ exception: String) -> ModelFault {
        ModelFault(
            status: 500,
            message: "An unexpected error occurred in scoring script. Check the logs for more info.",
            hasRaised: true,
            exception: exception
        )
    }

    /// What a script raises that gets what it does not expect.
    static let notANumber = raised("ValueError: could not convert string to float: 'N/A'")

    static func badInput(_ message: String) -> ModelFault { ModelFault(status: 400, message: message) }
}

/// What a model answers with.
enum ModelAnswer: Sendable {
    case reply(Reply)
    case completion(ChatCompletion, isStreamed: Bool)

    static func json(_ value: JSON) -> ModelAnswer { .reply(Reply(200, value)) }
}
