internal import CNCurses

/// The terminal, through wide ncurses: the only code that touches it.
public enum CursesTerminal {
    /// The version line of the curses library.
    public static var libraryVersion: String { String(cString: cncurses_version()) }
}
