import FoundationEssentials
import JSONValue
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// `amltop online-endpoint invoke` as a script meets it.
@Suite(.serialized) struct ProgramInvokeTests {
    /// A folder with a payload in it, gone at the end.
    private final class Folder {
        let path = "/tmp/amltop-invoke-\(UUID().uuidString)"
        var request: String { path + "/request.json" }

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try write(#"{"data": [[1, 2, 3]]}"#, to: "request.json")
        }

        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func invoke(
        _ arguments: [String],
        _ simulator: SimulatorProcess,
        changing changes: [String: String] = [:]
    ) async throws -> CommandProcess {
        try await CommandProcess(
            ["online-endpoint", "invoke"] + arguments,
            environment: simulator.environment.merging(changes) { $1 }
        )
    }

    /// What a shell prints that has the simulator's variables and this program as `$AMLTOP`.
    private func shell(
        _ line: String,
        _ simulator: SimulatorProcess,
        changing changes: [String: String] = [:]
    ) async throws -> CommandProcess {
        let variables = simulator.environment.merging(["AMLTOP": amltopPath]) { $1 }.merging(changes) { $1 }
        return try await CommandProcess(["-c", line], environment: variables, of: "/bin/sh")
    }

    @Test func allAuthModesScoreRoutedAndPinned() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        for (endpoint, deployment) in [
            ("my-endpoint", "blue"), ("pricing-kr", "v12"), ("fraud-scoring", "green"),
        ] {
            for pin in [[], ["-d", deployment], ["--deployment-name", deployment]] {
                let command = try await invoke(
                    ["--name", endpoint, "--request-file", folder.request] + pin,
                    simulator
                )
                #expect(command.status == 0 && command.errors == "", "\(endpoint): \(command.errors)")
                #expect(try JSONValue.parse(command.output).arrayValue?.count == 1)
            }
        }
        for slot in ["primary", "secondary"] {
            let command = try await invoke(["-n", "my-endpoint", "-r", folder.request, "--key", slot], simulator)
            #expect(command.status == 0)
        }
    }

    @Test func theAnswerAsJSONSaysWhatIsKnownOfIt() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let command = try await invoke(
            ["-n", "fraud-scoring", "-d", "green", "-r", folder.request, "-o", "json"],
            simulator
        )
        let answer = try JSONValue.parse(command.output)
        #expect(
            answer.objectValue?.members.map(\.name) == [
                "status", "modelStatus", "deployment", "requestId", "clientRequestId", "timingsMs", "headers", "body",
            ]
        )
        #expect(answer["status"]?.intValue == 200 && answer["deployment"]?.stringValue == "green")
        #expect(answer["modelStatus"]?.isNull == true && answer["body"]?.arrayValue?.isEmpty == false)
        let timings = answer["timingsMs"]
        let phases = ["resolve", "connect", "tls", "send", "firstByte", "receive"].map { timings?[$0]?.doubleValue }
        #expect(phases.allSatisfy { ($0 ?? -1) >= 0 })
        let sum = phases.reduce(0) { $0 + ($1 ?? 0) }
        // Each is rounded to the microsecond.
        #expect(abs(sum - (timings?["total"]?.doubleValue ?? 0)) < 0.01)
        let query = try await invoke(
            ["-n", "fraud-scoring", "-r", folder.request, "--query", "headers.\"content-type\"", "-o", "tsv"],
            simulator
        )
        #expect(query.output.hasPrefix("application/json"))
    }

    @Test func theBodyComesFromAFileFromStdinOrFromAPayloadFile() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let piped = try await shell(
            "\"$AMLTOP\" online-endpoint invoke -n my-endpoint -r - < \(folder.request)",
            simulator
        )
        #expect(piped.status == 0 && piped.output.hasPrefix("["))
        let front = "---\nendpoint: fraud-scoring\ndeployment: green\nheaders:\n  x-case: \"7\"\n---\n"
        try folder.write(front + #"{"data": [[1]]}"#, to: "case.payload")
        func deployment(_ flags: [String]) async throws -> String? {
            let command = try await invoke(["-r", folder.path + "/case.payload", "-o", "json"] + flags, simulator)
            #expect(command.status == 0, "\(command.errors)")
            return try JSONValue.parse(command.output)["deployment"]?.stringValue
        }
        #expect(try await deployment([]) == "green")
        #expect(try await deployment(["-d", "blue"]) == "blue")
        let other = try await invoke(
            ["-r", folder.path + "/case.payload", "-n", "my-endpoint", "-d", "blue"],
            simulator
        )
        #expect(other.status == 0)
        let dry = try await invoke(
            ["-r", folder.path + "/case.payload", "--dry-run", "--header", "X-Case=8", "--content-type", "a/b"],
            simulator
        )
        let headers = try JSONValue.parse(dry.output)["requests"]?[0]?["headers"]
        #expect(headers?["X-Case"]?.stringValue == "8" && headers?["x-case"] == nil)
        #expect(headers?["Content-Type"]?.stringValue == "a/b")
        #expect(headers?["azureml-model-deployment"]?.stringValue == "green")
    }

    /// Its parts once each, in their order.
    @Test func anAnswerOfEventsIsPrintedWhole() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        try folder.write(#"{"messages": [{"role": "user", "content": "hi"}], "stream": true}"#, to: "chat.json")
        let command = try await invoke(["-n", "llm-gateway", "-r", folder.path + "/chat.json"], simulator)
        #expect(command.status == 0 && command.errors == "")
        #expect(command.output.hasPrefix("data: ") && command.output.hasSuffix("data: [DONE]\n\n"))
        for once in ["\"role\":\"assistant\"", "\"finish_reason\":\"stop\"", "[DONE]"] {
            #expect(command.output.ranges(of: once).count == 1, "\(once)")
        }
    }

    @Test func theBodyIsPrintedByteForByte() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let hostile: JSONValue = ["kind": "status", "status": 200, "body": "\u{1B}[2J\u{0}\r\n\u{202E}x"]
        try simulator.order(hostile.text(), on: "/score")
        let command = try await invoke(["-n", "my-endpoint", "-r", folder.request], simulator)
        #expect(command.status == 0 && command.output == "\u{1B}[2J\u{0}\r\n\u{202E}x")
    }

    @Test(arguments: [
        (200, 0), (204, 0), (302, 1), (400, 1), (401, 4), (403, 4), (404, 3), (408, 5), (413, 1), (424, 1), (429, 5),
        (500, 1), (503, 1), (504, 5),
    ])
    func eachStatusHasItsExitCodeAndItsWords(_ status: Int, _ code: Int32) async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let body = status == 204 ? "" : "the body"
        let fault: JSONValue = [
            "kind": "status", "status": .number(JSONNumber(status)), "body": .string(body),
            "headers": ["x-request-id": "r-17", "ms-azureml-model-error-statuscode": "500"],
        ]
        try simulator.order(fault.text(), on: "/score")
        for language in ["en", "ko"] {
            let command = try await invoke(
                ["-n", "my-endpoint", "-r", folder.request, "--language", language],
                simulator
            )
            #expect(command.status == code && command.output == body, "\(command)")
            guard code != 0 else {
                #expect(command.errors == "")
                continue
            }
            #expect(command.errors.contains("HTTP \(status): ") && command.errors.contains("r-17"))
            let isKorean = command.errors.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) }
            #expect(isKorean == (language == "ko"))
        }
    }

    @Test func noAnswerInTimeIsFive() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        try simulator.order(#"{"kind": "delay", "ms": 60000}"#, on: "/score")
        let command = try await invoke(["-n", "my-endpoint", "-r", folder.request, "--timeout", "1"], simulator)
        #expect(command.status == 5 && command.output == "" && command.errors.contains("1 s"), "\(command)")
    }

    @Test func wrongUseIsTwoAndSendsNothing() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let mine = ["-n", "my-endpoint", "-r", folder.request]
        for arguments in [
            ["-r", folder.request], ["-n", "my-endpoint", "-r", folder.path + "/none.json"],
            mine + ["--header", "Authorization=Bearer x"], mine + ["--header", "nonsense"],
            mine + ["--header", "a b=c"], mine + ["--timeout", "0"], mine + ["--repeat", "10001"],
            mine + ["--parallel", "2"], mine + ["--repeat", "2", "--parallel", "17"], mine + ["--query", "["],
            ["-n", "fraud-scoring", "-r", folder.request, "--key", "primary"],
        ] {
            let command = try await invoke(arguments, simulator)
            #expect(command.status == 2 && command.output == "" && command.errors != "", "\(arguments): \(command)")
        }
        #expect(try await invoke(["-n", "nowhere", "-r", folder.request], simulator).status == 3)
    }

    @Test func anUnencryptedScoringURIWantsTheNameOnceMore() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let line = ["-n", "edge-k8s", "-r", folder.request]
        let refused = try await invoke(line, simulator)
        #expect(refused.status == 2 && refused.output == "" && refused.errors.contains("--allow-http edge-k8s"))
        #expect(try await invoke(line + ["--allow-http", "my-endpoint"], simulator).status == 2)
        #expect(try await invoke(line + ["--allow-http", "edge-k8s"], simulator).status == 0)
    }

    @Test func aContextThatForbidsScoringRefuses() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let variables = simulator.environment
        try FileManager.default.createDirectory(atPath: folder.path + "/amltop", withIntermediateDirectories: true)
        let names = [
            ("subscription", "AZURE_SUBSCRIPTION_ID"), ("resource_group", "AZURE_DEFAULTS_GROUP"),
            ("workspace", "AZURE_DEFAULTS_WORKSPACE"),
        ]
        let place = names.map { "\($0.0): \(variables[$0.1] ?? "")" }.joined(separator: ", ")
        try folder.write("contexts:\n  - {name: shut, \(place), scoring: false}\n", to: "amltop/config.yaml")
        let command = try await invoke(
            ["-n", "my-endpoint", "-r", folder.request, "--context", "shut"],
            simulator,
            changing: ["XDG_CONFIG_HOME": folder.path]
        )
        #expect(command.status == 1 && command.output == "" && command.errors != "", "\(command)")
    }

    @Test func aDryRunShowsTheRequestWithoutTheSecretAndSendsNothing() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        try simulator.order(#"{"kind": "status", "status": 500}"#, on: "/score")
        let command = try await invoke(
            ["-n", "my-endpoint", "-r", folder.request, "-d", "blue", "--dry-run"],
            simulator
        )
        let plan = try JSONValue.parse(command.output)
        let request = plan["requests"]?[0]
        #expect(command.status == 0 && command.errors == "")
        #expect(request?["method"]?.stringValue == "POST" && request?["body"]?["data"] != nil)
        #expect(request?["headers"]?["Authorization"]?.stringValue == "Bearer $AML_KEY")
        #expect(plan["az"]?.stringValue?.hasPrefix("az ml online-endpoint invoke -n my-endpoint -r ") == true)
        #expect(plan["curl"]?.stringValue?.contains("$AML_KEY") == true)
        let entra = try await invoke(["-n", "fraud-scoring", "-r", folder.request, "--dry-run"], simulator)
        #expect(try JSONValue.parse(entra.output)["az"]?.isNull == true)
    }

    @Test func noSecretIsInWhatItPrintsOrLogs() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        for (endpoint, name) in [
            ("my-endpoint", "primaryKey"), ("pricing-kr", "accessToken"), ("fraud-scoring", "accessToken"),
        ] {
            let credentials = try await CommandProcess(
                ["online-endpoint", "get-credentials", "-n", endpoint],
                environment: simulator.environment
            )
            let secret = try #require(try JSONValue.parse(credentials.output)[name]?.stringValue)
            let log = folder.path + "/log"
            var printed = ""
            for flags in [["-o", "json"], ["--dry-run"], ["--repeat", "3", "-o", "json"], ["--repeat", "3"]] {
                let command = try await invoke(
                    ["-n", endpoint, "-r", folder.request, "--debug", "--log", log] + flags,
                    simulator
                )
                #expect(command.status == 0)
                printed += command.output + command.errors
            }
            printed += String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
            #expect(printed.contains("onlineEndpoints.invoke") && secret.count >= 16)
            // A token is signed anew each time: its first half is what says whose it is.
            #expect(!printed.contains(secret) && !printed.contains("Bearer ey"))
            #expect(!printed.contains(String(secret.prefix(24))))
        }
    }

    @Test func aRepetitionIsSummedUp() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let line = ["-n", "my-endpoint", "-r", folder.request, "--repeat"]
        let command = try await invoke(line + ["25", "--parallel", "2", "-o", "json"], simulator)
        #expect(command.status == 0 && command.errors == "", "\(command)")
        let summary = try JSONValue.parse(command.output)
        #expect(summary["sampleCount"]?.intValue == 25 && summary["failures"]?.intValue == 0)
        #expect(summary["statusCodes"]?["200"]?.intValue == 25 && summary["state"]?.stringValue == "finished")
        let latency = summary["latencyMs"]
        #expect((latency?["p95"]?.doubleValue ?? 0) > 0 && latency?["p99"]?.isNull == true)
        let words = try await invoke(line + ["3"], simulator)
        #expect(words.status == 0 && words.output == "" && words.errors.contains("3"))
        try simulator.order(#"{"kind": "status", "status": 429}"#, on: "/score")
        let busy = try await invoke(line + ["5", "-o", "json"], simulator)
        #expect(busy.status == 5)
        #expect(try JSONValue.parse(busy.output)["statusCodes"]?["429"]?.intValue == 5)
    }

    @Test(arguments: [[], ["--repeat", "10000", "-o", "json"]])
    func anInterruptEndsItWithItsCode(_ flags: [String]) async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        try simulator.order(#"{"kind": "delay", "ms": 60000}"#, on: "/score")
        let words = (["-n", "my-endpoint", "-r", folder.request, "--debug", "--log", folder.path + "/log"] + flags)
            .joined(separator: " ")
        // Only when the payload is on its way is there something to interrupt.
        let wait = "until grep -q onlineEndpoints.invoke \(folder.path)/log 2>/dev/null; do sleep 0.05; done"
        let line = "\"$AMLTOP\" online-endpoint invoke \(words) & pid=$!; \(wait); kill -INT $pid; wait $pid"
        let command = try await shell(line, simulator)
        #expect(command.status == 130, "\(command)")
        guard !flags.isEmpty else { return }
        #expect(try JSONValue.parse(command.output)["state"]?.stringValue == "stopped")
    }

    @Test(.enabled(if: access("/usr/bin/curl", X_OK) == 0, "there is no curl"))
    func theArticlesCurlWorksWithWhatWasPrinted() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let line = """
            URI=$("$AMLTOP" online-endpoint show -n my-endpoint --query scoring_uri -o tsv)
            KEY=$("$AMLTOP" online-endpoint get-credentials -n my-endpoint --query primaryKey -o tsv)
            curl --silent --fail --cacert "$SSL_CERT_FILE" --request POST "$URI" \
                --header "Authorization: Bearer $KEY" --header 'Content-Type: application/json' \
                --data @\(folder.request)
            """
        let command = try await shell(line, simulator)
        let invoked = try await invoke(["-n", "my-endpoint", "-r", folder.request], simulator)
        #expect(command.status == 0)
        #expect(try JSONValue.parse(command.output).arrayValue?.count == 1)
        #expect(try JSONValue.parse(invoked.output).arrayValue?.count == 1)
    }

    @Test(.enabled(if: access("/usr/bin/curl", X_OK) == 0, "there is no curl"))
    func theCurlLineOfADryRunWorks() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let line = """
            export AML_KEY=$("$AMLTOP" online-endpoint get-credentials -n my-endpoint --query secondaryKey -o tsv)
            export CURL_CA_BUNDLE="$SSL_CERT_FILE"
            eval "$("$AMLTOP" online-endpoint invoke -n my-endpoint -d blue -r \(folder.request) --dry-run \
                --query curl -o tsv)"
            """
        let command = try await shell(line, simulator)
        #expect(try JSONValue.parse(command.output).arrayValue?.count == 1, "\(command)")
    }
}
