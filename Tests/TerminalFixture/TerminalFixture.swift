import CursesTerminal
import TerminalUI

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A program that does nothing but use the terminal, so that tests can watch it do so.
@main
struct TerminalFixture {
    static func main() {
        do {
            let terminal = try CursesTerminal.open(options: options(in: CommandLine.arguments))
            let fixture = TerminalActor.assumeIsolated { Fixture(terminal: terminal) }
            let reason = terminal.run { events in fixture.step(events) }
            TerminalActor.assumeIsolated { terminal.close() }
            if case .signal(let number) = reason { exit(128 + number) }
            print("bye")
        } catch {
            print("cannot open: \(error)")
            exit(2)
        }
    }

    private static func options(in arguments: [String]) -> TerminalOptions {
        let theme = Theme.allCases.first { arguments.contains("--" + $0.rawValue) }
        return TerminalOptions(isASCII: arguments.contains("--ascii"), theme: theme ?? .terminal)
    }
}

@TerminalActor
final class Fixture {
    private let terminal: CursesTerminal
    private var log: [String] = []
    private var steps = 0
    private var cursor: Point?
    private let tick: Duration? = CommandLine.arguments.contains("--tick") ? .milliseconds(100) : nil
    /// Texts to show instead of the log, a page of them at a time.
    private let texts = texts(in: CommandLine.arguments)
    private var firstText = 0

    init(terminal: CursesTerminal) {
        self.terminal = terminal
    }

    func step(_ events: [TerminalEvent]) -> Duration? {
        steps += 1
        for event in events { handle(event) }
        terminal.present(frame())
        return tick
    }

    private func handle(_ event: TerminalEvent) {
        log.append("\(event)")
        guard case .key(let key) = event else { return }
        switch key {
        case .character("q"): terminal.stop()
        case .character("x"): fatalError("the fixture crashed as asked")
        case .character("s"): raise(SIGSEGV)
        case .character("e"): exit(7)
        case .character("h"): while true { pause() }
        case .character("E"): complain("torn\u{1B}[2J line\n")
        case .character("p"): cursor = cursor == nil ? Point(x: 5, y: 1) : nil
        case .character("c"): note("copied \(terminal.copyToClipboard("한 key"))")
        case .character("C"): note("copied \(terminal.copyToClipboard(String(repeating: "k", count: 56_000)))")
        case .character("O"): note("copied \(terminal.copyToClipboard(String(repeating: "k", count: 60_000)))")
        case .character("j"): runJob()
        case .character("n"): firstText += pageHeight
        case .control("z"): terminal.suspend()
        case .control("l"): terminal.repaint()
        default: break
        }
    }

    /// Leaves for another thread and comes back with a wake-up.
    private func runJob() {
        Task.detached { [terminal] in
            await self.note("job back")
            for _ in 0..<1_000 { terminal.wake() }
        }
    }

    private func complain(_ message: String) {
        _ = message.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress, $0.count) }
    }

    private func note(_ line: String) { log.append(line) }

    private var pageHeight: Int { max(0, terminal.size.height - 4) }

    /// The texts of the file named after `--texts`, each ended by a zero byte.
    private nonisolated static func texts(in arguments: [String]) -> [String] {
        guard let place = arguments.firstIndex(of: "--texts"), place + 1 < arguments.count else { return [] }
        let file = open(arguments[place + 1], O_RDONLY)
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private func frame() -> CellBuffer {
        var frame = CellBuffer(size: terminal.size)
        let area = frame.area
        frame.drawBox(
            area,
            style: .focusedBorder,
            topLeading: [Span("Fixture", .title)],
            topTrailing: [Span("\(area.width)x\(area.height)", .muted)],
            bottomTrailing: [Span("step \(steps)", .good)]
        )
        let inside = area.inset(by: 1)
        frame.write([Span("한국어 漢字 é e\u{301} 🇰🇷 ❤️ 😀 "), Span("alert", .alert)], in: inside.row(0))
        frame.write([Span("selected", .strong)], in: inside.row(1))
        frame.restyle(inside.row(1)) { $0.selected }
        let lines = texts.isEmpty ? log.suffix(pageHeight) : texts.dropFirst(firstText).prefix(pageHeight)
        for (index, line) in lines.enumerated() {
            frame.write([Span(line)], in: inside.row(index + 2))
        }
        frame.cursor = cursor
        return frame
    }
}
