import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ScoringConcurrencyTests {
    @Test(arguments: [("churn", "blue", 4 * 2, 429), ("edge-k8s", "shelf-v3", 4 * 3, 503)])
    func asManyWaitAsRunAndTheNextIsTurnedAway(
        endpoint: String,
        deployment: String,
        capacity: Int,
        status: Int
    ) async throws {
        let gate = GatedClock()
        try await Harness.run({ $0.clock = gate.clock }) { harness in
            let (uri, key) = try await harness.door(endpoint)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 * capacity {
                    group.addTask { try await harness.score(uri, key).status }
                }
                try await eventually("\(2 * capacity) are in flight") {
                    try harness.load(endpoint, deployment) == .init(running: capacity, waiting: capacity)
                }
                try await eventually("those that run have begun") { gate.sleeperCount == capacity }
                let refused = try await harness.score(uri, key)
                #expect(refused.status == status)
                if status == 429 {
                    #expect(refused.body.isEmpty)
                    #expect(refused[header: "Content-Type"] == "text/plain")
                    #expect(refused[header: "ms-azureml-model-error-reason"] == "too_many_pending_request")
                }
                gate.open()
                for try await status in group { #expect(status == 200) }
            }
            #expect(try harness.load(endpoint, deployment) == .init(running: 0, waiting: 0))
            #expect(try await harness.score(uri, key).status == 200)
        }
    }

    @Test func deploymentsQueueEachForItself() async throws {
        let gate = GatedClock()
        try await Harness.run({ $0.clock = gate.clock }) { harness in
            let (uri, key) = try await harness.door("doc-embed")
            func pinned(_ name: String) async throws -> Int {
                try await harness.score(uri, key, headers: [("azureml-model-deployment", name)]).status
            }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 { group.addTask { try await pinned("e5-small") } }
                try await eventually("one is full") {
                    try harness.load("doc-embed", "e5-small") == .init(running: 8, waiting: 8)
                }
                #expect(try await pinned("e5-small") == 429)
                group.addTask { try await pinned("e5-large") }
                try await eventually("the other is not") { try harness.load("doc-embed", "e5-large").running == 1 }
                gate.open()
                for try await status in group { #expect(status == 200) }
            }
        }
    }

    @Test func whoIsTurnedAwayByItsCredentialTakesNoPlace() async throws {
        let gate = GatedClock()
        try await Harness.run({ $0.clock = gate.clock }) { harness in
            let (uri, _) = try await harness.door("my-endpoint")
            for _ in 0..<4 { #expect(try await harness.score(uri, "nonsense").status == 401) }
            #expect(try harness.load("my-endpoint", "blue") == .init())
        }
    }

    /// One runs and one waits: both places are free again once both clients have gone.
    @Test(arguments: ["my-endpoint"])
    func aClientThatGoesGivesItsPlaceBack(endpoint: String) async throws {
        let gate = GatedClock()
        try await Harness.run({ $0.clock = gate.clock }) { harness in
            let (uri, key) = try await harness.door(endpoint)
            let running = Task { try await harness.score(uri, key) }
            try await eventually("it runs") { try harness.load(endpoint, "blue").running == 1 }
            let waiting = Task { try await harness.score(uri, key) }
            try await eventually("it waits") { try harness.load(endpoint, "blue").waiting == 1 }
            waiting.cancel()
            try await eventually("nobody waits") { try harness.load(endpoint, "blue") == .init(running: 1, waiting: 0) }
            running.cancel()
            try await eventually("nobody runs") { try harness.load(endpoint, "blue") == .init() }
            _ = await (running.result, waiting.result)
        }
    }

    @Test func placesAreGivenInTheOrderTheyWereAskedFor() async throws {
        let queues = DeploymentQueues()
        let key = DeploymentQueues.Key(endpoint: "e", deployment: "d")
        let first = try await queues.enter(key, capacity: 2)
        let second = try await queues.enter(key, capacity: 2)
        let order = AsyncStream<Int>.makeStream()
        var waiting: [Task<Void, any Error>] = []
        for number in 0..<2 {
            waiting.append(
                Task {
                    let place = try await queues.enter(key, capacity: 2)
                    order.continuation.yield(number)
                    place?.leave()
                }
            )
            try await eventually("\(number) waits") { queues.load(key).waiting == number + 1 }
        }
        #expect(try await queues.enter(key, capacity: 2) == nil)
        first?.leave()
        var iterator = order.stream.makeAsyncIterator()
        #expect(await iterator.next() == 0)
        #expect(await iterator.next() == 1)
        for task in waiting { try await task.value }
        // Given up twice, it is given back once.
        first?.leave()
        #expect(queues.load(key) == .init(running: 1, waiting: 0))
        second?.leave()
        #expect(queues.load(key) == .init())
    }

    @Test func aPlaceThatIsLetGoIsGivenBack() async throws {
        let queues = DeploymentQueues()
        let key = DeploymentQueues.Key(endpoint: "e", deployment: "d")
        do {
            let place = try await queues.enter(key, capacity: 1)
            #expect(place != nil)
            #expect(queues.load(key).running == 1)
        }
        #expect(queues.load(key) == .init())
    }
}
