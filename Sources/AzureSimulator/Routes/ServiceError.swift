import HTTPTypes

/// An error answer in Azure's envelope (API.md c.2).
struct ServiceError: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    var details: [JSON]?
    var additionalInfo: JSON?
    /// Further members of the error object.
    var more: [(key: String, value: JSON)] = []
    var headers: [(name: String, value: String)] = []
    /// The answer of the gateway rather than of a resource provider.
    var isFromGateway = true
    /// Azure Monitor's metrics answer with the bare error object.
    var isBare = false

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    var reply: Reply {
        let error: JSON = ["code": .string(code), "message": .string(message)]
        var whole = error.adding("details", details.map { .array($0) }).adding("additionalInfo", additionalInfo)
        for member in more { whole = whole.adding(member.key, member.value) }
        var reply = Reply(status, isBare ? whole : ["error": whole])
        if isFromGateway { reply.headers.set("x-ms-failure-cause", "gateway") }
        for header in headers { reply.headers.set(header.name, header.value) }
        return reply
    }
}

extension ServiceError {
    /// An error of Azure Machine Learning's own front end, with the additional information it always gives.
    static func machineLearning(
        _ status: Int,
        _ code: String,
        _ message: String,
        inner: String,
        details: [JSON] = [],
        location: String,
        exchange: Exchange
    ) -> ServiceError {
        var random = SeededRandom(UInt64(name: exchange.requestID))
        var error = ServiceError(status, code, message)
        error.isFromGateway = false
        error.details = details
        error.additionalInfo = [
            ["type": "ComponentName", "info": ["value": "managementfrontend"]],
            [
                "type": "Correlation",
                "info": [
                    "value": [
                        "operation": .string(GUID.hex(random.next(), 16) + GUID.hex(random.next(), 16)),
                        "request": .string(GUID.hex(random.next(), 16)),
                    ]
                ],
            ],
            ["type": "Environment", "info": ["value": .string(location)]],
            ["type": "Location", "info": ["value": .string(location)]],
            ["type": "Time", "info": ["value": .string(offsetTime(exchange))]],
            ["type": "InnerError", "info": ["value": ["code": .string(inner), "innerError": nil]]],
        ]
        return error
    }

    private static func offsetTime(_ exchange: Exchange) -> String {
        String(CivilTime(exchange.now).iso7.dropLast()) + "+00:00"
    }
}
