import Testing

/// `--query`, and the article's lines with `az ml` or `az` replaced by `amltop`, run by a shell as they are printed.
@Suite(.serialized) struct ProgramQueryTests {
    /// Runs lines in bash where `amltop` is the built program; they print what they want to have looked at.
    private func shell(_ lines: [String], _ environment: [String: String]) async throws -> CommandProcess {
        let function = "amltop() { '\(amltopPath)' \"$@\"; }; "
        return try await CommandProcess(
            ["-euo", "pipefail", "-c", function + lines.joined(separator: "\n")],
            environment: environment,
            of: "/bin/bash"
        )
    }

    @Test func theArticlesLinesForTokensRunVerbatim() async throws {
        let simulator = try await SimulatorProcess()
        let control =
            #"export CONTROL_PLANE_TOKEN=`(amltop account get-access-token --resource https://management.azure.com "#
            + #"--query accessToken | tr -d '"')`"#
        let data =
            #"export DATA_PLANE_TOKEN=`(amltop account get-access-token --resource https://ml.azure.com "#
            + #"--query accessToken | tr -d '"')`"#
        let run = try await shell(
            [control, data, #"echo "$CONTROL_PLANE_TOKEN" "$DATA_PLANE_TOKEN""#],
            simulator.environment
        )
        #expect(run.status == 0 && run.errors == "")
        let tokens = run.output.split(whereSeparator: \.isWhitespace)
        #expect(tokens.count == 2 && tokens.allSatisfy { $0.hasPrefix("eyJ") && $0.split(separator: ".").count == 3 })
        #expect(tokens.first != tokens.last)
    }

    @Test func theArticlesLineForTheScoringURIPrintsAJSONText() async throws {
        let simulator = try await SimulatorProcess()
        let line = #"scoringUri=$(amltop online-endpoint show -n my-endpoint --query "scoring_uri")"#
        let run = try await shell([line, #"echo "$scoringUri""#], simulator.environment)
        #expect(run.status == 0 && run.errors == "")
        #expect(run.output.hasPrefix("\"https://") && run.output.hasSuffix("/score\"\n"))
        let plain = try await shell(
            [#"amltop online-endpoint show -n my-endpoint --query scoring_uri -o tsv"#],
            simulator.environment
        )
        #expect("\"\(plain.output.dropLast())\"\n" == run.output)
    }

    @Test(arguments: [("my-endpoint", "primaryKey"), ("llm-gateway", "accessToken")])
    func theArticlesLinesForCredentialsGiveTheCredentialAlone(_ endpoint: String, _ field: String) async throws {
        let simulator = try await SimulatorProcess()
        let names = [
            "ENDPOINT_NAME=\(endpoint)", "RESOURCE_GROUP=$AZURE_DEFAULTS_GROUP",
            "WORKSPACE_NAME=$AZURE_DEFAULTS_WORKSPACE",
        ]
        let line =
            "export DATA_PLANE_TOKEN=$(amltop online-endpoint get-credentials -n $ENDPOINT_NAME -g $RESOURCE_GROUP "
            + "-w $WORKSPACE_NAME -o tsv --query \(field))"
        let run = try await shell(names + [line, #"echo "$DATA_PLANE_TOKEN""#], simulator.environment)
        #expect(run.status == 0 && run.errors == "")
        let credential = run.output.dropLast()
        #expect(credential.count > 20 && !credential.contains { $0.isWhitespace || $0 == "\"" })
    }

    @Test func aQueryPicksFromTheAnswerInEveryForm() async throws {
        let simulator = try await SimulatorProcess()
        func list(_ query: String, _ form: String) async throws -> CommandProcess {
            try await CommandProcess(
                ["online-endpoint", "list", "--query", query, "-o", form],
                environment: simulator.environment
            )
        }
        let mine = "[?name=='my-endpoint']"
        #expect(try await list(mine + ".name | [0]", "json").output == "\"my-endpoint\"\n")
        #expect(try await list(mine + ".[name,auth_mode]", "tsv").output == "my-endpoint\tkey\n")
        #expect(
            try await list(mine + ".{name:name,mode:auth_mode}", "table").output
                == "Name         Mode\n-----------  ----\nmy-endpoint  key\n"
        )
        #expect(try await list(mine + ".auth_mode", "table").output == "Result\n------\nkey\n")
        let nothing = try await list("[0].nothing", "json")
        #expect(nothing.status == 0 && nothing.output == "" && nothing.errors == "")
    }

    @Test func aSlipInAQueryIsToldWithItsPlaceBeforeAnythingIsSent() async throws {
        let slip = try await CommandProcess(["online-endpoint", "list", "--query", "[0"])
        #expect(slip.status == 2 && slip.output == "" && slip.errors.contains("character 3 of [0"))
        let unknown = try await CommandProcess(["account", "show", "--query", "first(@)"])
        #expect(unknown.status == 2 && unknown.errors.contains("no function first"))
    }

    @Test func aQueryThatDoesNotFitTheAnswerFails() async throws {
        let simulator = try await SimulatorProcess()
        let run = try await CommandProcess(
            ["online-endpoint", "list", "--query", "abs([0].name)"],
            environment: simulator.environment
        )
        #expect(run.status == 1 && run.output == "")
        #expect(run.errors.contains("argument 1 of abs is string, wanted: number"))
    }
}
