import AzureCore
import AzureML
import FoundationEssentials
import HTTPTypes
import JSONValue

/// What `invoke` prints of an answer.
enum InvokeAnswer {
    /// Of the answer's body; as much as the client reads at all.
    static let bodyLimit = 64 << 20

    /// `{status, modelStatus, deployment, requestId, clientRequestId, timingsMs, headers, body}`; what is not known is null.
    static func json(_ answer: ScoringAnswer) -> JSONValue {
        var object = JSONObject()
        object["status"] = number(answer.status)
        object["modelStatus"] = answer.modelStatus.map(number) ?? .null
        object["deployment"] = text(answer.deployment)
        object["requestId"] = text(answer.requestID)
        object["clientRequestId"] = .string(answer.clientRequestID)
        object["timingsMs"] = timings(answer.timings)
        object["headers"] = fields(answer.headerFields)
        if !answer.trailerFields.isEmpty { object["trailers"] = fields(answer.trailerFields) }
        object["body"] = body(answer.body)
        if answer.isBodyCut { object["isBodyCut"] = true }
        return .object(object)
    }

    /// The value where it is JSON, the text where it is one, else `{"base64": …}`; null where there is none.
    static func body(_ bytes: [UInt8]) -> JSONValue {
        if bytes.isEmpty { return .null }
        if let value = try? JSONValue.parse(bytes) { return value }
        if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
        return ["base64": .string(Data(bytes).base64EncodedString())]
    }

    static func timings(_ timings: TransferTimings) -> JSONValue {
        var object = JSONObject()
        object["resolve"] = milliseconds(timings.resolve)
        object["connect"] = milliseconds(timings.connect)
        object["tls"] = milliseconds(timings.secure)
        object["send"] = milliseconds(timings.send)
        object["firstByte"] = milliseconds(timings.firstByte)
        object["receive"] = milliseconds(timings.receive)
        object["total"] = milliseconds(timings.total)
        return .object(object)
    }

    /// To the microsecond.
    static func milliseconds(_ duration: Duration?) -> JSONValue {
        guard let duration else { return .null }
        let value = (duration / .microseconds(1)).rounded() / 1000
        return JSONNumber(value).map(JSONValue.number) ?? .null
    }

    /// Names in lower case; values of one name joined as HTTP does.
    private static func fields(_ fields: HTTPFields) -> JSONValue {
        var object = JSONObject()
        for field in fields { object[field.name.canonicalName] = .string(fields[field.name] ?? "") }
        return .object(object)
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    private static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
}

extension ExitStatus {
    /// What a script is told of an answer.
    init(_ answer: ScoringAnswer) {
        self.init(scoringStatus: answer.status)
        if self == .done, answer.isBodyCut { self = .failed }
    }

    init(scoringStatus status: Int) {
        switch status {
        case 200..<300: self = .done
        case 401, 403: self = .signedOutOrForbidden
        case 404: self = .notFound
        case 408, 429, 504: self = .throttledOrTimedOut
        default: self = .failed
        }
    }
}
