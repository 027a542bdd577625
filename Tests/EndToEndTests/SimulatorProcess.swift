import FoundationEssentials
import JSONValue

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
    private var terminal: PseudoTerminal
    private let folder: String
    private let arguments: [String]
    /// What its file tells a shell to export.
    let environment: [String: String]

    /// With `keepsState` it can be started again as the same one.
    init(arguments: [String] = [], keepsState: Bool = false) async throws {
        var template = Array("/tmp/amltop-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw PseudoTerminal.StartFailure(errno: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let file = folder + "/env"
        self.arguments =
            ["simulate", "--port", "0", "--write-env", file] + (keepsState ? ["--state", folder + "/state"] : [])
            + arguments
        terminal = try PseudoTerminal(amltopPath, arguments: self.arguments, columns: 200)
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
        // One that was killed, or too slow to end in order, could not take its own folder away.
        let stateFolder = statePath.dropLast("/simulator.json".count)
        if stateFolder.contains("/amltop-simulator-") {
            try? FileManager.default.removeItem(atPath: String(stateFolder))
        }
    }

    /// Ends it as a person would.
    func stop() async throws -> PseudoTerminal.Outcome? {
        terminal.signal(SIGTERM)
        return try await terminal.waitForExit()
    }

    /// Ends it as the system would that is out of memory.
    func kill() async throws {
        terminal.signal(SIGKILL)
        try await terminal.waitForExit()
        try? FileManager.default.removeItem(atPath: folder + "/env")
    }

    /// Starts it again, the same to whoever used it before; so many seconds of the world's life are skipped.
    func restart(aging seconds: Double = 0) async throws {
        if seconds > 0 { try makeOlder(by: seconds) }
        terminal = try PseudoTerminal(amltopPath, arguments: arguments, columns: 200)
        try await terminal.wait(for: "the simulator") { access(folder + "/env", R_OK) == 0 }
    }

    // MARK: Faults

    /// Orders a trouble for the requests whose path and query match, until `clearFaults`.
    ///
    /// `fault` is the `fault` of `POST /_simulator/faults` as JSON, `path` a regular expression.
    func order(_ fault: String, on path: String = "", method: String? = nil, count: Int = 0) throws {
        let match: JSONValue = ["path": .string(path), "method": method.map { .string($0) } ?? .null]
        let order: JSONValue = [
            "match": match, "fault": try JSONValue.parse(fault), "count": .number(JSONNumber(count)),
        ]
        let status = try LoopbackRequest(method: "POST", path: "/_simulator/faults", body: order.text()).send(
            to: plainPort
        )
        guard status == 201 else { throw LoopbackRequest.Failure(message: "the fault was refused: \(status)") }
    }

    func clearFaults() throws {
        _ = try LoopbackRequest(method: "DELETE", path: "/_simulator/faults").send(to: plainPort)
    }

    /// The one of its four ports that speaks without TLS.
    var plainPort: Int {
        get throws {
            guard let port = try state()["ports"]?.arrayValue?.last?.intValue else {
                throw LoopbackRequest.Failure(message: "the simulator's state names no ports")
            }
            return port
        }
    }

    // MARK: State

    /// Beside the certificate it told us to trust.
    private var statePath: String {
        let certificate = environment["SSL_CERT_FILE"] ?? ""
        return certificate[..<(certificate.lastIndex(of: "/") ?? certificate.startIndex)] + "/simulator.json"
    }

    private func state() throws -> JSONValue {
        try JSONValue.parse(String(decoding: FileManager.default.contents(atPath: statePath) ?? Data(), as: UTF8.self))
    }

    private func makeOlder(by seconds: Double) throws {
        guard case .object(var object) = try state(),
            let index = object.members.firstIndex(where: { $0.name == "bornAt" }),
            let bornAt = object.members[index].value.doubleValue
        else { throw LoopbackRequest.Failure(message: "the simulator's state has no birth") }
        object.members[index].value = JSONValue(floatLiteral: bornAt - seconds)
        try Data(JSONValue.object(object).text().utf8).write(to: URL(filePath: statePath))
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
