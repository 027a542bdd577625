import NIOCore
import NIOPosix
import Testing

@testable import AzureSimulator

@Suite struct OriginServerTests {
    /// A connection that is accepted in the moment of the end, and dropped unserved, would stop the program.
    @Test func stoppingWhileConnectionsComeEndsInOrder() async throws {
        for _ in 0..<20 {
            let server = try await OriginServer(port: 0, tls: nil) { _, _ in .reply(Reply(200)) }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        let channel = try? await bootstrap.connect(host: "127.0.0.1", port: server.port).get()
                        try? await channel?.close()
                    }
                }
                group.addTask { await server.stop() }
            }
        }
    }
}
