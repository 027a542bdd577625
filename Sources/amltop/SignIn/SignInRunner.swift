import AzureCore
import CursesTerminal
import Dashboard

/// Carries out what the sign-in dialog asks for.
@TerminalActor
final class SignInRunner {
    private let terminal: CursesTerminal
    private let actions: SignInActions
    private let mailbox: Mailbox
    private var waiting: Task<Void, Never>?

    init(terminal: CursesTerminal, actions: SignInActions, mailbox: Mailbox) {
        self.terminal = terminal
        self.actions = actions
        self.mailbox = mailbox
    }

    func perform(_ effect: SignInEffect) {
        switch effect {
        case .explain: mailbox.post(.signIn(.explained(actions.verdicts())))
        case .beginDeviceCode: beginDeviceCode()
        case .cancelDeviceCode: cancel()
        case .runAzureCLI: findAzureCLI()
        }
    }

    func cancel() {
        waiting?.cancel()
        waiting = nil
    }

    private func beginDeviceCode() {
        cancel()
        let (actions, mailbox) = (actions, mailbox)
        waiting = Task.detached {
            do {
                try await actions.deviceCode { mailbox.post(.signIn(.code($0))) }
                mailbox.post(.signIn(.signedIn))
            } catch {
                guard !Task.isCancelled else { return }
                mailbox.post(.signIn(.failed(error as? AzureError ?? AzureError(.cancelled))))
            }
        }
    }

    private func findAzureCLI() {
        let actions = actions
        Task.detached {
            let line = await actions.azureCLILogin()
            await self.run(line)
        }
    }

    /// The terminal is the program's until it ends; ours stands still meanwhile.
    private func run(_ line: ProgramLine?) {
        guard let line else { return mailbox.post(.signIn(.azureCLIEnded(status: nil))) }
        var status: Int32?
        terminal.lend { mustEnd in
            writeToStandardOutput("$ az \(line.arguments.map(Printable.text).joined(separator: " "))\n")
            status = ForegroundProgram(line).run(mustEnd: mustEnd)
        }
        if status == 0 { actions.azureCLIChanged() }
        mailbox.post(.signIn(.azureCLIEnded(status: status)))
    }
}
