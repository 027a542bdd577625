import CResources
import FoundationEssentials

/// The cast of a world, as a file below `Resources/scenarios` tells it.
struct Scenario: Decodable, Sendable {
    struct Caller: Decodable, Sendable {
        let name: String
        /// As the client sends it; the log cuts it to 70 characters.
        let userAgent: String
        /// The application the exported credentials belong to.
        var isPrincipal: Bool?
    }

    let location: String
    let subscriptionName: String
    let resourceGroup: String
    let workspace: String
    let friendlyName: String
    let monitorGroup: String
    let logWorkspace: String
    /// The name of the application the exported credentials belong to.
    let principal: String
    let callers: [Caller]
    let endpoints: [EndpointSpecification]
    /// How many endpoints there are unless the options say; the cast alone without it.
    var endpointCount: Int?
    var deploymentsPerEndpoint: Int?
    /// How long a Microsoft Entra token and an Azure ML token live, unless the options say.
    var tokenSeconds: Int?
    var endpointTokenSeconds: Int?
    /// When, counted from the start, the application's secret lapses and its tokens are revoked.
    var signedOutAfterSeconds: Double?
    /// Buckets that are not of the usual size.
    var limits: Limits?
    /// What scoring grants other than usually.
    var scoring: ScoringLimits?

    /// The limits of the front door of scoring.
    struct ScoringLimits: Decodable, Sendable {
        var largestBodyBytes: Int?
        var bytesPerSecond: Int?
    }

    /// The buckets requests are taken out of.
    struct Limits: Decodable, Sendable {
        struct Bucket: Decodable, Hashable, Sendable {
            let size: Double
            let refillPerSecond: Double
        }
        var reads: Bucket?
        var writes: Bucket?
        var deletes: Bucket?
        /// Queries of Resource Graph in each window of five seconds.
        var graphQueries: Int?
    }

    /// - Throws: `SimulatorError` when there is no such scenario, or it does not read.
    init(named name: String) throws(SimulatorError) {
        let json = try Self.json(named: name)
        guard let scenario = JSON.decode(Scenario.self, from: json.bytes) else {
            throw SimulatorError(.unreadableScenario(name))
        }
        self = scenario
    }

    /// The file, laid over the one it names as its `base`.
    private static func json(named name: String) throws(SimulatorError) -> JSON {
        guard let bytes = resource("scenarios/\(name).json") else { throw SimulatorError(.unknownScenario(name)) }
        guard let json = JSON.decode(JSON.self, from: bytes) else { throw SimulatorError(.unreadableScenario(name)) }
        guard case .string(let base)? = json.member("base") else { return json }
        return try Self.json(named: base).overlaid(with: json)
    }

    private static func resource(_ path: String) -> [UInt8]? {
        var count = 0
        guard let files = cresources_files(&count) else { return nil }
        for file in UnsafeBufferPointer(start: files, count: count) where String(cString: file.path) == path {
            return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        }
        return nil
    }
}

/// One endpoint of the cast.
struct EndpointSpecification: Decodable, Sendable {
    enum Logging: String, Decodable, Sendable {
        /// A diagnostic setting that names each category.
        case categories
        /// A diagnostic setting with the group `allLogs`.
        case allLogs
        /// No diagnostic setting, so no rows.
        case off
    }

    var name: String
    /// REST spelling: `Key`, `AMLToken`, `AADToken`.
    var authMode: String
    var kubernetes: Bool?
    var ageDays: Double
    var modifiedDaysAgo: Double
    var lifecycle: Lifecycle?
    var description: String?
    var tags: [String: String]
    /// `identity.type`.
    var identity: String
    /// Mean over the day.
    var requestsPerHour: Double
    /// The busiest hour of the day, Korean time.
    var peakHour: Double
    var callers: [String]
    var logging: Logging
    /// REST spelling: `Enabled`, `Disabled`; enabled without it.
    var publicNetworkAccess: String?
    /// For how many hours before the world began nobody has called.
    var silentHours: Double?
    /// When the traffic is split anew; until the first of them the deployments' own shares hold.
    var splits: [TrafficSplitSpecification]?
    var error: OperationFailure?
    /// Who made a new key when, before the world began.
    var keyRotations: [KeyRotation]?
    var deployments: [DeploymentSpecification]
}

/// A key that was made before the world began.
struct KeyRotation: Decodable, Sendable {
    let daysAgo: Double
    /// The name of a person; the scenario's own application for any other.
    let by: String
}

/// One deployment of an endpoint.
struct DeploymentSpecification: Decodable, Sendable {
    var name: String
    /// Percent of live traffic.
    var traffic: Int
    /// Percent of live traffic that is mirrored here.
    var mirror: Int?
    var lifecycle: Lifecycle?
    var instanceType: String
    var instances: Int
    var model: String
    var modelVersion: String
    var environment: String
    var environmentVersion: String
    var scoringScript: String?
    /// What bodies its model takes, in the order they are tried; tables of numbers without it.
    var takes: [ModelShape]?
    var maxConcurrent: Int
    var timeoutSeconds: Int?
    var ageDays: Double?
    /// Median and spread (standard deviation of the logarithm) of the latency.
    var medianMs: Double
    var spread: Double
    /// Percent at mean traffic; GPU only where there is one.
    var cpu: Double
    var memory: Double
    var gpu: Double?
    var gpuMemory: Double?
    /// Shares of requests by the name of an `Outcome`.
    var errors: [String: Double]?
    /// Better and worse times than usual.
    var spells: [SpellSpecification]?
    var error: OperationFailure?
}

/// A traffic rule that comes into force while the world lives.
struct TrafficSplitSpecification: Decodable, Sendable {
    /// Counted from the start.
    let atSeconds: Double
    /// Percent by the name of a deployment; those not named have none.
    let traffic: [String: Int]
    var mirror: [String: Int]?
}

/// How a deployment fares from a moment on, until its next spell.
struct SpellSpecification: Decodable, Sendable {
    /// Counted from the start.
    let fromSeconds: Double
    let errors: [String: Double]
    /// What the usual latency is multiplied by.
    var slowdown: Double?
}

/// How the last operation on a resource goes.
enum Lifecycle: String, Decodable, Sendable {
    /// Done long ago.
    case steady
    /// Updating when the world begins, then done, and again after a while.
    case rollout
    /// Failed.
    case failed
    /// Being created when the world begins, then there.
    case creating
    /// Being created when the world begins, then failed.
    case failing
}

/// The error a failed operation ends with.
struct OperationFailure: Codable, Hashable, Sendable {
    let code: String
    let message: String
}
