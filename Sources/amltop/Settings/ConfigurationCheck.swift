import AzureCore
import AzureML
import Dashboard
import Glibc

/// What is wrong with a configuration file, and what is odd about it.
struct ConfigurationCheck {
    struct Finding: Equatable {
        var isError: Bool
        /// `config.yaml:3: thresholds.p95: …`
        var line: String
    }

    private(set) var findings: [Finding] = []
    var hasErrors: Bool { findings.contains(where: \.isError) }

    init(path: String) {
        let texts = Catalogue.chosen
        guard access(path, F_OK) == 0 else {
            findings.append(Finding(isError: false, line: texts.text(.configMissing, ["path": path])))
            return
        }
        do throws(ConfigurationError) {
            let configuration = try Configuration(file: path)
            warn(configuration, texts)
        } catch {
            findings.append(Finding(isError: true, line: CommandFailure(error).line))
        }
        if isOpenToOthers(path) { add(.configWritable, ["path": path], texts) }
        if findings.isEmpty { findings.append(Finding(isError: false, line: texts.text(.configGood, ["path": path]))) }
    }

    private mutating func warn(_ configuration: Configuration, _ texts: Catalogue) {
        for place in configuration.unknownKeys {
            // Its value may be anything, a secret too: it is not quoted.
            let key: TextKey = place.field.namesASecret ? .configSecret : .warningUnknownKey
            add(key, ["path": configuration.path, "line": "\(place.line)", "field": place.field], texts)
        }
        var workspaces: [ResourceID: String] = [:]
        for context in configuration.contexts {
            if let other = workspaces[context.address.id] {
                let values = ["path": configuration.path, "name": context.name, "other": other]
                add(.configSameWorkspace, values, texts)
            }
            workspaces[context.address.id] = context.name
            if let cloud = context.cloud, !Cloud.named.contains(where: { $0.name == cloud }) {
                add(.configCloud, ["path": configuration.path, "name": context.name, "cloud": cloud], texts)
            }
        }
    }

    private mutating func add(_ key: TextKey, _ values: [String: String], _ texts: Catalogue) {
        findings.append(Finding(isError: false, line: texts.text(key, values)))
    }

    /// Whoever can write it decides what amltop may change.
    private func isOpenToOthers(_ path: String) -> Bool {
        FileFacts(path: path).map { $0.mode & 0o022 != 0 } ?? false
    }
}

extension String {
    /// Whether a field of that name would hold what must not be in a file.
    fileprivate var namesASecret: Bool {
        let name = lowercased()
        return ["secret", "password", "token", "key"].contains { name.hasSuffix($0) }
    }
}
