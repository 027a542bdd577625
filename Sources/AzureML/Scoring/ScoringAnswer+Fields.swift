public import AzureCore
internal import HTTPTypes

/// What an answer says of itself beside its body.
extension ScoringAnswer {
    /// One field of its head or of its trailers, as it came. Hostile: neutralise before showing.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public var fields: [Field] { headerFields.map { Field(name: $0.name.rawName, value: $0.value) } }
    public var trailers: [Field] { trailerFields.map { Field(name: $0.name.rawName, value: $0.value) } }

    /// The value of a field of its head, whatever the case of the name.
    public func field(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headerFields[$0] }
    }

    public var contentType: String? { headerFields[.contentType] }

    /// `ms-azureml-bandwidth-request-delay-ms`: how long the endpoint's bandwidth limit held the request back.
    public var requestDelay: Duration? { trailer("ms-azureml-bandwidth-request-delay-ms") }
    /// `ms-azureml-bandwidth-response-delay-ms`: how long it held the answer back.
    public var responseDelay: Duration? { trailer("ms-azureml-bandwidth-response-delay-ms") }

    /// `ms-azureml-model-time`, else `x-ms-run-fn-exec-ms`: how long the model itself took, by its container.
    public var modelTime: Duration? {
        (field("ms-azureml-model-time") ?? field("x-ms-run-fn-exec-ms")).flatMap(Self.milliseconds)
    }

    /// `x-ms-run-function-failed`: whether the script's `run()` raised; nil where the container does not say.
    public var didRunFail: Bool? {
        switch field("x-ms-run-function-failed")?.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// `Retry-After` in seconds; dates are not read.
    public var retryAfter: Duration? {
        field("retry-after").flatMap { Int64($0) }.flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
    }

    private func trailer(_ name: String) -> Duration? {
        HTTPField.Name(name).flatMap { trailerFields[$0] ?? headerFields[$0] }.flatMap(Self.milliseconds)
    }

    private static func milliseconds(_ text: String) -> Duration? {
        guard let value = Double(text), value.isFinite, (0...86_400_000).contains(value) else { return nil }
        return .microseconds(Int64(value * 1_000))
    }

    /// Sets fields of its head and its trailers by their names; those that are no names are left out.
    public mutating func set(fields: KeyValuePairs<String, String>, trailers: KeyValuePairs<String, String> = [:]) {
        for (name, value) in fields { HTTPField.Name(name).map { headerFields[$0] = value } }
        for (name, value) in trailers { HTTPField.Name(name).map { trailerFields[$0] = value } }
    }
}

extension TransferProgress {
    /// The content type of the answer that begins here; nil for any other step.
    public var contentTypeOfHead: String? {
        guard case .head(_, let fields) = self else { return nil }
        return fields[.contentType]
    }
}
