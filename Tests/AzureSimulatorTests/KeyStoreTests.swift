import FoundationEssentials
import Testing

@testable import AzureSimulator

@Suite struct KeyStoreTests {
    private static func path() -> String {
        "\(FileManager.default.temporaryDirectory.path)/amltop-test-\(UUID().uuidString).jsonl"
    }

    private func change(_ id: String, from start: Int64 = 0, to end: Int64 = 10) -> KeyStore.Change {
        KeyStore.Change(
            endpoint: "s/e",
            slot: .primary,
            key: "key of \(id)",
            operationID: id,
            startTicks: start,
            endTicks: end,
            failure: nil
        )
    }

    @Test func oneChangeAtATime() {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = KeyStore(path: path)
        #expect(store.begin(change("1")))
        #expect(!store.begin(change("2", from: 9, to: 19)))
        #expect(store.begin(change("3", from: 10, to: 20)))
        #expect(store.changes(of: "s/e").map(\.operationID) == ["1", "3"])
    }

    @Test func whatWasBegunIsThereAfterAKillAndSoIsHowItFailed() throws {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = KeyStore(path: path)
        #expect(store.begin(change("1")) && store.begin(change("2", from: 10, to: 20)))
        store.fail(operationID: "2", at: 15, OperationFailure(code: "Boom", message: ""))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // What a kill in the middle of a write leaves.
        let half = Data(#"{"endpoint":"s/e","slo"#.utf8)
        let handle = try #require(FileManager.default.contents(atPath: path))
        try (handle + half).write(to: URL(filePath: path))
        let again = KeyStore(path: path)
        #expect(again.changes(of: "s/e").map(\.endTicks) == [10, 15])
        #expect(again.change(operationID: "2")?.failure?.code == "Boom")
        #expect(again.begin(change("3", from: 30, to: 40)))
        #expect(KeyStore(path: path).changes(of: "s/e").map(\.operationID) == ["1", "2", "3"])
    }
}
