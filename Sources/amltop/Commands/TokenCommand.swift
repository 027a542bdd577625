import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import Glibc
import JSONValue
import TerminalUI

/// `amltop token`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: text(.commandToken),
        subcommands: [Inspect.self]
    )

    /// Reads a token from standard input and says what it says. Nothing is asked of anybody.
    struct Inspect: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "inspect",
            abstract: text(.commandTokenInspect),
            discussion: text(.commandTokenInspectDiscussion)
        )

        @Option(name: .customLong("for"), help: ArgumentHelp(text(.optionTokenFor)))
        var use: TokenUse?

        /// Taken only to be refused: an argument can be read by everyone on the machine.
        @Argument(help: .hidden)
        var refused: [String] = []

        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        func run() throws {
            guard refused.isEmpty else { throw CommandFailure(text(.errorTokenArgument), .usage) }
            do {
                let invocation = try Invocation.ofProcess()
                if isatty(0) == 1, !invocation.flags.showsOnlyErrors {
                    writeToStandardError(text(.tokenReading) + "\n")
                }
                let pasted = TokenText(StandardInput.line(limit: TokenInspection.Limits.tokenBytes + 1))
                let report = TokenReport(
                    TokenInspection(pasted.token),
                    wrappings: pasted.wrappings,
                    in: try invocation.namedCloud()
                )
                try print(report, invocation)
            } catch {
                throw try CommandFailure(wrapping: error)
            }
        }

        private func print(_ report: TokenReport, _ invocation: Invocation) throws {
            let now = Date()
            let explanation = TokenExplanation(
                report: report,
                intendedUse: use?.audience,
                texts: .chosen,
                now: now,
                zone: invocation.flags.usesUTC ? .utc : .local(at: now)
            )
            try output.print(report.json(use: use?.audience, now: now), table: explanation.table)
        }
    }
}

/// What a token is meant for, in the words of the command line.
enum TokenUse: String, ExpressibleByArgument, CaseIterable {
    case arm, ml, logs

    var audience: TokenAudience {
        switch self {
        case .arm: .resourceManager
        case .ml: .machineLearning
        case .logs: .logAnalytics
        }
    }
}

extension TokenExplanation {
    /// Name and value in two columns, the sentences above.
    var table: TextTable {
        var rows = verdicts.map { [$0.mark, $0.text] }
        for section in sections {
            rows += [["", ""], [section.title, ""]] + section.fields.map { ["  " + $0.name, $0.value.text] }
        }
        return TextTable(titles: [text(.tokenColumnName), text(.tokenColumnValue)], rows: rows)
    }
}

extension TokenReport {
    /// For programs: everything by name, times as in the token; texts are bounded.
    func json(use: TokenAudience?, now: Date) -> JSONValue {
        let claims = inspection.facts.claims
        var fields = JSONFields()
        fields.add("form", inspection.form.word)
        fields.add("header", inspection.isReadable || !inspection.header.isEmpty ? .object(inspection.header) : nil)
        fields.add("claims", inspection.isReadable ? .object(inspection.claims) : nil)
        fields.add("signature", "notChecked")
        if let expiresAt = claims.expiresAt {
            fields.add("expiresAt", ISO8601.text(expiresAt))
            fields.add("secondsLeft", Int(expiresAt.timeIntervalSince(now).rounded(.down)))
        }
        let fits = verdicts.map { verdict in
            JSONObject.Member(name: verdict.use.word, value: .string(verdict.finding.word))
        }
        fields.add("audienceFits", inspection.isReadable ? .object(JSONObject(fits)) : nil)
        if let use, inspection.isReadable {
            fields.add("isForUse", verdicts.first { $0.use == use }.map { .bool($0.finding == .fits) })
        }
        return fields.value
    }
}

extension TokenAudience {
    fileprivate var word: String {
        switch self {
        case .resourceManager: "arm"
        case .machineLearning: "ml"
        case .logAnalytics: "logs"
        }
    }
}

extension AudienceVerdict.Finding {
    fileprivate var word: String {
        switch self {
        case .fits: "yes"
        case .doesNotFit: "no"
        case .unknown: "unknown"
        }
    }
}

extension TokenInspection.Form {
    fileprivate var word: String {
        switch self {
        case .signed: "signed"
        case .encrypted: "encrypted"
        case .opaque: "opaque"
        case .wrongPartCount, .broken: "broken"
        case .empty: "empty"
        case .tooLong: "tooLong"
        }
    }
}

extension Invocation {
    /// The cloud that is named, without asking anybody; the public one where the name is none we know.
    func namedCloud() throws -> Cloud {
        let settings = try resolver.settings(WorkspaceOptions.parse([]), needsWorkspace: false)
        let name = settings.variables.value("AZUREML_CURRENT_CLOUD")?.lowercased()
        return Cloud.named.first { $0.name.lowercased() == name } ?? .azureCloud
    }
}

/// What somebody feeds to a command.
enum StandardInput {
    /// Everything up to the end, or for a terminal up to the end of the line, which is not echoed.
    static func line(limit: Int) -> String {
        var saved = termios()
        let isTerminal = isatty(0) == 1 && tcgetattr(0, &saved) == 0
        if isTerminal {
            var silent = saved
            // Neither echo nor lines: a terminal's line ends after 4095 bytes, which is less than some tokens have.
            silent.c_lflag &= ~tcflag_t(ECHO | ICANON)
            tcsetattr(0, TCSAFLUSH, &silent)
        }
        defer { if isTerminal { tcsetattr(0, TCSAFLUSH, &saved) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
            if isTerminal, let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x04 }) {
                bytes.removeSubrange(end...)
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
