import ArgumentParser
import AzureML
import Dashboard
import Glibc
import JSONValue

struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp(Self.help))
    var output: OutputFormat = .json

    @Option(help: ArgumentHelp(text(.optionQuery)))
    var query: String?

    /// Before anything is sent: a query with a slip in it must not cost a request.
    func validate() throws {
        do throws(CommandFailure) {
            _ = try query.map(AnswerQuery.init)
        } catch {
            throw ValidationError(error.line)
        }
    }

    private static var help: String {
        Catalogue.chosen.text(
            .optionOutput,
            ["words": OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")]
        )
    }

    /// Prints the answer to stdout, or what the query picks from it, and nothing else goes there.
    ///
    /// A query that finds nothing prints nothing, as with `az`.
    ///
    /// - Throws: `CommandFailure` where the query does not fit the answer.
    func print(_ value: @autoclosure () -> JSONValue, table: @autoclosure () -> TextTable) throws {
        guard let query else { return write(value, table: table) }
        let found = try AnswerQuery(query).search(value())
        guard !found.isNull else { return }
        write({ found }, table: { .queried(found) })
    }

    private func write(_ value: () -> JSONValue, table: () -> TextTable) {
        switch output {
        case .json: writeToStandardOutput(value().text(pretty: true) + "\n")
        case .jsonc:
            writeToStandardOutput(Colouring.isWanted ? Colouring.json(value()) : value().text(pretty: true) + "\n")
        case .yaml: writeToStandardOutput(value().yaml())
        case .yamlc: writeToStandardOutput(Colouring.isWanted ? Colouring.yaml(value()) : value().yaml())
        case .table: writeToStandardOutput(table().text)
        case .tsv: writeToStandardOutput(TabSeparated.text(value(), isForTerminal: isatty(1) == 1))
        case .none: break
        }
    }
}
