import FoundationEssentials

/// A refusal of the token endpoint, in the envelope of OAuth with Microsoft Entra's additions.
struct SignInError: Error, Sendable {
    enum Name: String, Sendable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case unauthorizedClient = "unauthorized_client"
        case invalidScope = "invalid_scope"
        case invalidResource = "invalid_resource"
        case unsupportedGrantType = "unsupported_grant_type"
        case invalidGrant = "invalid_grant"
        case authorizationPending = "authorization_pending"
        case authorizationDeclined = "authorization_declined"
        case slowDown = "slow_down"
        case badVerificationCode = "bad_verification_code"
        case expiredToken = "expired_token"
        case temporarilyUnavailable = "temporarily_unavailable"
    }

    let name: Name
    /// The digits behind `AADSTS`.
    let number: Int
    let message: String
    let status: Int
    let traceID: String
    let correlationID: String

    init(_ name: Name, _ number: Int, _ message: String, _ exchange: Exchange, status: Int = 400) {
        self.name = name
        self.number = number
        self.message = message
        self.status = status
        traceID = exchange.requestID
        correlationID = exchange.header("client-request-id") ?? exchange.requestID
    }

    func reply(now: Date) -> Reply {
        let time = CivilTime(now).entra
        let text =
            "AADSTS\(number): \(message)\r\nTrace ID: \(traceID)\r\nCorrelation ID: \(correlationID)\r\nTimestamp: \(time)"
        return Reply(
            status,
            [
                "error": .string(name.rawValue),
                "error_description": .string(text),
                "error_codes": [.int(number)],
                "timestamp": .string(time),
                "trace_id": .string(traceID),
                "correlation_id": .string(correlationID),
                "error_uri": .string("https://login.microsoftonline.com/error?code=\(number)"),
            ]
        ).with("Cache-Control", "no-store, no-cache").with("x-ms-request-id", traceID)
    }
}
