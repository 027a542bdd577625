import ArgumentParser
import Dashboard
import JSONValue

/// How a command prints its answer.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case json
    case table
}

struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionOutput)))
    var output: OutputFormat = .json

    /// Prints the answer to stdout, and nothing else goes there.
    func print(_ value: @autoclosure () -> JSONValue, table: @autoclosure () -> TextTable) {
        switch output {
        case .json: writeToStandardOutput(value().text(pretty: true) + "\n")
        case .table: writeToStandardOutput(table().text)
        }
    }
}
