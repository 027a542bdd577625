import ArgumentParser

/// How a command prints its answer, as `az -o` has it; those that end in `c` are coloured on a terminal.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case json, jsonc, yaml, yamlc, table, tsv, none
}
