import AzureCore
import AzureML
import Dashboard
import TerminalUI

/// The configuration file of amltop: `$XDG_CONFIG_HOME/amltop/config.yaml`.
struct Configuration: Equatable {
    var path = ""
    /// The name of the context that holds where none is named.
    var current: String?
    var contexts: [WorkspaceContext] = []
    var thresholds = Thresholds()
    var language: Language?
    var theme: Theme?
    var usesUTC: Bool?
    var logWindowSeconds: Double?
    /// Keys that mean nothing here.
    var unknownKeys: [Place] = []

    /// A field of the file, with its line (from 1).
    struct Place: Equatable {
        var line: Int
        /// `thresholds.p95` for example.
        var field: String
    }

    func context(named name: String) -> WorkspaceContext? { contexts.first { $0.name == name } }

    /// Those that are read-only however they were come by: named, or chosen on the dashboard.
    var readOnlyWorkspaces: [ResourceID] { contexts.filter(\.isReadOnly).map(\.address.id) }
    /// Where payloads are not to be sent.
    var unscoredWorkspaces: [ResourceID] { contexts.filter { !$0.allowsScoring }.map(\.address.id) }

    /// How those that are configured set themselves off.
    var workspaceMarks: [ResourceID: WorkspaceMark] {
        let marks = contexts.map { context in
            (
                context.address.id,
                WorkspaceMark(context: context.name, isProduction: context.isProduction, accent: context.accent)
            )
        }
        return Dictionary(marks) { first, _ in first }
    }

    /// `~/.config` where `XDG_CONFIG_HOME` is not set; nil without a home.
    static func path(in environment: [String: String]) -> String? {
        let folder = environment.value("XDG_CONFIG_HOME") ?? environment.value("HOME").map { $0 + "/.config" }
        return folder.map { $0 + "/amltop/config.yaml" }
    }

    /// That of this process, read once; an empty one where there is no file.
    static let ofProcess = Result { () throws(ConfigurationError) in
        guard let path = path(in: .process) else { return Configuration() }
        return try Configuration(file: path)
    }

    /// For the completion of `--context`.
    static var contextNames: [String] { (try? ofProcess.get().contexts.map(\.name)) ?? [] }
}

/// A workspace by name, with how careful amltop has to be there.
struct WorkspaceContext: Equatable {
    var name: String
    var subscription: String
    var resourceGroup: String
    var workspace: String
    var tenant: String?
    var cloud: String?
    var isProduction = false
    var isReadOnly = false
    var allowsScoring = true
    var accent: Accent?
}

/// What is wrong with the configuration file, and where.
struct ConfigurationError: Error, Equatable {
    enum Problem: Equatable {
        case unreadable(number: Int32)
        case notYAML(String)
        /// A name and a value were expected, a list, a text.
        case notMapping, notList, notText
        case missing
        case notOneOf([String])
        case notSpan, notShare, notSwitch, notPair
        /// The first of a pair is the warning, the second the alert.
        case wrongOrder
        case outOfRange(String)
        case repeatedName
        case unknownContext(String)
    }

    var path: String
    /// From 1; nil where the whole file is meant.
    var line: Int?
    var field: String?
    var problem: Problem
}
