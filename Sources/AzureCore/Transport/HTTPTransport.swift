/// What carries a request to its host and a complete answer back.
public protocol HTTPTransport: Sendable {
    /// - Throws: `AzureError` of kind `.unreachable`, `.untrustedCertificate`, `.timedOut` or `.malformedAnswer`;
    ///   `CancellationError`. An answer of any status is an answer, not an error.
    func send(_ request: AzureRequest) async throws -> AzureResponse

    /// Closes the connections; nothing may be sent afterwards.
    func shutdown() async
}

extension HTTPTransport {
    public func shutdown() async {}
}
