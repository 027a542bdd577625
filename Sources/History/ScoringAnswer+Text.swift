import AzureCore
import AzureML
import JSONValue

/// An answer as a text of the database, without its body.
extension ScoringAnswer {
    var json: JSONValue {
        var object = JSONObject()
        object["status"] = .number(JSONNumber(status))
        object["modelStatus"] = modelStatus.map { .number(JSONNumber($0)) }
        object["reason"] = reason.map(JSONValue.string)
        object["deployment"] = deployment.map(JSONValue.string)
        object["requestId"] = requestID.map(JSONValue.string)
        object["clientRequestId"] = .string(clientRequestID)
        object["headers"] = SecretField.json(headerFields)
        object["trailers"] = SecretField.json(trailerFields)
        object["isBodyCut"] = .bool(isBodyCut)
        object["sentBytes"] = .number(JSONNumber(sentByteCount))
        object["timings"] = timings.json
        return .object(object)
    }

    /// Nil for a text that is none of ours.
    init?(text: String, body: [UInt8]) {
        guard let value = try? JSONValue.parse(text), let status = value["status"]?.intValue else { return nil }
        self.init(
            status: status,
            modelStatus: value["modelStatus"]?.intValue,
            reason: value["reason"]?.stringValue,
            deployment: value["deployment"]?.stringValue,
            requestID: value["requestId"]?.stringValue,
            clientRequestID: value["clientRequestId"]?.stringValue ?? "",
            headerFields: SecretField.fields(value["headers"]),
            trailerFields: SecretField.fields(value["trailers"]),
            body: body,
            isBodyCut: value["isBodyCut"]?.boolValue ?? false,
            sentByteCount: value["sentBytes"]?.intValue ?? 0,
            timings: TransferTimings(value["timings"])
        )
    }
}

/// In whole microseconds.
extension TransferTimings {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        for (name, duration) in [
            ("resolve", resolve), ("connect", connect), ("secure", secure), ("send", send), ("firstByte", firstByte),
            ("receive", receive), ("total", total),
        ] {
            object[name] = duration.map { .number(JSONNumber(Int(($0 / .microseconds(1)).rounded()))) }
        }
        object["isReused"] = .bool(isReused)
        return .object(object)
    }

    fileprivate init(_ value: JSONValue?) {
        func duration(_ name: String) -> Duration? { value?[name]?.intValue.map { .microseconds($0) } }
        self.init(
            resolve: duration("resolve"),
            connect: duration("connect"),
            secure: duration("secure"),
            send: duration("send"),
            firstByte: duration("firstByte"),
            receive: duration("receive"),
            total: duration("total") ?? .zero,
            isReused: value?["isReused"]?.boolValue ?? false
        )
    }
}
