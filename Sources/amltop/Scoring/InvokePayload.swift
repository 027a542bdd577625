import AzureCore
import AzureML
import Dashboard
import Foundation

/// What `invoke` sends: a file or stdin, and what flags say about it.
struct InvokePayload: Equatable, Sendable {
    var endpoint: String
    var deployment: String?
    var contentType: String
    var headers: [CurlLine.Header]
    var body: [UInt8]

    /// Flags win over what a file says; a file's headers of other names stay.
    ///
    /// - Throws: `CommandFailure` with the exit code of wrong use.
    init(
        path: String,
        endpoint: String?,
        deployment: String?,
        contentType: String?,
        headers flags: [String],
        standardInput: () -> [UInt8]? = Self.standardInput
    ) throws(CommandFailure) {
        let headers = try flags.map(Self.header)
        var file: PayloadFile?
        if path == "-" {
            guard let bytes = standardInput() else {
                throw .usage(.invokeStdinUnreadable, ["size": "\(PayloadFile.mostBytes >> 20)"])
            }
            body = bytes
        } else {
            let read = try Self.read(path)
            body = read.body
            file = read
        }
        guard let endpoint = endpoint ?? file?.endpoint, !endpoint.isEmpty else { throw .usage(.invokeNoEndpoint) }
        self.endpoint = endpoint
        self.deployment = deployment ?? file?.deployment
        self.contentType = contentType ?? file?.contentType ?? "application/json"
        let named = Set(headers.map { $0.name.lowercased() })
        let kept = (file?.headers ?? []).filter { !named.contains($0.name.lowercased()) }
        self.headers = kept.map { CurlLine.Header($0.name, $0.value) } + headers
        for header in self.headers where Self.reserved.contains(header.name.lowercased()) {
            throw .usage(.invokeReservedHeader, ["header": header.name])
        }
    }

    /// Those that say who sends what to whom, and those that frame a message.
    private static let reserved: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "content-type", "content-length", "host",
        "transfer-encoding", "connection", "azureml-model-deployment", "x-ms-client-request-id",
    ]

    private static func read(_ path: String) throws(CommandFailure) -> PayloadFile {
        do throws(PayloadFile.Problem) {
            return try PayloadFile(path: path)
        } catch {
            switch error {
            case .unreadable, .tooLarge: throw .usage(.rotateBadPayload, ["path": path])
            case .malformed(let line): throw .usage(.invokeBadFrontMatter, ["path": path, "line": "\(line)"])
            case .unknownField(let name): throw .usage(.invokeUnknownField, ["path": path, "field": name])
            }
        }
    }

    private static func header(_ text: String) throws(CommandFailure) -> CurlLine.Header {
        let name = String(text.prefix { $0 != "=" })
        guard name.count < text.count else { throw .usage(.invokeBadHeader, ["header": name]) }
        let header = CurlLine.Header(name, String(text.dropFirst(name.count + 1)))
        var request = ScoringRequest(uri: "", body: [])
        guard request.setField(header.name, to: header.value) else {
            throw .usage(.invokeBadHeader, ["header": name])
        }
        return header
    }

    /// All of it; nil where it cannot be read, or is too long.
    static func standardInput() -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            guard let part = try? FileHandle.standardInput.read(upToCount: 1 << 16) else {
                return bytes.count <= PayloadFile.mostBytes ? bytes : nil
            }
            guard !part.isEmpty else { return bytes }
            bytes += part
            guard bytes.count <= PayloadFile.mostBytes else { return nil }
        }
    }
}

extension InvokePayload {
    func request(to uri: String, timeout: Duration, allowsPlainHTTP: Bool) -> ScoringRequest {
        var request = ScoringRequest(
            uri: uri,
            body: body,
            contentType: contentType,
            deployment: deployment,
            timeout: timeout,
            bodyLimit: InvokeAnswer.bodyLimit,
            allowsPlainHTTP: allowsPlainHTTP
        )
        for header in headers { request.setField(header.name, to: header.value) }
        return request
    }
}

extension CommandFailure {
    /// Wrong use, in the words of the catalogue.
    static func usage(_ key: TextKey, _ values: KeyValuePairs<String, String> = [:]) -> CommandFailure {
        CommandFailure(Catalogue.chosen.text(key, values), .usage)
    }
}
