import FoundationEssentials
import Testing

@testable import AzureSimulator

@Suite struct WorldTests {
    static let born = Date(ticks: CivilTime.ticks(iso: "2026-11-24T05:30:00Z") ?? 0)

    static func world(_ change: (inout SimulatorOptions) -> Void = { _ in }) throws -> World {
        var options = SimulatorOptions()
        change(&options)
        return try World(options: options, bornAt: born)
    }

    /// The rows of some minutes before the world began.
    static func rows(_ world: World, _ endpoint: SimulatedEndpoint, minutes: ClosedRange<Int64>) -> [TrafficRow] {
        let source = TrafficSource(world: world)
        let last = TrafficModel.minute(of: world.bornTicks)
        var rows: [TrafficRow] = []
        for minute in minutes.reversed() { source.append(endpoint, minute: last - minute, to: &rows) }
        return rows
    }

    @Test func theCastHasOneOfEach() throws {
        let world = try Self.world()
        let endpoints = world.endpoints
        #expect(endpoints.count >= 8)
        #expect(Set(endpoints.map(\.specification.authMode)) == ["Key", "AMLToken", "AADToken"])
        #expect(endpoints.contains { $0.name == "my-endpoint" && $0.specification.authMode == "Key" })
        #expect(endpoints.contains { $0.isKubernetes })
        #expect(endpoints.contains { $0.specification.lifecycle == .failed })
        #expect(endpoints.contains { $0.specification.lifecycle == .rollout })
        #expect(endpoints.contains { $0.specification.silentHours != nil })
        #expect(endpoints.contains { $0.logging == .off })
        #expect(endpoints.contains { $0.split(at: world.bornTicks).bounds.isEmpty })
        #expect(endpoints.contains { $0.deployments.contains { ($0.specification.mirror ?? 0) > 0 } })
        #expect(endpoints.contains { $0.specification.tags["팀"] == "사기탐지" })
    }

    @Test func trafficSharesSumToAllOrNothing() throws {
        for endpoint in try Self.world({ $0.endpointCount = 300 }).endpoints {
            let sum = endpoint.specification.deployments.reduce(0) { $0 + $1.traffic }
            #expect(sum == 0 || sum == 100, "\(endpoint.name)")
            #expect(Set(endpoint.deployments.map(\.name)).count == endpoint.deployments.count)
        }
    }

    @Test func theSeedDecidesEverything() throws {
        let (one, same, other) = (try Self.world(), try Self.world(), try Self.world { $0.seed = 2 })
        #expect(one.tenantID == same.tenantID)
        #expect(one.tenantID != other.tenantID)
        func ids(_ world: World) -> [String] { Self.rows(world, world.endpoints[0], minutes: 10...12).map(\.requestID) }
        #expect(!ids(one).isEmpty)
        #expect(ids(one) == ids(same))
        #expect(ids(one) != ids(other))
    }

    @Test func moreEndpointsThanTheCastAreMadeWithUniqueNames() throws {
        let world = try Self.world {
            $0.endpointCount = 1_000
            $0.deploymentsPerEndpoint = 2
        }
        #expect(world.endpoints.count == 1_000)
        #expect(Set(world.endpoints.map(\.name)).count == 1_000)
        #expect(world.endpoints.suffix(500).allSatisfy { $0.deployments.count == 2 })
        #expect(world.endpoints.allSatisfy { $0.name.count <= 32 && $0.name.first?.isLetter == true })
    }

    @Test func fewerEndpointsAreTheFirstOfTheCast() throws {
        #expect(try Self.world { $0.endpointCount = 2 }.endpoints.map(\.name) == ["fraud-scoring", "my-endpoint"])
        #expect(try Self.world { $0.endpointCount = 0 }.endpoints.isEmpty)
    }

    @Test func optionsOutOfRangeAreNamed() {
        #expect(throws: SimulatorError(.optionOutOfRange("pageSize"))) { try Self.world { $0.pageSize = 0 } }
        #expect(throws: SimulatorError(.optionOutOfRange("port"))) { try Self.world { $0.port = 65_535 } }
        #expect(throws: SimulatorError(.unknownScenario("nope"))) { try Self.world { $0.scenario = "nope" } }
    }

    @Test func aDayHasItsMeanAndItsPeakInTheRightHour() {
        let shape = (0..<Int64(1_440)).map { TrafficModel.dailyShape(minute: $0, peakHour: 20) }
        #expect(abs(shape.reduce(0, +) / 1_440 - 1) < 0.001)
        // 20:00 in Korea is 11:00 UTC.
        #expect(shape.firstIndex(of: shape.max() ?? 0) == 11 * 60)
        #expect(shape.allSatisfy { $0 > 0 })
    }

    @Test func countsHaveTheMeanOfTheirRate() {
        for rate in [0.3, 4.0, 90.0] {
            var random = SeededRandom(7)
            let sum = (0..<4_000).reduce(0) { sum, _ in sum + TrafficModel.count(rate: rate, &random) }
            #expect(abs(Double(sum) / 4_000 - rate) < rate * 0.06, "\(rate)")
        }
    }

    @Test func rowsAreInOrderInsideTheirMinuteAndArriveMinutesLate() throws {
        let world = try Self.world()
        let rows = Self.rows(world, world.endpoints[0], minutes: 0...60)
        #expect(rows.count > 100)
        for (earlier, later) in zip(rows, rows.dropFirst()) { #expect(earlier.ticks <= later.ticks) }
        let delays = rows.map { Double($0.arrivalTicks - $0.ticks) / 10_000_000 }
        #expect(delays.allSatisfy { $0 >= 150 && $0 <= 600 })
        #expect(Set(delays.map { Int($0) }).count > 20)
    }

    @Test func latenciesFollowTheirDeployment() throws {
        let world = try Self.world { $0.rowsInLastHour = 60_000 }
        let rows = Self.rows(world, world.endpoints[0], minutes: 1...60)
        for index in [0, 1] {
            let times = rows.filter { $0.deployment == Int16(index) && $0.outcome == .success }.map {
                Double($0.totalMilliseconds)
            }
            let median = MetricAccumulator.percentile(times, 50) ?? 0
            let wanted = world.endpoints[0].deployments[index].specification.medianMs
            #expect(abs(median - wanted) < wanted * 0.2, "\(median) \(wanted)")
            #expect((MetricAccumulator.percentile(times, 95) ?? 0) > median * 1.5)
        }
        let green = Double(rows.filter { $0.deployment == 1 }.count) / Double(rows.count)
        #expect(abs(green - 0.1) < 0.01)
    }

    @Test(arguments: [500, 12_000, 90_000])
    func theLastHourHoldsAboutAsManyRowsAsAskedFor(asked: Int) throws {
        let world = try Self.world { $0.rowsInLastHour = asked }
        let arrived = world.endpoints.filter { $0.logging != .off }.reduce(0) { sum, endpoint in
            sum + Self.rows(world, endpoint, minutes: 0...60).filter { $0.arrivalTicks <= world.bornTicks }.count
        }
        #expect(abs(Double(arrived) / Double(asked) - 1) < 0.15)
    }

    @Test func theSilentEndpointHadTrafficBefore() throws {
        let world = try Self.world()
        let silent = try #require(world.endpoint(named: "Demand-Forecast"))
        #expect(Self.rows(world, silent, minutes: 0...299).isEmpty)
        #expect(Self.rows(world, silent, minutes: 301...1_440).count > 50)
    }

    @Test func onlyAShareOfTheRequestsIsMirrored() throws {
        let world = try Self.world { $0.rowsInLastHour = 60_000 }
        let endpoint = world.endpoints[0]
        let shadow = try #require(endpoint.deployment(named: "shadow"))
        let source = TrafficSource(world: world)
        let last = TrafficModel.minute(of: world.bornTicks)
        var copies: [TrafficRow] = []
        for minute in (last - 60)..<last {
            source.appendMirrored(endpoint, deployment: shadow, minute: minute, to: &copies)
        }
        let live = Self.rows(world, endpoint, minutes: 1...60)
        #expect(live.allSatisfy { $0.deployment != Int16(shadow.index) })
        #expect(abs(Double(copies.count) / Double(live.count) - 0.05) < 0.01)
    }

    @Test func containerLogsEndWithTheNewestRequestAndBeginWithTheStart() throws {
        let world = try Self.world()
        let endpoint = try #require(world.endpoint(named: "my-endpoint"))
        let log = ContainerLog(
            world: world,
            endpoint: endpoint,
            deployment: endpoint.deployments[0],
            ticks: world.bornTicks
        )
        let tail = log.inferenceServer(tail: 5)
        #expect(tail.count == 5)
        #expect(tail.allSatisfy { $0.contains("azmlinfsrv - POST /score 200") || $0.contains(" 500 ") })
        #expect(log.inferenceServer(tail: 50).suffix(5) == tail[...])
        let idle = try #require(world.endpoint(named: "vision-batch"))
        let quiet = ContainerLog(world: world, endpoint: idle, deployment: idle.deployments[0], ticks: world.bornTicks)
        #expect(quiet.inferenceServer(tail: 100).isEmpty)
        #expect(quiet.storageInitializer.count == 3)
    }
}
