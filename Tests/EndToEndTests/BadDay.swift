import Testing

/// A dashboard that shows a whole workspace, and the Azure behind it whose day turns bad.
final class BadDay {
    let azure: SimulatorProcess
    let terminal: PseudoTerminal
    /// How a row that is fresh looks.
    private(set) var fresh: EmulatedScreen.Cell?

    /// The name of an endpoint of every scenario.
    static let endpoint = "my-endpoint"
    static let listPath = "/onlineEndpoints\\?"

    init(_ arguments: [String] = [], keepsState: Bool = false, environment: [String: String] = [:]) async throws {
        azure = try await SimulatorProcess(arguments: arguments, keepsState: keepsState)
        terminal = try PseudoTerminal(
            amltopPath,
            environment: azure.environment.merging(environment) { $1 },
            columns: 140,
            rows: 40
        )
    }

    /// Waits for the morning: all is read and nothing is wrong.
    func begin() async throws {
        try await terminal.wait(forText: Self.endpoint)
        try await terminal.wait(for: /rows · newest/)
        try await waitUntilCalm()
        fresh = cell
    }

    private var cell: EmulatedScreen.Cell? { terminal.screen.cell(of: Self.endpoint) }

    func refresh() { terminal.send("\u{1B}[15~") }

    /// The lower border of the first pane: what is wrong with the endpoints.
    var border: String { border(of: "1 Endpoints") }

    /// The lower border of the pane whose upper one holds a title.
    func border(of title: String) -> String {
        let lines = (0..<terminal.screen.rows).map(terminal.screen.line)
        guard let top = lines.firstIndex(where: { $0.contains(title) }),
            let start = lines[top].firstRange(of: title).map({
                lines[top].distance(from: lines[top].startIndex, to: $0.lowerBound)
            })
        else { return "" }
        for line in lines[(top + 1)...] {
            let characters = Array(line)
            guard start < characters.count else { continue }
            let left = characters[..<start].lastIndex { "│╰├".contains($0) } ?? 0
            if characters[left] == "╰" {
                let end = characters[left...].firstIndex(of: "╯") ?? characters.endIndex
                return String(characters[left..<end])
            }
        }
        return ""
    }

    /// Waits for a trouble in the border of the endpoints, and checks what has to stand beside it.
    func waitForTrouble(_ pattern: some RegexComponent, key: String = "F5") async throws {
        let regex = pattern.regex
        // All at once: a picture comes in pieces.
        try await terminal.wait(for: "\(key) behind the trouble and the age of the data") {
            border.contains(regex) && border.contains("▲") && border.contains(/data \d+ (s|min) ago/)
                && border.contains(key)
        }
        try await terminal.wait(for: "data that is dimmed") { cell != nil && cell != fresh }
    }

    /// Waits until the endpoints are fresh and no pane is in trouble.
    func waitUntilCalm() async throws {
        try await terminal.wait(for: "a calm screen") {
            border.contains(/\d+ s ago/) && !border.contains("data")
                && (fresh == nil || cell == fresh)
                && ["1 Endpoints", "2 Deployments", "3 Traffic", "4 Credentials", "5 Traffic log"]
                    .allSatisfy { !border(of: $0).contains("▲") }
        }
    }

    /// The fault goes; the person waits and presses nothing.
    func recoverByItself() async throws {
        try azure.clearFaults()
        try await waitUntilCalm()
    }

    func recoverAtOnce() async throws {
        try azure.clearFaults()
        refresh()
        try await waitUntilCalm()
    }

    func quit() async throws {
        terminal.send("\u{3}")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
    }
}
