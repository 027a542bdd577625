import AzureML
import TestSupport
import Testing

@Suite struct ServerSentEventsTests {
    private static let stream =
        "\u{FEFF}: hello\r\n\r\ndata: {\"a\":1}\r\n\r\nevent: delta\nid: 7\ndata:one\ndata: two\nretry: 5\n\n"
        + "data\r\rid: 8\n\ndata: [DONE]\n\ndata: never ended"

    private static let events: [ServerSentEvents.Event] = [
        .init(name: "message", data: "{\"a\":1}", id: nil), .init(name: "delta", data: "one\ntwo", id: "7"),
        .init(name: "message", data: "", id: "7"), .init(name: "message", data: "[DONE]", id: "8"),
    ]

    @Test func eventsAreReadAsTheStandardSays() {
        var reader = ServerSentEvents()
        #expect(reader.read(Self.stream.utf8) == Self.events)
    }

    @Test func whereTheStreamWasCutDoesNotMatter() {
        var random = SplitMix(state: 3)
        for _ in 0..<200 {
            var reader = ServerSentEvents()
            var rest = Array(Self.stream.utf8)[...]
            var events: [ServerSentEvents.Event] = []
            while !rest.isEmpty {
                let count = Int.random(in: 1...9, using: &random)
                events += reader.read(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(events == Self.events)
        }
    }

    @Test func anEndlessEventIsCut() {
        var reader = ServerSentEvents()
        let line = "data: " + String(repeating: "x", count: 300_000) + "\n"
        for _ in 0..<8 { _ = reader.read(line.utf8) }
        let events = reader.read("\n".utf8)
        #expect(reader.isCut && events.count == 1)
        #expect(events[0].data.utf8.count <= ServerSentEvents.maximumEventLength)
    }
}
