import FoundationEssentials
import NIOCore
import NIOHTTP1
import Testing

@testable import AzureSimulator

extension Harness {
    /// The scoring address and a credential that opens it.
    func door(_ name: String) async throws -> (uri: String, credential: String) {
        let token = try await token()
        let path = "\(workspace)/onlineEndpoints/\(name)"
        let endpoint = try await manage(path, token: token).json["properties"]
        let credential: String?
        switch endpoint["authMode"].string {
        case "Key":
            credential = try await manage("\(path)/listKeys", token: token, method: .POST).json["secondaryKey"].string
        case "AMLToken":
            credential = try await manage("\(path)/token", token: token, method: .POST).json["accessToken"].string
        default:
            credential = try await self.token("https://ml.azure.com")
        }
        return (endpoint["scoringUri"].string ?? "", credential ?? "")
    }

    func score(
        _ uri: String,
        _ credential: String?,
        headers: [(String, String)] = [],
        body: String = #"{"data":[[1,2],[3,4]]}"#
    ) async throws -> Answer {
        let authorization = credential.map { [("Authorization", "Bearer \($0)")] } ?? []
        return try await send(.POST, uri, headers: authorization + headers, body: body)
    }

    /// Waits until so many requests are on their way into the log; a client has its answer a moment before.
    func waitForLog(of count: Int) async throws {
        let served = try #require(simulator.services?.world.served)
        try await eventually("\(count) requests are over") { served.count >= count }
    }

    /// How busy a deployment is.
    func load(_ endpoint: String, _ deployment: String) throws -> DeploymentQueues.Load {
        let services = try #require(simulator.services)
        let known = try #require(services.world.endpoint(named: endpoint))
        return services.scoring.queues.load(
            .init(endpoint: services.world.keyName(of: known), deployment: deployment)
        )
    }
}

extension Answer {
    subscript(header name: String) -> String? { headers.first(name: name) }
}

/// Waits until something is so that other tasks bring about.
func eventually(
    _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) async throws {
    for _ in 0..<4_000 {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}
