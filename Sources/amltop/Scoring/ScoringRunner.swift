import AzureCore
import AzureML
import CursesTerminal
import Dashboard
import FoundationEssentials
import JSONValue

/// Carries out what the scoring form asks for.
@TerminalActor
final class ScoringRunner {
    private let terminal: CursesTerminal
    private let mailbox: Mailbox
    private var runs: [Int: Task<Void, Never>] = [:]
    /// One after the other: what is kept stands in the order it was sent.
    private var keeping: Task<Void, Never>?

    init(terminal: CursesTerminal, mailbox: Mailbox) {
        self.terminal = terminal
        self.mailbox = mailbox
    }

    func perform(_ effect: ScoringEffect, _ actions: ScoringActions) {
        let mailbox = mailbox
        switch effect {
        case .send(let task):
            begin(task.run) { await actions.send(task) { mailbox.post(.scoring($0)) } }
        case .repeatSending(let task):
            begin(task.run) { await actions.repeatSending(task) { mailbox.post(.scoring($0)) } }
        case .cancel(let run):
            runs[run]?.cancel()
            runs[run] = nil
        case .readSchema(let endpoint, let credential, let allowsPlainHTTP):
            Task.detached {
                let answer = await Self.skeleton(endpoint, credential, allowsPlainHTTP, actions)
                mailbox.post(.scoring(.schema(endpoint, answer)))
            }
        case .listFiles:
            Task.detached { mailbox.post(.scoring(.files(PayloadFolder.entries()))) }
        case .load(let path):
            Task.detached { mailbox.post(.scoring(.loaded(path: path, PayloadFolder.load(path)))) }
        case .save(let path, let bytes, let overwrites):
            Task.detached {
                let outcome = PayloadFolder.save(bytes, to: path, overwrites: overwrites)
                mailbox.post(.scoring(.saved(path: path, outcome)))
            }
        case .edit(let text, let isJSON): edit(text, isJSON)
        case .askConsent: keep { mailbox.post(.scoring(.consent(await actions.history.consent()))) }
        case .setConsent(let consent): keep { await actions.history.setConsent(consent) }
        case .record(let record): keep { await actions.history.record(record) }
        case .forget(let id, let endpoint): keep { await actions.history.forget(id, endpoint) }
        case .readHistory(let endpoint):
            keep {
                let records = await actions.history.records(endpoint)
                mailbox.post(.scoring(.history(endpoint, records)))
            }
        }
    }

    func cancelAll() {
        for run in runs.values { run.cancel() }
        runs = [:]
    }

    private func begin(_ run: Int, _ work: @escaping @Sendable () async -> Void) {
        runs[run] = Task.detached {
            await work()
            await self.forget(run)
        }
    }

    private func forget(_ run: Int) { runs[run] = nil }

    private func keep(_ work: @escaping @Sendable () async -> Void) {
        let before = keeping
        keeping = Task.detached {
            await before?.value
            await work()
        }
    }

    private nonisolated static func skeleton(
        _ endpoint: ResourceID,
        _ credential: ScoringCredential,
        _ allowsPlainHTTP: Bool,
        _ actions: ScoringActions
    ) async -> SchemaAnswer {
        do {
            let document = try await actions.schema(endpoint, credential, allowsPlainHTTP)
            return .skeleton(BodySkeleton.body(from: document, path: "/score")?.text(pretty: true))
        } catch {
            return .failed(AzureError(orCancelled: error))
        }
    }

    /// The terminal is the editor's until it ends; ours stands still meanwhile.
    private func edit(_ text: String, _ isJSON: Bool) {
        guard let editor = OutsideEditor(environment: .process) else {
            return mailbox.post(.scoring(.edited(.missing)))
        }
        var outcome = EditOutcome.missing
        terminal.lend { mustEnd in outcome = editor.edit(text, isJSON: isJSON, mustEnd: mustEnd) }
        mailbox.post(.scoring(.edited(outcome)))
    }
}
