import AzureCore
import AzureML
import Dashboard
import Glibc

/// The person's own editor: `$VISUAL`, `$EDITOR`, else `vi`.
struct OutsideEditor {
    /// A line for the shell, which may have options in it.
    let line: String
    private let environment: [String: String]

    /// Nil where none is named and there is no `vi`.
    init?(environment: [String: String]) {
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment.value($0) }.first
        guard let line = named ?? Self.fallback(environment["PATH"]) else { return nil }
        self.line = line
        self.environment = environment
    }

    private static func fallback(_ list: String?) -> String? {
        ["editor", "vi", "nano"].first { name in
            (list ?? "").split(separator: ":").contains { $0.hasPrefix("/") && access("\($0)/\(name)", X_OK) == 0 }
        }
    }

    /// Lets the person change a text in a file of their own, which is gone afterwards.
    func edit(_ text: String, isJSON: Bool, mustEnd: () -> Bool) -> EditOutcome {
        guard let folder = Self.makeFolder(environment) else { return .missing }
        let path = "\(folder)/body.\(isJSON ? "json" : "txt")"
        defer {
            // Editors leave copies beside the file.
            for name in Self.names(in: folder) { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
        do throws(SystemError) { try PrivateFile.write(Array(text.utf8), to: path) } catch { return .missing }
        let program = ProgramLine(
            path: "/bin/sh",
            arguments: ["-c", "\(line) \"$1\"", "sh", path],
            variables: SecretCommand.scrubbed(environment)
        )
        guard let status = ForegroundProgram(program).run(mustEnd: mustEnd) else { return .missing }
        guard status == 0 else { return .refused(status: status) }
        guard let file = try? PayloadFile(path: path) else { return .refused(status: status) }
        var bytes = file.body
        // Editors end the last line; the payload had no end there.
        if !text.hasSuffix("\n"), bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return .text(bytes)
    }

    /// A folder that nobody else can look into.
    private static func makeFolder(_ environment: [String: String]) -> String? {
        let parent = environment.value("TMPDIR") ?? "/tmp"
        var template = Array("\(parent)/amltop-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func names(in folder: String) -> [String] { PayloadFolder.names(in: folder) }
}
