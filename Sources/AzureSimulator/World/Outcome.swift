/// How a scoring request ends, and what the traffic log says of it.
enum Outcome: String, CaseIterable, Sendable {
    case success
    /// The scoring script raised.
    case modelError
    /// The container was not up.
    case notReady
    /// Scoring took longer than the deployment's request timeout.
    case timeout
    /// More requests in flight than the container queues.
    case throttled
    /// A Kubernetes gateway lost its pod.
    case gateway
    /// The body was larger than the front door takes.
    case clientError
    /// The credential was wrong; no deployment was reached.
    case unauthorized
    /// The platform itself failed.
    case serverError

    var responseCode: Int32 {
        switch self {
        case .success: 200
        case .modelError, .notReady: 424
        case .timeout: 408
        case .throttled: 429
        case .gateway: 502
        case .clientError: 413
        case .unauthorized: 401
        case .serverError: 500
        }
    }

    /// What the model's container answered; `nil` when it was not asked or did not answer.
    var modelStatusCode: Int32? {
        switch self {
        case .success: 200
        case .modelError: 500
        case .notReady: 503
        case .timeout, .throttled, .gateway, .clientError, .unauthorized, .serverError: nil
        }
    }

    var modelStatusReason: String {
        switch self {
        case .success: "OK"
        case .modelError: "model_error"
        case .notReady: "model_not_ready"
        case .timeout, .throttled, .gateway, .clientError, .unauthorized, .serverError: ""
        }
    }

    /// `ResponseCodeReason`; `authMode` in REST spelling, because a refused key is called otherwise than a refused token.
    func reason(authMode: String) -> String {
        switch self {
        case .success: "OK"
        case .modelError: "model_error"
        case .notReady: "model_not_ready"
        case .timeout: "upstream request timeout"
        case .throttled: "too_many_pending_request"
        case .gateway: "bad_gateway"
        case .clientError: "payload_too_large"
        case .serverError: "internal_server_error"
        case .unauthorized: authMode == "Key" ? "key_auth_access_denied" : "token_auth_access_denied"
        }
    }

    var reachesDeployment: Bool { self != .unauthorized }
}
