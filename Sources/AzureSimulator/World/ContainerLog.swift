/// The text of a deployment's containers, as `getLogs` shows it: one container of one instance, newest last.
struct ContainerLog {
    let world: World
    let endpoint: SimulatedEndpoint
    let deployment: SimulatedDeployment
    let ticks: Int64

    private static let second = CivilTime.ticksPerSecond
    /// How far back requests are looked for.
    private static let horizonMinutes: Int64 = 1_440

    private var operation: Operation { world.operation(on: deployment, of: endpoint, at: ticks) }
    /// When the container that is still up came up.
    private var startTicks: Int64 { (operation.endTicks ?? operation.startTicks) - 40 * Self.second }

    /// At most `tail` lines of the container that scores.
    func inferenceServer(tail: Int) -> [String] {
        if operation.isCreation, operation.status == .inProgress { return [] }
        if operation.status == .failed {
            // What never got its machine, or its image, has no container to read.
            return ["ResourceNotReady", "KubernetesCrashLoopBackOff"].contains(operation.failure?.code) ? crash : []
        }
        let source = TrafficSource(world: world)
        let last = TrafficModel.minute(of: ticks)
        let first = max(TrafficModel.minute(of: startTicks), last - Self.horizonMinutes)
        var chunks: [[String]] = []
        var count = 0
        var minute = last
        var rows: [TrafficRow] = []
        while minute >= first, count < tail {
            rows.removeAll(keepingCapacity: true)
            source.append(endpoint, minute: minute, to: &rows)
            let lines = rows.filter(isMine).flatMap(lines)
            chunks.append(lines)
            count += lines.count
            minute -= 1
        }
        let head = count < tail && first > last - Self.horizonMinutes ? startUp : []
        return Array((head + chunks.reversed().flatMap { $0 }).suffix(tail))
    }

    /// The container that fetches model and code.
    var storageInitializer: [String] {
        let specification = deployment.specification
        let begin = startTicks - 30 * Self.second
        return [
            line(
                begin,
                "I",
                1,
                "root",
                "Starting to download model \(specification.model):\(specification.modelVersion)"
            ),
            line(
                begin + 7 * Self.second,
                "I",
                1,
                "root",
                "Downloaded 3 blobs to /var/azureml-app/azureml-models/"
                    + "\(specification.model)/\(specification.modelVersion)"
            ),
            line(begin + 8 * Self.second, "I", 1, "root", "Storage initialization finished"),
        ]
    }

    private func isMine(_ row: TrafficRow) -> Bool {
        row.deployment == Int16(deployment.index) && row.hasReachedContainer
            && row.ticks <= ticks && Int(row.random % UInt64(max(1, deployment.specification.instances))) == 0
    }

    private func lines(_ row: TrafficRow) -> [String] {
        let milliseconds = Double(row.totalMilliseconds) - 0.5 + Double(row.random % 1_000) / 1_000
        let end = row.ticks + Int64(row.totalMilliseconds) * 10_000
        // A cluster's router keeps to itself what it heard of a script that threw.
        let code = row.modelStatusCode ?? 500
        let (method, path) = (row.served?.facts.method ?? "POST", row.served?.facts.path ?? "/score")
        let access = line(
            end,
            "I",
            73,
            "azmlinfsrv",
            "\(method) \(path) \(code) \(three(milliseconds))ms \(row.responseBytes)"
        )
        guard let exception = row.exception else { return [access] }
        return [
            line(end, "E", 73, "azmlinfsrv", "Encountered Exception: Traceback (most recent call last):"),
            "  File \"/azureml-envs/serving/lib/python3.10/site-packages/azureml_inference_server_http/server/user_script.py\", "
                + "line 132, in invoke_run",
            "    run_output = self._wrapped_user_run(**run_parameters, request_headers=dict(request.headers))",
            "  File \"/var/azureml-app/onlinescoring/\(deployment.specification.scoringScript ?? "score.py")\", line 41, in run",
            "    features = np.asarray(payload[\"data\"], dtype=np.float32)",
            exception,
            access,
        ]
    }

    private var startUp: [String] {
        let timeout = (deployment.specification.timeoutSeconds ?? 5) * 1_000
        let begin = startTicks
        return [
            line(begin, "I", 73, "azmlinfsrv", "Starting up app insights client"),
            line(
                begin + Self.second,
                "I",
                73,
                "azmlinfsrv.user_script",
                "Found user script at /var/azureml-app/onlinescoring/"
                    + (deployment.specification.scoringScript ?? "score.py")
            ),
            line(begin + 6 * Self.second, "I", 73, "azmlinfsrv.user_script", "Invoking user's init function"),
            line(
                begin + 21 * Self.second,
                "I",
                73,
                "azmlinfsrv.user_script",
                "Users's init has completed successfully"
            ),
            line(begin + 21 * Self.second, "I", 73, "azmlinfsrv", "Scoring timeout is set to \(timeout)"),
            line(begin + 22 * Self.second, "I", 73, "azmlinfsrv", "Worker with pid 73 ready for serving traffic"),
        ]
    }

    private var crash: [String] {
        [
            line(startTicks, "E", 73, "azmlinfsrv", "Encountered Exception: Traceback (most recent call last):"),
            "ModuleNotFoundError: No module named 'flash_attn'",
            line(
                startTicks + Self.second,
                "E",
                73,
                "azmlinfsrv",
                "Failed to load the user script; exiting with code 3"
            ),
        ]
    }

    private func line(_ ticks: Int64, _ level: String, _ pid: Int, _ logger: String, _ message: String) -> String {
        "\(CivilTime(ticks: ticks).pythonLog) \(level) [\(pid)] \(logger) - \(message)"
    }

    private func three(_ value: Double) -> String {
        let thousandths = Int((max(0.1, value) * 1_000).rounded())
        return "\(thousandths / 1_000).\((thousandths % 1_000).padded(3))"
    }
}

extension TrafficRow {
    fileprivate var hasReachedContainer: Bool {
        exception != nil || modelStatusCode.map { $0 != 503 } == true
    }

    /// What the scoring script raised.
    fileprivate var exception: String? {
        if let served { return served.facts.exception }
        return outcome == .modelError ? ModelFault.notANumber.exception : nil
    }
}
