import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// `amltop simulate` in a process of its own, with the variables that point at it.
///
/// Not in this process: tests that block on a terminal would starve it.
final class SimulatorProcess {
    private let terminal: PseudoTerminal
    private let folder: String
    /// What its file tells a shell to export.
    let environment: [String: String]

    init(arguments: [String] = []) async throws {
        var template = Array("/tmp/amltop-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw PseudoTerminal.StartFailure(errno: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let file = folder + "/env"
        terminal = try PseudoTerminal(
            amltopPath,
            arguments: ["simulate", "--port", "0", "--write-env", file] + arguments,
            columns: 200
        )
        try await terminal.wait(for: "the simulator") { access(file, R_OK) == 0 }
        let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        environment = Self.exports(in: text)
        var status = stat()
        stat(file, &status)
        fileMode = status.st_mode & 0o777
    }

    let fileMode: mode_t

    /// Ended in order, it leaves nothing behind; its file goes last.
    deinit {
        terminal.signal(SIGTERM)
        for _ in 0..<400 where access(folder + "/env", F_OK) == 0 { poll(nil, 0, 5) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Ends it as a person would.
    func stop() async throws -> PseudoTerminal.Outcome? {
        terminal.signal(SIGTERM)
        return try await terminal.waitForExit()
    }

    private static func exports(in text: String) -> [String: String] {
        var variables: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard line.hasPrefix("export "), let equals = line.firstIndex(of: "=") else { continue }
            let name = line[line.index(line.startIndex, offsetBy: 7)..<equals]
            variables[String(name)] = String(line[line.index(equals, offsetBy: 2)...].dropLast())
        }
        return variables
    }
}

/// The built program, beside the tests.
let amltopPath = PseudoTerminal.productFolder + "/amltop"
