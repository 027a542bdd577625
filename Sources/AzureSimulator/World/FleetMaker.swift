/// Makes endpoints beyond the cast, each from its number alone.
struct FleetMaker {
    let seed: UInt64
    let callers: [String]

    private static let subjects = [
        "credit", "loan", "basket", "invoice", "ticket", "voice", "image", "search", "route", "stock", "seller",
        "review",
        "photo", "claim", "visit", "course", "energy", "parcel", "crew", "menu",
    ]
    private static let tasks = [
        "risk", "rank", "tagger", "forecast", "embed", "dedupe", "intent", "quality", "price", "eta",
    ]
    private static let sizes = [
        "Standard_DS2_v2", "Standard_DS3_v2", "Standard_F4s_v2", "Standard_F8s_v2", "Standard_DS4_v2",
    ]
    private static let names = ["blue", "green", "teal", "amber", "coral", "olive", "plum", "slate", "ruby", "jade"]

    func endpoint(at number: Int, deployments count: Int?) -> EndpointSpecification {
        var random = SeededRandom(seed, UInt64(name: "fleet"), UInt64(number))
        let subject = pick(Self.subjects, &random)
        let task = pick(Self.tasks, &random)
        let mode = random.unit()
        let failed = random.unit() < 0.01
        let deployments = count ?? (random.unit() < 0.65 ? 1 : random.unit() < 0.8 ? 2 : 3)
        return EndpointSpecification(
            name: "\(subject)-\(task)-\((number + 1).padded(4))",
            authMode: mode < 0.6 ? "Key" : mode < 0.85 ? "AADToken" : "AMLToken",
            kubernetes: mode < 0.05,
            ageDays: 1 + random.unit() * 400,
            modifiedDaysAgo: 0.1 + random.unit() * 0.9,
            lifecycle: failed ? .failed : .steady,
            description: nil,
            tags: random.unit() < 0.5 ? ["owner": subject] : [:],
            identity: "SystemAssigned",
            requestsPerHour: random.unit() < 0.06 ? 0 : 4 + 60 * random.unit() * random.unit(),
            peakHour: 8 + random.unit() * 14,
            callers: [pick(callers, &random), pick(callers, &random)],
            logging: random.unit() < 0.2 ? .off : random.unit() < 0.5 ? .allLogs : .categories,
            silentHours: random.unit() < 0.02 ? 3 : nil,
            error: failed
                ? OperationFailure(
                    code: "ImageBuildFailure",
                    message:
                        "Image build failed. For more details, check the log of the build task in the workspace's registry."
                )
                : nil,
            keyRotations: rotations(number),
            deployments: (0..<deployments).map { deployment(at: $0, of: deployments, subject, task, &random) }
        )
    }

    /// Most keys are made anew now and then, some never.
    private func rotations(_ number: Int) -> [KeyRotation] {
        var random = SeededRandom(seed, UInt64(name: "rotations"), UInt64(number))
        guard random.unit() < 0.8 else { return [] }
        let daysAgo = 1 + 180 * random.unit()
        return [KeyRotation(daysAgo: daysAgo, by: pick(ActivityHistory.people.map(\.name) + ["ci"], &random))]
    }

    private func deployment(
        at position: Int,
        of count: Int,
        _ subject: String,
        _ task: String,
        _ random: inout SeededRandom
    ) -> DeploymentSpecification {
        let share = count == 1 ? 100 : position == 0 ? 90 : position == 1 ? 10 : 0
        let name = Self.names[position % Self.names.count]
        return DeploymentSpecification(
            name: position < Self.names.count ? name : "\(name)-\(position / Self.names.count + 1)",
            traffic: share,
            instanceType: pick(Self.sizes, &random),
            instances: 1 + Int(random.next() % 3),
            model: "\(subject)-\(task)",
            modelVersion: String(1 + random.next() % 40),
            environment: "\(subject)-serving",
            environmentVersion: String(1 + random.next() % 12),
            scoringScript: "score.py",
            maxConcurrent: 4,
            medianMs: 12 + 180 * random.unit() * random.unit(),
            spread: 0.25 + 0.2 * random.unit(),
            cpu: 5 + 50 * random.unit(),
            memory: 25 + 45 * random.unit(),
            errors: ["modelError": 0.002 * random.unit(), "clientError": 0.004 * random.unit()]
        )
    }

    private func pick(_ words: [String], _ random: inout SeededRandom) -> String {
        words[Int(random.next() % UInt64(words.count))]
    }
}
