import AzureCore
import AzureML
import CursesTerminal
import Dashboard
import TerminalUI

extension EventLoop {
    /// Writes the key over its mask, as long as the state has a place for it; the renderer's own frame never has it.
    func drawRevealedKey(into frame: inout CellBuffer, _ texts: Catalogue) -> Bool {
        guard let revealedKey, let area = state.revealedKeyArea(texts: texts) else { return false }
        frame.fill(area)
        revealedKey.withText { key in
            let pieces = TextWidth.pieces(of: key, fitting: area.width)
            for (row, piece) in pieces.prefix(area.height).enumerated() {
                frame.write([Span(piece, .accent)], in: area.row(row))
            }
        }
        return true
    }

    func start(_ effect: RotationEffect) {
        let (environment, mailbox) = (environment, mailbox)
        switch effect {
        case .mask: revealedKey = nil
        case .readJournal:
            Task.detached { mailbox.post(.rotation(.journal(await environment.journal.read()))) }
        case .exportJournal(let name, let text):
            Task.detached { mailbox.post(.rotation(.exported(path: await environment.journal.export(name, text)))) }
        case .reveal(let rotation, let slot):
            Task.detached {
                let key = await environment.rotation.newKey(rotation, slot)
                await self.reveal(key)
            }
        case .perform(let tasks):
            Task.detached {
                for task in tasks {
                    let news = await self.perform(task, environment.rotation)
                    if news != .nothing { mailbox.post(.rotation(.news(rotation: task.rotation, news))) }
                }
            }
        }
    }

    private func reveal(_ key: Secret?) {
        revealedKey = key
        terminal.wake()
    }

    /// A copy goes through the terminal as well, which only this thread may use.
    private nonisolated func perform(_ task: RotationTask, _ actions: RotationActions) async -> RotationNews {
        guard case .handOver(.copy) = task.action, let slot = task.slot else { return await actions.perform(task) }
        guard let key = await actions.newKey(task.rotation, slot) else {
            return .event(.handedOver(.copy, isDone: false))
        }
        let reachedTerminal = await sendToClipboard(key)
        let news = await actions.perform(task)
        return reachedTerminal ? .event(.handedOver(.copy, isDone: true)) : news
    }

    private func sendToClipboard(_ key: Secret) -> Bool { key.withText(terminal.copyToClipboard) }
}
