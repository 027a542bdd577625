/// What a body asks of the simulator, so that every way a request can end is in reach of whoever can send one.
///
/// The member `simulate` of a JSON object, which the model itself does not see:
/// `{"data": [[1, 2]], "simulate": {"delay_ms": 6000}}`.
struct ScoringSteering: Sendable {
    static let member = "simulate"

    /// How long the model takes, in place of its usual time.
    var delayMilliseconds: Double?
    /// The model's own status; 200 answers as usual.
    var status: Int?
    /// The model's own words for it.
    var message: String?
    /// What `run()` of the scoring script raises: `"ValueError: no such column"`.
    var raise: String?
    /// The status the front door answers with without asking the model: 409, 429, 500, 502, 503, 504 and the like.
    var frontDoor: Int?
    /// How many bytes the answer is filled up to.
    var responseBytes: Int?
    /// How many tokens a chat completion has.
    var tokens: Int?
    /// After how many parts a streamed answer breaks off.
    var breakAfter: Int?

    private static let largestResponse = 64 << 20

    /// - Parameter json: The member; what it does not say, or says in another type, stays as usual.
    init(_ json: JSON?) {
        func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
            let value: Double? =
                switch json?.member(key) {
                case .int(let number)?: Double(number)
                case .double(let number)?: number
                default: nil
                }
            return value.map { min(range.upperBound, max(range.lowerBound, $0)) }
        }
        func text(_ key: String) -> String? {
            guard case .string(let text)? = json?.member(key) else { return nil }
            return text
        }
        delayMilliseconds = number("delay_ms", 0...3_600_000)
        status = number("status", 200...599).map { Int($0) }
        message = text("message")
        raise = text("raise")
        frontDoor = number("front_door", 400...599).map { Int($0) }
        responseBytes = number("response_bytes", 0...Double(Self.largestResponse)).map { Int($0) }
        tokens = number("tokens", 1...100_000).map { Int($0) }
        breakAfter = number("break_after", 0...100_000).map { Int($0) }
    }

    /// What the model says instead of an answer, if it is told to.
    var fault: ModelFault? {
        if let raise { return .raised(raise) }
        guard let status, status != 200 else { return nil }
        let message = message ?? Self.usualMessage(status)
        return ModelFault(status: status, message: message, hasRaised: status == 500)
    }

    private static func usualMessage(_ status: Int) -> String {
        switch status {
        case 400: "Bad input: the model cannot read the request."
        case 404: "The requested URL was not found on the server."
        case 405: "Method not allowed"
        case 415: "Unsupported media type."
        case 431: "x-ms-request-id must not exceed 100 characters"
        case 500: ModelFault.notANumber.message
        case 503: "no healthy upstream"
        default: "The model answered with \(status)."
        }
    }
}
