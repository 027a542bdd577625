import Dashboard
import Glibc
import TerminalUI
import Yams

extension Configuration {
    /// The file at a path; where there is none, all is as it is without one.
    ///
    /// - Throws: `ConfigurationError` with the line and the field.
    init(file path: String) throws(ConfigurationError) {
        try self.init(yaml: try Self.text(of: path) ?? "", path: path)
    }

    /// - Throws: `ConfigurationError` with the line and the field.
    init(yaml text: String, path: String) throws(ConfigurationError) {
        self.path = path
        var reader = ConfigurationReader(path: path)
        guard let root = try reader.document(text) else { return }
        try reader.read(root, "") { (reader, name, value, field) throws(ConfigurationError) in
            switch name {
            case "current": current = try reader.text(value, field)
            case "contexts": contexts = try reader.contexts(value, field)
            case "thresholds": try reader.read(thresholds: value, field, into: &thresholds)
            case "language": language = try reader.choice(value, field)
            case "theme": theme = try reader.choice(value, field)
            case "time": usesUTC = try reader.choice(value, field, of: ["local": false, "utc": true])
            case "log_window":
                logWindowSeconds = try reader.span(value, field)
                try reader.check(value, field, logWindowSeconds.map { (300...86_400).contains($0) }, "5m–24h")
            default: return false
            }
            return true
        }
        unknownKeys = reader.unknownKeys
        if let current, context(named: current) == nil {
            throw reader.failure(reader.line(of: "current", in: root), "current", .unknownContext(current))
        }
    }

    private static func text(of path: String) throws(ConfigurationError) -> String? {
        do throws(SystemError) {
            return String(decoding: try TextFile.contents(path), as: UTF8.self)
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return nil }
            throw ConfigurationError(path: path, problem: .unreadable(number: error.number))
        }
    }
}

extension ConfigurationReader {
    mutating func contexts(_ node: Node, _ field: String) throws(ConfigurationError) -> [WorkspaceContext] {
        guard let list = node.sequence else { throw failure(node, field, .notList) }
        var contexts: [WorkspaceContext] = []
        for (index, entry) in list.enumerated() {
            let place = "\(field)[\(index + 1)]"
            let context = try context(entry, place)
            if contexts.contains(where: { $0.name == context.name }) {
                throw failure(entry, place + ".name", .repeatedName)
            }
            contexts.append(context)
        }
        return contexts
    }

    private mutating func context(_ node: Node, _ place: String) throws(ConfigurationError) -> WorkspaceContext {
        var texts: [String: String] = [:]
        var context = WorkspaceContext(name: "", subscription: "", resourceGroup: "", workspace: "")
        try read(node, place) { (reader, name, value, field) throws(ConfigurationError) in
            switch name {
            case "name", "subscription", "resource_group", "workspace", "tenant", "cloud":
                texts[name] = try reader.text(value, field)
            case "accent": context.accent = try reader.choice(value, field)
            case "production": context.isProduction = try reader.isOn(value, field)
            case "read_only": context.isReadOnly = try reader.isOn(value, field)
            case "scoring": context.allowsScoring = try reader.isOn(value, field)
            default: return false
            }
            return true
        }
        for name in ["name", "subscription", "resource_group", "workspace"] where texts[name] == nil {
            throw failure(node, "\(place).\(name)", .missing)
        }
        context.name = texts["name"] ?? ""
        context.subscription = texts["subscription"] ?? ""
        context.resourceGroup = texts["resource_group"] ?? ""
        context.workspace = texts["workspace"] ?? ""
        context.tenant = texts["tenant"]
        context.cloud = texts["cloud"]
        return context
    }

    mutating func read(
        thresholds node: Node,
        _ place: String,
        into thresholds: inout Thresholds
    ) throws(ConfigurationError) {
        try read(node, place) { (reader, name, value, field) throws(ConfigurationError) in
            switch name {
            case "token_expiry": thresholds.tokenExpirySeconds = try reader.spans(value, field, isCountdown: true)
            case "key_age": thresholds.keyAgeSeconds = try reader.spans(value, field)
            case "error_share": thresholds.errorShare = try reader.pair(value, field, ConfigurationReader.share)
            case "p95":
                let limits = try reader.spans(value, field)
                thresholds.p95Milliseconds = (limits.warning * 1_000, limits.alert * 1_000)
            case "silence": thresholds.silenceSeconds = try reader.span(value, field)
            default: return false
            }
            return true
        }
    }
}
