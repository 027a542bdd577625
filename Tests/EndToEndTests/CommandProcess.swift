import CPseudoTerminal
import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A command run to its end without a terminal, with what it printed and how it ended.
struct CommandProcess {
    var status: Int32 = -1
    var output = ""
    var errors = ""

    /// Runs a program with exactly these variables; stdin is empty.
    init(
        _ arguments: [String],
        environment: [String: String] = [:],
        of path: String = amltopPath
    ) async throws {
        var template = Array("/tmp/amltop-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw PseudoTerminal.StartFailure(errno: errno) }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder]
            .merging(PseudoTerminal.noIdentityService) { $1 }.merging(environment) { $1 }
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var pid: pid_t = 0
        let error = cpseudo_run(path, &argv, &envp, folder + "/out", folder + "/err", &pid)
        guard error == 0 else { throw PseudoTerminal.StartFailure(errno: error) }
        status = try await Self.wait(for: pid)
        output = Self.text(folder + "/out")
        errors = Self.text(folder + "/err")
    }

    private static func wait(for pid: pid_t) async throws -> Int32 {
        let end = ContinuousClock.now + .seconds(180)
        var status: Int32 = 0
        while waitpid(pid, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < end else {
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                return -1
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return (status & 0x7F) == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
