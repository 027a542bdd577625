import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import Glibc
import JSONValue

/// How the workspace stands: for a script by the exit code, for a status line in one line.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: text(.commandStatus))

    @Flag(help: ArgumentHelp(text(.optionStatusLine)))
    var line = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var globals: GlobalOptions

    func run() throws {
        do {
            let invocation = try Invocation.ofProcess()
            let settings = try invocation.resolver.settings(workspace)
            let logger = try ProgramLog.logger(invocation)
            let report = try runBlocking {
                var azure: LiveAzure?
                let program = StatusProgram(workspace: settings.workspace) { invocation.prepare(&$0) }
                let state = await program.look { observer in
                    let live = LiveAzure(observer: observer, logger: logger) { settings }
                    azure = live
                    return .live(live)
                }
                await azure?.shutdown()
                return state.statusReport(texts: .chosen)
            }
            try print(report, name: settings.workspace.name, isASCII: invocation.flags.isASCII)
            Glibc.exit(report.exitCode)
        } catch {
            throw try CommandFailure(wrapping: error)
        }
    }

    private func print(_ report: StatusReport, name: String, isASCII: Bool) throws {
        if line {
            writeToStandardOutput(report.line(.chosen, isASCII: isASCII) + "\n")
        } else {
            try output.print(report.json(workspace: name), table: report.table(.chosen))
        }
    }
}

extension StatusReport {
    /// 0 calm, 10 warning, 20 alert.
    var exitCode: Int32 {
        switch severity {
        case .alert: 20
        case .warning: 10
        case .note, nil: 0
        }
    }

    /// `▲1 ◆2 · 9 endpoints · llm-gateway: its last operation failed`
    func line(_ texts: Catalogue, isASCII: Bool) -> String {
        var counts: [String] = []
        if summary.alertCount > 0 { counts.append((isASCII ? "!!" : "▲") + "\(summary.alertCount)") }
        if summary.warningCount > 0 { counts.append((isASCII ? "!" : "◆") + "\(summary.warningCount)") }
        var parts = [
            counts.isEmpty
                ? (isComplete ? texts[.statusCalm] : texts[.statusIncomplete]) : counts.joined(separator: " ")
        ]
        parts.append(texts.text(.headerEndpoints, ["count": Format.count(summary.endpointCount)]))
        if let worst = items.first, worst.severity > .note { parts.append(worst.line) }
        return Printable.text(parts.joined(separator: isASCII ? " - " : " · "))
    }

    func json(workspace: String) -> JSONValue {
        var fields = JSONFields()
        fields.add("alerts", summary.alertCount)
        fields.add("complete", isComplete)
        fields.add("deployments", summary.deploymentCount)
        fields.add("endpoints", summary.endpointCount)
        fields.add("findings", .array(items.map(\.json)))
        fields.add("severity", severity?.word ?? "calm")
        fields.add("warnings", summary.warningCount)
        fields.add("workspace", workspace)
        return fields.value
    }

    func table(_ texts: Catalogue) -> TextTable {
        TextTable(
            titles: [texts[.statusColumnSubject], texts[.statusColumnSeverity], texts[.statusColumnFinding]],
            rows: items.map { item in
                let severity =
                    switch item.severity {
                    case .note: texts[.statusSeverityNote]
                    case .warning: texts[.statusSeverityWarning]
                    case .alert: texts[.statusSeverityAlert]
                    }
                return [item.endpoint ?? texts[.statusWorkspace], severity, item.text]
            }
        )
    }
}

extension StatusReport.Item {
    fileprivate var line: String { endpoint.map { "\($0): \(text)" } ?? text }

    fileprivate var json: JSONValue {
        var fields = JSONFields()
        fields.add("endpoint", endpoint)
        fields.add("finding", text)
        fields.add("severity", severity.word)
        return fields.value
    }
}

extension Severity {
    /// For scripts: the same in every language.
    fileprivate var word: String {
        switch self {
        case .note: "note"
        case .warning: "warning"
        case .alert: "alert"
        }
    }
}
