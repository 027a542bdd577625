import Cvterm

/// The screen of a terminal, as libvterm makes it of a program's output.
final class EmulatedScreen {
    enum Color: Equatable {
        case own
        case index(Int)
        case rgb(UInt8, UInt8, UInt8)
    }

    struct Cell: Equatable {
        var text: String
        var width: Int
        var isBold: Bool
        var isUnderlined: Bool
        var isReversed: Bool
        var foreground: Color
        var background: Color
    }

    /// What the emulator reports of the terminal's state; on the heap because libvterm keeps a pointer to it.
    private struct State {
        var isCursorVisible = true
        var isAlternate = false
    }

    private(set) var columns: Int
    private(set) var rows: Int
    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    private let callbacks = UnsafeMutablePointer<VTermScreenCallbacks>.allocate(capacity: 1)

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        terminal = vterm_new(Int32(rows), Int32(columns))
        vterm_set_utf8(terminal, 1)
        screen = vterm_obtain_screen(terminal)
        state.initialize(to: State())
        callbacks.initialize(to: VTermScreenCallbacks())
        callbacks.pointee.settermprop = { property, value, user in
            guard let value, let state = user?.assumingMemoryBound(to: State.self) else { return 0 }
            switch property {
            case VTERM_PROP_CURSORVISIBLE: state.pointee.isCursorVisible = value.pointee.boolean != 0
            case VTERM_PROP_ALTSCREEN: state.pointee.isAlternate = value.pointee.boolean != 0
            default: break
            }
            return 1
        }
        vterm_screen_set_callbacks(screen, callbacks, state)
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_reset(screen, 1)
    }

    deinit {
        vterm_free(terminal)
        state.deallocate()
        callbacks.deallocate()
    }

    var isCursorVisible: Bool { state.pointee.isCursorVisible }
    var isAlternate: Bool { state.pointee.isAlternate }

    var cursor: (column: Int, row: Int) {
        var position = VTermPos()
        vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position)
        return (Int(position.col), Int(position.row))
    }

    /// Takes a program's output; returns what the terminal answers to queries.
    func feed(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { buffer in
            _ = vterm_input_write(terminal, buffer.assumingMemoryBound(to: CChar.self).baseAddress, buffer.count)
        }
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = answer.withUnsafeMutableBytes { buffer in
            vterm_output_read(terminal, buffer.assumingMemoryBound(to: CChar.self).baseAddress, buffer.count)
        }
        return Array(answer.prefix(count))
    }

    func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        vterm_set_size(terminal, Int32(rows), Int32(columns))
    }

    func cell(column: Int, row: Int) -> Cell {
        var raw = VTermScreenCell()
        vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &raw)
        let scalars = withUnsafeBytes(of: raw.chars) { Array($0.bindMemory(to: UInt32.self)) }.prefix { $0 != 0 }
        // The right half of a wide character is marked by a value that is no scalar.
        let text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
        return Cell(
            text: text,
            width: Int(raw.width),
            isBold: raw.attrs.bold != 0,
            isUnderlined: raw.attrs.underline != 0,
            isReversed: raw.attrs.reverse != 0,
            foreground: color(raw.fg),
            background: color(raw.bg)
        )
    }

    /// The cell where a text begins on the screen.
    func cell(of text: String) -> Cell? {
        for row in 0..<rows {
            let line = line(row)
            guard let range = line.firstRange(of: text) else { continue }
            let prefix = line[..<range.lowerBound]
            var column = 0
            var seen = ""
            while seen.count < prefix.count, column < columns {
                let cell = cell(column: column, row: row)
                seen += cell.text.isEmpty ? " " : cell.text
                column += max(1, cell.width)
            }
            return cell(column: column, row: row)
        }
        return nil
    }

    /// A row of text without the spaces at its end.
    func line(_ row: Int) -> String {
        var line = ""
        var column = 0
        while column < columns {
            let cell = cell(column: column, row: row)
            line += cell.text.isEmpty ? " " : cell.text
            column += max(1, cell.width)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    var text: String { (0..<rows).map(line).joined(separator: "\n") }

    private func color(_ color: VTermColor) -> Color {
        let type = UInt32(color.type)
        if type & UInt32(VTERM_COLOR_DEFAULT_FG.rawValue | VTERM_COLOR_DEFAULT_BG.rawValue) != 0 { return .own }
        if type & 1 == UInt32(VTERM_COLOR_INDEXED.rawValue) { return .index(Int(color.indexed.idx)) }
        return .rgb(color.rgb.red, color.rgb.green, color.rgb.blue)
    }
}
