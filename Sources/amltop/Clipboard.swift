import Subprocess

/// The desktop's clipboard, through the program that the desktop at hand has for it.
struct Clipboard: Sendable {
    var name: String
    var arguments: [String] = []
    /// Only what the program needs to find its desktop.
    var environment: [String: String]

    private static let passedOn = [
        "PATH", "HOME", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "LANG", "LC_ALL",
    ]

    /// The candidates for a desktop, the best first; none without one, as over SSH.
    static func candidates(in environment: [String: String]) -> [Clipboard] {
        let own = environment.filter { passedOn.contains($0.key) }
        var found: [Clipboard] = []
        #if os(macOS)
            found.append(Clipboard(name: "pbcopy", environment: own))
        #endif
        if environment.value("WAYLAND_DISPLAY") != nil { found.append(Clipboard(name: "wl-copy", environment: own)) }
        if environment.value("DISPLAY") != nil {
            found.append(Clipboard(name: "xclip", arguments: ["-selection", "clipboard"], environment: own))
            found.append(Clipboard(name: "xsel", arguments: ["--clipboard", "--input"], environment: own))
        }
        return found
    }

    /// Hands the text to the first program that takes it; answers with its name, nil where none did.
    ///
    /// The text goes through standard input: arguments are for everyone to see.
    static func copy(_ text: String, environment: [String: String]) async -> String? {
        for candidate in candidates(in: environment) where await candidate.take(text) { return candidate.name }
        return nil
    }

    private func take(_ text: String) async -> Bool {
        var options = PlatformOptions()
        options.createSession = true
        let variables = environment.map { (Environment.Key(stringLiteral: $0), $1) }
        do {
            // Such programs stay behind to serve the clipboard, so nobody waits for the end of their output.
            let result = try await Subprocess.run(
                .name(name),
                arguments: Arguments(arguments),
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                platformOptions: options,
                input: .string(text),
                output: .discarded,
                error: .discarded
            )
            return result.terminationStatus == .exited(0)
        } catch {
            return false
        }
    }
}
