import AzureCore
import Glibc
import JSONValue

/// What the Azure CLI was configured with, in the folder `AZURE_CONFIG_DIR` names, else in `~/.azure`.
struct AzureCLIConfiguration: Equatable {
    /// `[defaults] group`
    var group: String?
    /// `[defaults] workspace`
    var workspace: String?
    /// `[cloud] name`
    var cloud: String?
    var subscriptions: [Subscription] = []

    struct Subscription: Equatable {
        var id: String
        var cloud: String?
        var isDefault: Bool
    }

    /// What is not there, and what cannot be read, counts as not configured: the files are not ours.
    init(environment: [String: String]) {
        let home = environment.value("HOME").map { $0 + "/.azure" }
        let folder = environment.value("AZURE_CONFIG_DIR") ?? home
        self.init(
            config: folder.flatMap { TextFile.read($0 + "/config") }.map { String(decoding: $0, as: UTF8.self) },
            profile: folder.flatMap { TextFile.read($0 + "/azureProfile.json") }
        )
    }

    /// - Parameters:
    ///   - config: The text of `config`, an INI file.
    ///   - profile: The bytes of `azureProfile.json`; `az` begins it with a byte order mark.
    init(config: String?, profile: [UInt8]?) {
        let values = config.map(Self.values) ?? [:]
        group = values["defaults.group"]
        workspace = values["defaults.workspace"]
        cloud = values["cloud.name"]
        let entries = profile.flatMap { try? JSONValue.parse($0) }?["subscriptions"]?.arrayValue ?? []
        subscriptions = entries.compactMap { entry in
            guard let id = entry["id"]?.stringValue else { return nil }
            return Subscription(
                id: id,
                cloud: entry["environmentName"]?.stringValue,
                isDefault: entry["isDefault"]?.boolValue ?? false
            )
        }
    }

    /// The default subscription of a cloud; of any where the cloud is not known.
    func defaultSubscription(in cloud: String?) -> String? {
        subscriptions.first { subscription in
            guard subscription.isDefault else { return false }
            guard let cloud, let own = subscription.cloud else { return true }
            return own.lowercased() == cloud.lowercased()
        }?.id
    }

    /// The values of an INI file by section and name, as Python's `configparser` reads them: names without regard to case,
    /// `=` or `:` between name and value, comments on lines of their own.
    private static func values(in text: String) -> [String: String] {
        var values: [String: String] = [:]
        var section = ""
        for raw in text.split(whereSeparator: \.isNewline) {
            let line = raw.trimmed
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let close = line.firstIndex(of: "]") {
                section = String(line[line.index(after: line.startIndex)..<close])
            } else if let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
                let value = line[line.index(after: mark)...].trimmed
                values["\(section).\(line[..<mark].trimmed.lowercased())"] = value.isEmpty ? nil : String(value)
            }
        }
        return values
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// Small files, read whole.
enum TextFile {
    /// Nil where there is none, and where it cannot be read.
    static func read(_ path: String) -> [UInt8]? { try? contents(path) }

    /// - Throws: `SystemError`.
    static func contents(_ path: String) throws(SystemError) -> [UInt8] {
        guard let file = fopen(path, "r") else { throw SystemError(number: errno) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard ferror(file) == 0 else { throw SystemError(number: errno) }
        return bytes
    }
}
