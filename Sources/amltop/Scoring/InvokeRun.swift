import AzureCore
import AzureML
import Dashboard
import Glibc
import HTTPTypes
import JSONValue
import Synchronization

/// One call of `invoke`, with everything that was said about it.
struct InvokeRun: Sendable {
    var payload: InvokePayload
    /// As it was given: the file, or `-`.
    var path: String
    /// Nil for what the auth mode usually takes.
    var key: ScoringCredential?
    var timeout: Duration
    var series: ScoringSeries?
    /// The endpoint whose credential may travel unencrypted.
    var agreedPlainHTTP: String?
    var isDryRun: Bool
    /// Whether the body goes to stdout as it comes.
    var printsBody: Bool

    enum Outcome: Sendable {
        case dryRun(JSONValue)
        case answer(ScoringAnswer, InvokeWording, isPrinted: Bool)
        case series(InvokeSeries)
    }

    /// - Throws: `CommandFailure`, `AzureError`.
    func perform(_ azure: LiveAzure) async throws -> Outcome {
        let client = try await azure.client()
        let endpoint = try await client.onlineEndpoint(payload.endpoint)
        let credential = try credential(of: endpoint)
        guard let uri = endpoint.scoringURI else {
            throw CommandFailure(Catalogue.chosen.text(.invokeNoURI, ["endpoint": endpoint.name]), .failed)
        }
        if isDryRun {
            let dryRun = InvokeDryRun(
                payload: payload,
                uri: uri,
                endpoint: endpoint,
                credential: credential,
                path: path
            )
            return .dryRun(dryRun.json)
        }
        let agrees = agreedPlainHTTP == endpoint.name
        if HTTPURL(uri)?.isEncrypted == false, !agrees {
            throw CommandFailure.usage(.invokePlainHTTP, ["uri": uri, "endpoint": endpoint.name])
        }
        let request = payload.request(to: uri, timeout: timeout, allowsPlainHTTP: agrees)
        if let series {
            let report = try await client.scoreSeries(
                request,
                of: endpoint.name,
                with: credential,
                plan: series
            ) { _ in }
            return .series(InvokeSeries(report: report, endpoint: endpoint.name))
        }
        let stream = BodyStream(isWanted: printsBody)
        let answer = try await client.score(
            request,
            of: endpoint.name,
            with: credential,
            onProgress: stream.take
        )
        let wording = InvokeWording(
            texts: .chosen,
            endpoint: endpoint.name,
            pinnedDeployment: payload.deployment,
            credential: credential
        )
        return .answer(answer, wording, isPrinted: stream.hasPrinted)
    }

    /// - Throws: `CommandFailure` where a key was chosen and there are none.
    private func credential(of endpoint: OnlineEndpoint) throws(CommandFailure) -> ScoringCredential {
        let values: KeyValuePairs = ["endpoint": endpoint.name, "mode": endpoint.authMode.cliValue]
        if let key {
            guard endpoint.authMode == .key else { throw .usage(.invokeNoKeys, values) }
            return key
        }
        let usual = ScoringCredential.usual(for: endpoint.authMode)
        guard usual != .none else {
            throw CommandFailure(Catalogue.chosen.text(.invokeUnknownMode, values), .failed)
        }
        return usual
    }

    /// To stdout as it came; on a terminal without what would act there, and with a line break at its end.
    static func printBody(_ bytes: [UInt8]) {
        guard isatty(1) == 1 else { return writeToStandardOutput(bytes) }
        let text = Printable.lines(String(decoding: bytes, as: UTF8.self))
        writeToStandardOutput(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
    }
}

extension InvokeRun {
    /// A part of an answer of events.
    static func printPart(_ bytes: [UInt8]) {
        guard isatty(1) == 1 else { return writeToStandardOutput(bytes) }
        writeToStandardOutput(Printable.lines(String(decoding: bytes, as: UTF8.self)))
    }
}

/// Prints an answer of events while it comes; any other waits until it is whole.
private final class BodyStream: Sendable {
    private let isStreaming = Mutex(false)
    private let isWanted: Bool

    init(isWanted: Bool) {
        self.isWanted = isWanted
    }

    var hasPrinted: Bool { isStreaming.withLock { $0 } }

    func take(_ event: TransferProgress) {
        guard isWanted else { return }
        switch event {
        case .head(let status, let fields):
            let type = fields[.contentType]?.lowercased() ?? ""
            let isOfEvents = type.hasPrefix("text/event-stream") || type.hasPrefix("application/x-ndjson")
            if status == 200, isOfEvents { isStreaming.withLock { $0 = true } }
        case .part(let bytes):
            if hasPrinted { InvokeRun.printPart(bytes) }
        default: break
        }
    }
}
