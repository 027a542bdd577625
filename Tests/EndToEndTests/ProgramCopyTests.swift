import Foundation
import Testing

/// Copying out of the built dashboard: what reaches the terminal, and the desktop's own clipboard.
@Suite(.serialized) struct ProgramCopyTests {
    private struct Session {
        let simulator: SimulatorProcess
        let terminal: PseudoTerminal
    }

    private func dashboard(_ more: [String: String] = [:]) async throws -> Session {
        let simulator = try await SimulatorProcess()
        let environment = simulator.environment.merging(more) { $1 }
        let terminal = try PseudoTerminal(amltopPath, environment: environment, columns: 120, rows: 36)
        try await terminal.wait(forText: "my-endpoint")
        terminal.send("/my-endpoint\r")
        try await terminal.wait(for: /▸\s+my-endpoint/)
        return Session(simulator: simulator, terminal: terminal)
    }

    @Test func theNameGoesToTheTerminalsClipboard() async throws {
        let session = try await dashboard()
        let terminal = session.terminal
        terminal.send("y")
        try await terminal.wait(forText: "row as shown")
        terminal.forgetOutput()
        terminal.send("n")
        try await terminal.wait(forText: "11 characters given to the terminal")
        let name = Data("my-endpoint".utf8).base64EncodedString()
        #expect(terminal.output.contains(sequence: "]52;c;\(name)"))
    }

    @Test func theDesktopsProgramGetsTheWholeTextThroughItsInput() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "amltop-copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copied = folder.appending(path: "copied")
        let script = "#!/bin/sh\n/bin/cat > '\(copied.path)'\n/usr/bin/env > '\(copied.path).env'\n"
        let program = folder.appending(path: "xclip")
        try Data(script.utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        let session = try await dashboard(["DISPLAY": ":9", "PATH": folder.path])
        let terminal = session.terminal
        terminal.send("yj")
        try await terminal.wait(for: /\d+ characters copied with xclip/)
        let text = try String(contentsOf: copied, encoding: .utf8)
        #expect(text.hasPrefix("{\n") && text.contains("\"scoringUri\"") && text.hasSuffix("}"))
        let environment = try String(contentsOf: folder.appending(path: "copied.env"), encoding: .utf8)
        #expect(!environment.contains("AZURE_"))
    }
}
