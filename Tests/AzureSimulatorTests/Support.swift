import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

@testable import AzureSimulator

/// A clock that stands until it is moved.
final class ManualClock: Sendable {
    private let moment: Mutex<Date>

    init(_ iso: String = "2026-11-24T05:30:00Z") {
        moment = Mutex(Date(ticks: CivilTime.ticks(iso: iso) ?? 0))
    }

    var now: Date { moment.withLock { $0 } }
    var ticks: Int64 { now.ticks }
    /// Sleeping moves it.
    var clock: SimulatorClock {
        SimulatorClock(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.advance(seconds: duration / .seconds(1))
            }
        )
    }

    func advance(seconds: Double) {
        moment.withLock { $0 += seconds }
    }
}

/// An answer, read whole.
struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON { JSON.decode(JSON.self, from: body) ?? .null }
    /// `error.code`.
    var code: String? { json["error"]["code"].string }
}

/// A running simulator with a client that trusts it.
struct Harness {
    let simulator: Simulator
    let client: HTTPClient
    let environment: [String: String]
    let clock: ManualClock

    static func run<Result>(
        _ change: (inout SimulatorOptions) -> Void = { _ in },
        _ body: (Harness) async throws -> Result
    ) async throws -> Result {
        let clock = ManualClock()
        var options = SimulatorOptions(clock: clock.clock)
        change(&options)
        let simulator = try Simulator(options: options)
        try await simulator.start()
        let environment = Dictionary(uniqueKeysWithValues: simulator.environment.map { ($0.name, $0.value) })
        var tls = TLSConfiguration.makeClientConfiguration()
        let authority = try NIOSSLCertificate.fromPEMFile(environment["SSL_CERT_FILE"] ?? "")
        tls.trustRoots = .certificates(authority)
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        let harness = Harness(simulator: simulator, client: client, environment: environment, clock: clock)
        do {
            let result = try await body(harness)
            try await client.shutdown()
            await simulator.stop()
            return result
        } catch {
            try await client.shutdown()
            await simulator.stop()
            throw error
        }
    }

    var arm: String { environment["AZURE_AUTHORITY_HOST"] ?? "" }
    var subscription: String { "/subscriptions/\(environment["AZURE_SUBSCRIPTION_ID"] ?? "")" }
    var workspace: String {
        "\(subscription)/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ws-fraud-krc"
    }
    var logsURL: String {
        get async throws {
            try await send(.GET, environment["ARM_CLOUD_METADATA_URL"] ?? "").json[0]["logAnalyticsResourceId"].string
                ?? ""
        }
    }

    func send(
        _ method: HTTPMethod,
        _ url: String,
        headers: [(String, String)] = [],
        body: String? = nil,
        seconds: Int64 = 90
    ) async throws -> Answer {
        try await send(method, url, headers: headers, bytes: body.map { Array($0.utf8) }, seconds: seconds)
    }

    func send(
        _ method: HTTPMethod,
        _ url: String,
        headers: [(String, String)] = [],
        bytes: [UInt8]?,
        seconds: Int64 = 90
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = method
        request.headers = HTTPHeaders(headers)
        if let bytes { request.body = .bytes(ByteBuffer(bytes: bytes)) }
        let response = try await client.execute(request, timeout: .seconds(seconds))
        let whole = try await response.body.collect(upTo: 64 << 20)
        return Answer(
            status: Int(response.status.code),
            headers: response.headers,
            body: Array(whole.readableBytesView)
        )
    }

    /// One form to the token endpoint.
    func signIn(_ form: [String: String], tenant: String? = nil) async throws -> Answer {
        let text = form.map { "\($0.key)=\(Self.escaped($0.value))" }.joined(separator: "&")
        return try await send(
            .POST,
            "\(arm)/\(tenant ?? environment["AZURE_TENANT_ID"] ?? "")/oauth2/v2.0/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: text
        )
    }

    /// A good form for a resource.
    func form(_ resource: String) -> [String: String] {
        [
            "grant_type": "client_credentials", "client_id": environment["AZURE_CLIENT_ID"] ?? "",
            "client_secret": environment["AZURE_CLIENT_SECRET"] ?? "", "scope": "\(resource)/.default",
        ]
    }

    func token(_ resource: String = "https://management.azure.com/", tenant: String? = nil) async throws -> String {
        try await signIn(form(resource), tenant: tenant).json["access_token"].string ?? ""
    }

    /// One request of Resource Manager; `path` below it, with its query.
    func manage(
        _ path: String,
        token: String,
        method: HTTPMethod = .GET,
        body: String? = nil
    ) async throws -> Answer {
        let version = path.contains("api-version") ? "" : (path.contains("?") ? "&" : "?") + "api-version=2024-10-01"
        return try await send(
            method,
            path.hasPrefix("https:") ? path : "\(arm)\(path)\(version)",
            headers: [("Authorization", "Bearer \(token)")],
            body: body
        )
    }

    func order(_ fault: String, method: String? = nil, path: String = "", count: Int = 1) async throws -> Answer {
        let method = method.map { "\"method\":\"\($0)\"," } ?? ""
        return try await send(
            .POST,
            "\(arm)/_simulator/faults",
            headers: [("Content-Type", "application/json")],
            body: "{\"match\":{\(method)\"path\":\"\(path)\"},\"fault\":\(fault),\"count\":\(count)}"
        )
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            return byte < 0x80 && (character.isLetter || character.isNumber)
                ? String(character) : "%" + GUID.hex(UInt64(byte), 2)
        }.joined()
    }
}

extension JSON {
    subscript(key: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.key == key }?.value ?? .null
    }

    subscript(index: Int) -> JSON {
        guard case .array(let items) = self, items.indices.contains(index) else { return .null }
        return items[index]
    }

    var items: [JSON] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var int: Int? {
        guard case .int(let number) = self else { return nil }
        return Int(number)
    }

    var double: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    var isNull: Bool {
        if case .null = self { return true }
        return false
    }
}

extension Simulator {
    /// The claims of a token this simulator signed.
    func claims(of token: String) async -> AccessClaims? {
        await issuer.claims(of: token, as: AccessClaims.self)
    }
}
