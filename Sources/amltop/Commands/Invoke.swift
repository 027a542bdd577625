import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import Glibc
import JSONValue

extension OnlineEndpointCommand {
    /// Sends a payload to an online endpoint, as `az ml online-endpoint invoke`, with Microsoft Entra tokens too.
    struct Invoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invoke",
            abstract: text(.commandOnlineEndpointInvoke),
            discussion: text(.commandOnlineEndpointInvokeDiscussion)
        )

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionInvokeName)))
        var name: String?

        @Option(
            name: [.customShort("r"), .long],
            help: ArgumentHelp(text(.optionRequestFile), valueName: "file"),
            completion: .file()
        )
        var requestFile: String

        @Option(name: [.customShort("d"), .long], help: ArgumentHelp(text(.optionInvokeDeployment)))
        var deploymentName: String?

        @Option(name: .long, help: ArgumentHelp(text(.optionKeySlot)))
        var key: Slot?

        @Option(name: .long, help: ArgumentHelp(text(.optionContentType), valueName: "type"))
        var contentType: String?

        @Option(name: .long, help: ArgumentHelp(text(.optionHeader), valueName: "name=value"))
        var header: [String] = []

        @Option(name: .long, help: ArgumentHelp(text(.optionTimeout), valueName: "seconds"))
        var timeout = 190

        @Option(name: .long, help: ArgumentHelp(mostText(.optionRepeat, ScoringSeries.mostRequests), valueName: "n"))
        var `repeat`: Int?

        @Option(name: .long, help: ArgumentHelp(mostText(.optionParallel, ScoringSeries.mostParallel), valueName: "n"))
        var parallel: Int?

        @Option(name: .long, help: ArgumentHelp(text(.optionAllowHttp), valueName: "name"))
        var allowHttp: String?

        @Flag(name: .long, help: ArgumentHelp(text(.optionDryRun)))
        var dryRun = false

        @Option(name: .shortAndLong, help: ArgumentHelp(Self.outputHelp))
        var output: OutputFormat?

        @Option(help: ArgumentHelp(text(.optionQuery)))
        var query: String?

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var globals: GlobalOptions

        /// The words of `--key`.
        enum Slot: String, ExpressibleByArgument, CaseIterable {
            case primary, secondary

            var credential: ScoringCredential { self == .primary ? .primary : .secondary }
        }

        private static var outputHelp: String {
            let words = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
            return Catalogue.chosen.text(.optionInvokeOutput, ["words": words])
        }

        private static func mostText(_ key: TextKey, _ most: Int) -> String {
            Catalogue.chosen.text(key, ["most": "\(most)"])
        }

        /// Before anything is sent: a slip must not cost a request.
        func validate() throws {
            do throws(CommandFailure) {
                _ = try query.map(AnswerQuery.init)
            } catch {
                throw ValidationError(error.line)
            }
            guard (1...3600).contains(timeout) else { throw ValidationError(text(.invokeBadTimeout)) }
            if let count = self.repeat, !(1...ScoringSeries.mostRequests).contains(count) {
                throw ValidationError(Self.mostText(.invokeBadRepeat, ScoringSeries.mostRequests))
            }
            if let parallel, self.repeat == nil || !(1...ScoringSeries.mostParallel).contains(parallel) {
                throw ValidationError(Self.mostText(.invokeBadParallel, ScoringSeries.mostParallel))
            }
        }

        func run() throws {
            let interrupt = Interrupt()
            do {
                let invocation = try Invocation.ofProcess()
                let payload = try InvokePayload(
                    path: requestFile,
                    endpoint: name,
                    deployment: deploymentName,
                    contentType: contentType,
                    headers: header
                )
                let settings = try invocation.resolver.settings(workspace, needsWorkspace: true)
                guard settings.allowance.allowsScoring || dryRun else {
                    throw AzureError(.readOnly(method: "POST"), operation: .scoring)
                }
                let logger = try ProgramLog.logger(invocation)
                let run = InvokeRun(
                    payload: payload,
                    path: requestFile,
                    key: key?.credential,
                    timeout: .seconds(timeout),
                    series: self.repeat.map {
                        ScoringSeries(lanes: [payload.deployment], countPerLane: $0, parallel: parallel ?? 1)
                    },
                    agreedPlainHTTP: allowHttp,
                    isDryRun: dryRun,
                    printsBody: output == nil && query == nil
                )
                let outcome = try runBlocking {
                    let azure = LiveAzure(logger: logger) { settings }
                    let result: Result<InvokeRun.Outcome, any Error>
                    do {
                        result = .success(try await interrupt.watching { try await run.perform(azure) })
                    } catch {
                        result = .failure(error)
                    }
                    await azure.shutdown()
                    return try result.get()
                }
                try finish(outcome, isInterrupted: interrupt.hasCome)
            } catch {
                if interrupt.hasCome { Interrupt.leave() }
                throw try CommandFailure(wrapping: error)
            }
        }

        private func finish(_ outcome: InvokeRun.Outcome, isInterrupted: Bool) throws {
            switch outcome {
            case .dryRun(let json): try print(json, table: .object(json))
            case .answer(let answer, let wording, let isPrinted):
                if output == nil, query == nil {
                    if !isPrinted { InvokeRun.printBody(answer.body) }
                } else {
                    let json = InvokeAnswer.json(answer)
                    try print(json, table: .object(json))
                }
                for line in wording.lines(answer) { writeToStandardError("amltop: \(Printable.text(line))\n") }
                let status = ExitStatus(answer)
                if status != .done { terminate(status) }
            case .series(let series):
                if output == nil, query == nil {
                    writeToStandardError(Printable.lines(series.table.text))
                } else {
                    try print(series.json, table: series.table)
                }
                let report = series.report
                if report.state == .stopped {
                    let values: KeyValuePairs = ["count": "\(report.endedCount)", "all": "\(report.plan.count)"]
                    writeToStandardError("amltop: \(Catalogue.chosen.text(.invokeStopped, values))\n")
                } else if let failure = report.lastFailure {
                    CommandFailure(failure).report()
                }
                if isInterrupted { Interrupt.leave() }
                if series.exitStatus != .done { terminate(series.exitStatus) }
            }
        }

        private func print(_ json: JSONValue, table: TextTable) throws {
            var arguments = ["--output", (output ?? .json).rawValue]
            if let query { arguments += ["--query", query] }
            try OutputOptions.parse(arguments).print(json, table: table)
        }
    }
}
