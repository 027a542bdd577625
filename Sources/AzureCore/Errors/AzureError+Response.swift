import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension AzureError {
    /// What an answer that is no success means; nil for a success.
    ///
    /// The time is for a `Retry-After` that is a date.
    init?(of response: AzureResponse, to request: AzureRequest, now: Date) {
        guard !response.isSuccess else { return nil }
        let body = ErrorBody(of: response)
        self.init(
            Self.kind(of: response, body, to: request, now: now),
            operation: request.operation,
            status: response.status,
            code: body.code ?? response.challengeError,
            message: body.message,
            requestID: response.requestID ?? body.traceID,
            host: request.url.host,
            innerDetails: body.details
        )
    }

    /// This error with what was being done, where it does not say so already.
    public func doing(_ operation: OperationName, host: String? = nil) -> AzureError {
        var error = self
        error.operation = self.operation ?? operation
        error.host = self.host ?? host
        return error
    }

    /// Any error on its way out of a pipeline, completed with what was being done.
    init(wrapping error: any Error, doing operation: OperationName, host: String?) {
        if let error = error as? AzureError {
            self = error.doing(operation, host: host)
        } else if let error = error as? CredentialUnavailable {
            self.init(.noCredential([error.credential]), operation: operation, host: host)
        } else if error is CancellationError {
            self.init(.cancelled, operation: operation, host: host)
        } else {
            self.init(.unreachable(.other), operation: operation, host: host)
        }
    }

    private static func kind(
        of response: AzureResponse,
        _ body: ErrorBody,
        to request: AzureRequest,
        now: Date
    ) -> Kind {
        switch response.status {
        case 401, 403: return refusal(response.status, body)
        case 404: return .notFound(NotFoundThing(code: body.code, message: body.message, path: request.url.path))
        case 409: return .conflict
        case 429: return .throttled(retryAfter: RetryAfter.duration(in: response, now: now))
        case 408, 500...: return .serverError
        case 400..<500: return .badRequest
        default: return .malformedAnswer(.unexpectedShape(field: "status"))
        }
    }

    private static func refusal(_ status: Int, _ body: ErrorBody) -> Kind {
        if body.code == "InvalidAuthenticationTokenAudience" {
            return .wrongAudience(body.message?.quoted(after: "resource "))
        }
        if status == 401 || body.refusesToken { return .unauthorized }
        let words = [body.message].compactMap(\.self) + body.details.map(\.message)
        return .forbidden(
            action: words.lazy.compactMap { $0.quoted(after: "perform action ") }.first,
            scope: words.lazy.compactMap { $0.quoted(after: "over scope ") }.first
        )
    }
}

extension AzureResponse {
    /// The `error` of a `WWW-Authenticate: Bearer … error="insufficient_claims"`.
    fileprivate var challengeError: String? {
        guard let challenge = headerFields[.wwwAuthenticate], let range = challenge.firstRange(of: "error=\"") else {
            return nil
        }
        let word = challenge[range.upperBound...].prefix { $0 != "\"" }
        return word.isEmpty ? nil : String(word)
    }
}

extension AzureError.NotFoundThing {
    /// From the service's code, else from the type its message quotes, else from what was asked for.
    fileprivate init(code: String?, message: String?, path: String) {
        switch code {
        case "SubscriptionNotFound": self = .subscription
        case "ResourceGroupNotFound": self = .resourceGroup
        default:
            let quoted = message?.quoted(after: "Resource ").flatMap(Self.init(resource:))
            self = quoted ?? Self(path: path)
        }
    }

    /// From `Microsoft.MachineLearningServices/workspaces/name/onlineEndpoints/name`.
    private init?(resource: String) {
        let segments = resource.lowercased().split(separator: "/")
        guard segments.first == "microsoft.machinelearningservices", segments.count >= 3 else { return nil }
        self.init(type: segments[segments.count - 2])
    }

    /// The innermost named resource of the path; for a list, the one it belongs to.
    private init(path: String) {
        let segments = path.lowercased().split(separator: "/")
        guard let provider = segments.firstIndex(of: "microsoft.machinelearningservices") else {
            self = .other
            return
        }
        let own = segments[(provider + 1)...].prefix { $0 != "providers" }
        let names = stride(from: own.startIndex, to: own.endIndex - 1, by: 2)
        self = names.reversed().lazy.compactMap { Self(type: own[$0]) }.first ?? .other
    }

    private init?(type: Substring) {
        switch type {
        case "workspaces": self = .workspace
        case "onlineendpoints": self = .endpoint
        case "deployments": self = .deployment
        default: return nil
        }
    }
}

extension String {
    /// The text between the next two apostrophes behind `marker`.
    func quoted(after marker: String) -> String? {
        guard let range = firstRange(of: marker + "'") else { return nil }
        let rest = self[range.upperBound...]
        return rest.firstIndex(of: "'").map { String(rest[..<$0]) }
    }
}
