import AzureCore
import AzureML
import Dashboard
import Glibc

/// Adds a context to the configuration file, and changes nothing else in it.
struct ConfigurationWriter {
    var path: String

    enum Failure: Error, Equatable {
        case system(Int32)
        /// There is a context of that name, or of that workspace, already.
        case alreadyThere(String)
        /// The file's contexts are written in a way that cannot be added to without rewriting it.
        case unusualForm
        case invalid(ConfigurationError)
    }

    /// - Throws: `Failure`; the file is as it was then.
    func add(_ address: WorkspaceAddress, as name: String) throws(Failure) {
        let place = Self.resolved(path)
        let old: String
        do throws(SystemError) {
            old = String(decoding: try TextFile.contents(place), as: UTF8.self)
        } catch {
            guard error.number == ENOENT || error.number == ENOTDIR else { throw .system(error.number) }
            old = ""
        }
        let new = try text(adding: address, as: name, to: old)
        Self.makeFolders(of: place)
        let mode = FileFacts(path: place)?.mode ?? 0o600
        do throws(SystemError) {
            try PrivateFile.write(new, to: place, mode: mode)
        } catch {
            throw .system(error.number)
        }
    }

    /// The file with the context in it, proven to say what it said before and this.
    func text(adding address: WorkspaceAddress, as name: String, to old: String) throws(Failure) -> String {
        let before = try read(old)
        if before.context(named: name) != nil { throw .alreadyThere(name) }
        if let same = before.contexts.first(where: { $0.address.id == address.id }) { throw .alreadyThere(same.name) }
        let new = Self.inserting(Self.entry(address, name), into: old, isFirst: before.contexts.isEmpty)
        let text = before.current == nil ? "current: \(Self.quoted(name))\n" + new : new
        var expected = before
        expected.contexts.append(
            WorkspaceContext(
                name: name,
                subscription: address.subscriptionID,
                resourceGroup: address.resourceGroup,
                workspace: address.name
            )
        )
        expected.current = before.current ?? name
        guard let after = try? read(text), after.saysTheSame(as: expected) else { throw .unusualForm }
        return text
    }

    private func read(_ text: String) throws(Failure) -> Configuration {
        do {
            return try Configuration(yaml: text, path: path)
        } catch {
            throw .invalid(error)
        }
    }

    private static func entry(_ address: WorkspaceAddress, _ name: String) -> [String] {
        [
            "- name: \(quoted(name))", "  subscription: \(quoted(address.subscriptionID))",
            "  resource_group: \(quoted(address.resourceGroup))", "  workspace: \(quoted(address.name))",
        ]
    }

    /// Plain where nothing in it means anything to YAML.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x61 && $0 <= 0x7A || $0 == 0x2D || $0 == 0x5F
        }
        if isPlain, let first = text.first, first.isLetter || first.isNumber { return text }
        return "'" + text.replacing("'", with: "''") + "'"
    }

    /// Behind the last context of the file, indented as it; without any in a list of their own at the end.
    private static func inserting(_ entry: [String], into text: String, isFirst: Bool) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard !isFirst, let start = lines.firstIndex(where: { $0.hasPrefix("contexts:") }) else {
            return (lines.filter { !$0.isEmptyList } + ["contexts:"] + entry.map { "  " + $0 })
                .joined(separator: "\n") + "\n"
        }
        let items = lines[(start + 1)...]
        let end = items.firstIndex { !($0.isEmpty || $0.hasPrefix(" ") || $0.hasPrefix("-") || $0.hasPrefix("#")) }
        var place = end ?? lines.endIndex
        // Before what leads over to the next part.
        while place > start + 1, lines[place - 1].isEmpty || lines[place - 1].hasPrefix("#") { place -= 1 }
        let indent = items.first { $0.drop { $0 == " " }.hasPrefix("-") }.map { $0.prefix { $0 == " " } } ?? "  "
        lines.insert(contentsOf: entry.map { indent + $0 }, at: place)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Where a link leads, so that the link stays one.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func makeFolders(of path: String) {
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
    }
}

extension Configuration {
    fileprivate func saysTheSame(as other: Configuration) -> Bool {
        var (left, right) = (self, other)
        // Lines moved.
        left.unknownKeys = left.unknownKeys.map { Place(line: 0, field: $0.field) }
        right.unknownKeys = right.unknownKeys.map { Place(line: 0, field: $0.field) }
        return left == right
    }
}

extension String {
    /// `contexts:` with nothing in it, written out.
    fileprivate var isEmptyList: Bool {
        guard hasPrefix("contexts:") else { return false }
        let rest = dropFirst("contexts:".count).filter { $0 != " " }
        return rest.isEmpty || rest == "[]" || rest.hasPrefix("#")
    }
}
