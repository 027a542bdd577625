import JSONValue
import Testing

/// What commands print, in every form, as a script meets it.
@Suite(.serialized) struct ProgramOutputTests {
    @Test func everyFormSaysTheSame() async throws {
        let simulator = try await SimulatorProcess()
        func show(_ form: String) async throws -> String {
            let command = try await CommandProcess(
                ["online-endpoint", "show", "-n", "my-endpoint", "-o", form],
                environment: simulator.environment
            )
            #expect(command.status == 0 && command.errors == "")
            return command.output
        }
        let json = try await show("json")
        let fields = try #require(try JSONValue.parse(json).objectValue)
        #expect(try await show("jsonc") == json, "not a terminal: no colours")
        let yaml = try await show("yaml")
        #expect(yaml.hasPrefix("auth_mode: key\n") && yaml.contains("\ntraffic:\n  blue: 100\n"))
        #expect(try await show("yamlc") == yaml)
        let cells = try await show("tsv").split(separator: "\t", omittingEmptySubsequences: false)
        #expect(cells.count == fields.count && cells[0] == "key")
        #expect(try await show("none") == "")
        let wrong = try await CommandProcess(["online-endpoint", "list", "-o", "xml"])
        #expect(wrong.status == 2)
    }

    @Test func aListIsALineEach() async throws {
        let simulator = try await SimulatorProcess()
        let command = try await CommandProcess(
            ["online-deployment", "list", "-e", "fraud-scoring", "-o", "tsv"],
            environment: simulator.environment
        )
        #expect(command.output.split(separator: "\n").count == 3)
        #expect(command.output.contains("\tfraud-scoring\t"))
    }

    @Test func onATerminalTheColouredFormsAreColoured() async throws {
        let simulator = try await SimulatorProcess()
        for (variables, isColoured) in [([:], true), (["NO_COLOR": "1"], false)] {
            for form in ["jsonc", "yamlc"] {
                let terminal = try PseudoTerminal(
                    amltopPath,
                    arguments: ["online-endpoint", "show", "-n", "my-endpoint", "-o", form],
                    environment: simulator.environment.merging(variables) { $1 }
                )
                #expect(try await terminal.waitForExit() == .exited(0))
                #expect(terminal.output.contains(0x1B) == isColoured, "\(form)")
            }
        }
    }

    @Test func shellsLearnTheCommandsAndTheirWords() async throws {
        for shell in ["bash", "zsh", "fish"] {
            let script = try await CommandProcess(["--generate-completion-script", shell])
            #expect(script.status == 0 && script.errors == "")
            for word in [
                "online-endpoint", "get-credentials", "status", "light", "yamlc", "incident", "only-show-errors", "ko",
            ] {
                #expect(script.output.contains(word), "\(word) in \(shell)")
            }
        }
    }
}
