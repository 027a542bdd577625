#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif
internal import CNCurses
internal import TerminalUI

extension CursesTerminal {
    /// Gives the terminal back while `use` runs, and takes it again: for another program that needs it.
    ///
    /// `use` is asked to end by what its argument says: a signal that ends this program came meanwhile. What was typed for
    /// the other program is not ours. `.resumed` (and the new size, if it changed) comes with the next events.
    package func lend(_ use: (_ mustEnd: () -> Bool) -> Void) {
        guard isOpen else { return use { true } }
        cncurses_suspend()
        var deadly: UInt8?
        use {
            deadly = deadly ?? pendingEnd()
            return deadly != nil
        }
        resume()
        // Handed to the loop, which leaves in order.
        if let deadly { endWhileLent = .signal(Int32(deadly)) }
    }

    /// A signal that ends the program, if one came; others are forgotten, because the size is read anew in any case.
    private func pendingEnd() -> UInt8? {
        var bytes = [UInt8](repeating: 0, count: 256)
        guard case .bytes(let count) = ReadResult.read(signals, into: &bytes) else { return nil }
        return Set(bytes[..<count]).subtracting([Signal.windowChanged, Signal.stop, Signal.resume]).min()
    }
}
