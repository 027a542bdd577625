/// The words of HTTP for its status codes, which every tool writes in English.
enum HTTPReason {
    static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 424: "Failed Dependency"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: ""
        }
    }

    /// What Azure means by it; of 424 the model's part is told beside it.
    static func meaning(_ status: Int) -> TextKey {
        switch status {
        case 200..<300: .answerMeansOk
        case 300..<400: .answerMeansRedirect
        case 400: .answerMeansBadRequest
        case 401: .answerMeansUnauthorized
        case 403: .answerMeansForbidden
        case 404: .answerMeansNotFound
        case 408: .answerMeansTimeout
        case 409: .answerMeansConflict
        case 413: .answerMeansTooLarge
        case 424: .answerMeansModel
        case 429: .answerMeansTooMany
        case 500: .answerMeansPlatform
        case 502: .answerMeansBadGateway
        case 503: .answerMeansUnavailable
        case 504: .answerMeansGatewayTimeout
        default: .answerMeansOther
        }
    }
}
