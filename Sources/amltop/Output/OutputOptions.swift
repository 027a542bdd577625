import ArgumentParser
import AzureML
import Dashboard
import Glibc
import JSONValue

struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp(Self.help))
    var output: OutputFormat = .json

    private static var help: String {
        Catalogue.chosen.text(
            .optionOutput,
            ["words": OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")]
        )
    }

    /// Prints the answer to stdout, and nothing else goes there.
    func print(_ value: @autoclosure () -> JSONValue, table: @autoclosure () -> TextTable) {
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
