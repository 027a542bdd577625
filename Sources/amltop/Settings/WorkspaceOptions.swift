import ArgumentParser
import Dashboard
import Glibc

/// Which workspace is meant, by flags; `SettingsResolver` knows where else to look.
struct WorkspaceOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(text(.optionSubscription)))
    var subscription: String?

    @Option(name: [.customShort("g"), .long], help: ArgumentHelp(text(.optionResourceGroup)))
    var resourceGroup: String?

    @Option(name: [.customShort("w"), .long], help: ArgumentHelp(text(.optionWorkspaceName)))
    var workspaceName: String?

    var namesAny: Bool { subscription != nil || resourceGroup != nil || workspaceName != nil }
}

extension [String: String] {
    /// The environment of this process.
    static var process: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let line = entry.pointee {
            let text = String(cString: line)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }

    /// A variable's value; an empty one counts as not set.
    func value(_ name: String) -> String? {
        guard let value = self[name], !value.isEmpty else { return nil }
        return value
    }
}
