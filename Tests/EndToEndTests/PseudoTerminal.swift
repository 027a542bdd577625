import CPseudoTerminal

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A program on a pseudo-terminal, started as a shell would start it, with its screen read by an emulator.
///
/// Waiting blocks no thread, so that many of these share few.
/// Not `Sendable`: one test, one terminal.
final class PseudoTerminal {
    enum Outcome: Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// What was waited for did not come in time.
    struct Timeout: Error, CustomStringConvertible {
        let wanted: String
        let screen: String
        var description: String { "waited in vain for \(wanted); the screen was:\n\(screen)" }
    }

    struct StartFailure: Error {
        let errno: Int32
    }

    static let patience = Duration.seconds(60)

    /// Where machines ask for their identity there is nobody: no test may reach the real place.
    static let noIdentityService = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:1"]

    private var process: cpseudo_process
    private(set) var screen: EmulatedScreen
    private(set) var outcome: Outcome?
    private(set) var isStopped = false
    /// Everything the program sent, in order.
    private(set) var output: [UInt8] = []

    /// Starts a program with a small environment of its own: nothing of this one but what coverage needs.
    init(
        _ path: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        columns: Int = 80,
        rows: Int = 24
    ) throws {
        var variables = [
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin",
            // The runtime's own crash reporter would wait for a key.
            "SWIFT_BACKTRACE": "enable=no",
        ]
        variables.merge(Self.noIdentityService) { $1 }
        if let profile = getenv("LLVM_PROFILE_FILE") { variables["LLVM_PROFILE_FILE"] = String(cString: profile) }
        variables.merge(environment) { _, new in new }
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        process = cpseudo_process()
        let error = cpseudo_start(path, &argv, &envp, Int32(columns), Int32(rows), &process)
        guard error == 0 else { throw StartFailure(errno: error) }
        screen = EmulatedScreen(columns: columns, rows: rows)
    }

    deinit { cpseudo_destroy(&process) }

    var pid: pid_t { process.program }

    /// Whether the terminal gathers lines, as it does outside of full-screen programs.
    var isCanonical: Bool { cpseudo_is_canonical(&process) }

    /// Whether the terminal is as the program found it: settings, screen, cursor and modes.
    var isRestored: Bool { unrestored.isEmpty }

    /// What of the terminal is not as the program found it.
    var unrestored: [String] {
        var faults: [String] = []
        if !cpseudo_has_first_settings(&process) { faults.append("settings") }
        if screen.isAlternate { faults.append("alternate screen") }
        // By the emulator, which keeps the visibility with the screen that is left, and by the bytes, as others do.
        let isHidden = output.contains(sequence: "\u{1B}[?25l") && !isOn(mode: 25)
        if isHidden || !screen.isCursorVisible { faults.append("hidden cursor") }
        for mode in [2004, 1004, 1] where isOn(mode: mode) { faults.append("mode \(mode)") }
        return faults
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(process.terminal, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno == EAGAIN { pump(5) } else { return }
        }
    }

    func signal(_ number: Int32) { kill(process.program, number) }

    /// Brings a stopped program back to the foreground.
    func continueInForeground() {
        isStopped = false
        _ = cpseudo_continue(&process)
    }

    func resize(columns: Int, rows: Int) {
        screen.resize(columns: columns, rows: rows)
        _ = cpseudo_resize(&process, Int32(columns), Int32(rows))
    }

    /// The terminal goes away without a word.
    func hangUp() { cpseudo_hang_up(&process) }

    // MARK: Waiting

    /// Waits until the condition holds, reading what comes meanwhile.
    func wait(for wanted: String, within limit: Duration = patience, until condition: () -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < end else { throw Timeout(wanted: wanted, screen: screen.text) }
            // Not blocking: the threads of the pool are few, and other tests run on them too.
            if !pump(0) { try await Task.sleep(for: .milliseconds(3)) }
        }
    }

    /// Waits until a text stands somewhere on the screen.
    func wait(forText text: String, within limit: Duration = patience) async throws {
        try await wait(for: "“\(text)”", within: limit) { screen.text.contains(text) }
    }

    func wait(forTextToGo text: String, within limit: Duration = patience) async throws {
        try await wait(for: "“\(text)” to go", within: limit) { !screen.text.contains(text) }
    }

    /// Waits until a pattern matches somewhere on the screen.
    func wait(for pattern: some RegexComponent, within limit: Duration = patience) async throws {
        let regex = pattern.regex
        try await wait(for: "\(regex)", within: limit) { screen.text.contains(regex) }
    }

    func waitUntilStopped(within limit: Duration = patience) async throws {
        try await wait(for: "the program to stop", within: limit) { isStopped }
        try await drain()
    }

    /// Waits for the program's end and reads the last it sent.
    @discardableResult
    func waitForExit(within limit: Duration = patience) async throws -> Outcome? {
        try await wait(for: "the program's end", within: limit) { outcome != nil }
        try await drain()
        return outcome
    }

    /// Waits until the terminal is as the program found it: its last words may come after the news of its end.
    func waitUntilRestored(within limit: Duration = .seconds(10)) async throws {
        do {
            try await wait(for: "the terminal to be restored", within: limit) { isRestored }
        } catch {
            let last = String(decoding: output.suffix(400), as: UTF8.self).debugDescription
            throw Timeout(wanted: "these to be restored: \(unrestored) after \(last)", screen: screen.text)
        }
    }

    /// Whether a private mode of the terminal was switched on and not off again.
    func isOn(mode: Int) -> Bool {
        var isOn = false
        let text = String(decoding: output, as: UTF8.self)
        for match in text.matches(of: /\u{1B}\[\?([0-9;]+)([hl])/)
        where match.1.split(separator: ";").contains(where: { $0 == "\(mode)" }) {
            isOn = match.2 == "h"
        }
        return isOn
    }

    /// Forgets the output so far, so that what follows can be counted.
    func forgetOutput() { output.removeAll() }

    /// Reads what there is, waiting for it so many milliseconds at most; whether there was something.
    @discardableResult
    private func pump(_ milliseconds: Int32) -> Bool {
        readChanges()
        guard process.terminal >= 0 else {
            // Nobody to read from: only the reports are left to wait for.
            var entry = pollfd(fd: process.reports, events: Int16(POLLIN), revents: 0)
            poll(&entry, 1, milliseconds)
            return false
        }
        var entries = [process.terminal, process.reports].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // Once the program ended, its report stays at its end for ever.
        guard poll(&entries, outcome == nil ? 2 : 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = buffer.withUnsafeMutableBytes { read(process.terminal, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        output += buffer[..<count]
        let answer = screen.feed(Array(buffer[..<count]))
        if !answer.isEmpty { send(answer) }
        return true
    }

    /// Reads the rest. The system hands a terminal's output over behind the writer's back, so a short silence ends it.
    private func drain() async throws {
        var silences = 0
        while silences < 10 {
            if pump(0) {
                silences = 0
            } else {
                silences += 1
                try await Task.sleep(for: .milliseconds(3))
            }
        }
    }

    private func readChanges() {
        var value: Int32 = 0
        switch cpseudo_next_change(&process, &value) {
        case CPSEUDO_STOPPED: isStopped = true
        case CPSEUDO_EXITED: outcome = .exited(value)
        case CPSEUDO_SIGNALLED: outcome = .signalled(value)
        default: break
        }
    }

    /// The folder into which the products of this package are built, from the running test bundle.
    static var productFolder: String {
        #if os(Linux)
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = bytes.withUnsafeMutableBytes { buffer in
                let characters = buffer.bindMemory(to: CChar.self)
                return characters.baseAddress.map { readlink("/proc/self/exe", $0, characters.count) } ?? 0
            }
            let path = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        #else
            let path = CommandLine.arguments[0]
        #endif
        return String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
    }
}

extension [UInt8] {
    func contains(sequence text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
