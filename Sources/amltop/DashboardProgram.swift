import AzureCore
import AzureML
import CursesTerminal
import Dashboard
import Glibc
import TerminalUI

/// The dashboard from the first paint to the last restored mode: opens the terminal, runs the loop, leaves in order.
struct DashboardProgram {
    /// What is shown before the connection tells.
    var workspace: WorkspaceAddress
    var invocation: Invocation
    var isReadOnly = false
    var clock = TimeSource.system

    typealias World = (environment: Environment, close: @Sendable () async -> Void)

    /// Runs until the person or a signal ends it.
    ///
    /// - Parameter makeWorld: Makes the outside world, given whom to tell of every exchange; it connects later, behind
    ///   the first paint.
    /// - Throws: `CommandFailure` where there is no terminal to draw on.
    func run(makeWorld: (@escaping @Sendable (ExchangeFacts) -> Void) throws -> World) throws {
        Heap.returnLargeBlocks()
        let terminal = try openTerminal()
        let mailbox = Mailbox { terminal.wake() }
        let world = try makeWorld { mailbox.post(.exchanged($0)) }
        let loop = TerminalActor.assumeIsolated {
            EventLoop(
                terminal: terminal,
                environment: world.environment,
                mailbox: mailbox,
                workspace: workspace,
                invocation: invocation,
                isReadOnly: isReadOnly,
                clock: clock
            )
        }
        let end = terminal.run { loop.step($0) }
        TerminalActor.assumeIsolated {
            terminal.close()
            loop.cancelAll()
        }
        // The terminal is the person's again; what is still open is closed behind the prompt, but not for long.
        waitBriefly(for: world.close)
        guard case .signal(let number)? = end else { return }
        exit(128 + number)
    }

    private func openTerminal() throws -> CursesTerminal {
        do {
            return try CursesTerminal.open(options: invocation.terminalOptions)
        } catch {
            switch error {
            case .noTerminal: throw CommandFailure(text(.errorNoTerminal), .usage)
            case .unknownTerminalType(let name):
                throw CommandFailure(Catalogue.chosen.text(.errorUnknownTerminal, ["name": name]), .usage)
            case .systemCallFailed(let number):
                let reason = String(cString: strerror(number))
                throw CommandFailure(Catalogue.chosen.text(.errorTerminalFailed, ["reason": reason]), .failed)
            }
        }
    }
}
