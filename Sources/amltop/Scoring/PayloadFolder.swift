import AzureCore
import AzureML
import Dashboard
import Glibc

/// Payloads as files: those of the folder one is in, and any by its path.
enum PayloadFolder {
    private static let endings = ["payload", "json", "txt", "csv", "png", "jpg", "jpeg", "bin", "npy"]
    private static let most = 500

    /// What could be a payload here, payload files first, by name.
    static func entries(in folder: String = ".") -> [PayloadEntry] {
        let found = names(in: folder).filter { name in
            !name.hasPrefix(".") && endings.contains(name.split(separator: ".").last.map { $0.lowercased() } ?? "")
        }
        let sorted = found.sorted { first, second in
            let isFirst = first.hasSuffix(".payload")
            return isFirst == second.hasSuffix(".payload") ? first < second : isFirst
        }
        return sorted.prefix(most).compactMap { name in
            guard let facts = FileFacts(path: "\(folder)/\(name)"), facts.isRegular else { return nil }
            return PayloadEntry(path: name, byteCount: facts.byteCount)
        }
    }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func load(_ path: String) -> LoadedPayload {
        do throws(PayloadFile.Problem) {
            return .payload(try PayloadFile(path: expanded(path)))
        } catch {
            return .problem(error)
        }
    }

    /// Writes a file whole or not at all; one that is there only where that was said.
    static func save(_ bytes: [UInt8], to path: String, overwrites: Bool) -> SaveOutcome {
        let path = expanded(path)
        if !overwrites, access(path, F_OK) == 0 { return .exists }
        do throws(SystemError) {
            try PrivateFile.write(bytes, to: path, mode: 0o644)
            return .written
        } catch {
            return .failed(String(cString: strerror(error.number)))
        }
    }

    /// `~/` as a shell has it.
    static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }
}
