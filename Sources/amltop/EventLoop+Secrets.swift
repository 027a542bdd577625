import AzureCore
import AzureML
import CursesTerminal
import Dashboard

/// Secrets on their way between Azure, the clipboard and the screen.
extension EventLoop {
    func perform(_ action: SecretAction) {
        let actions = environment.adapted(.essential, state.chosenWorkspace).secrets
        let mailbox = mailbox
        switch action {
        case .copy(let name):
            Task.detached {
                await mailbox.post(.secret(self.copy(name, actions)))
            }
        case .reveal(let name, let request):
            Task.detached {
                do {
                    mailbox.post(.secret(.revealed(try await actions.secret(name), request: request)))
                } catch {
                    mailbox.post(.secret(.notRevealed(AzureError(orCancelled: error), request: request)))
                }
            }
        case .inspect(let name, let request):
            Task.detached {
                do {
                    let secret = try await actions.secret(name)
                    let report = TokenReport(TokenInspection(secret), in: await actions.cloud() ?? .azureCloud)
                    mailbox.post(.secret(.inspected(report, request: request)))
                } catch {
                    mailbox.post(.secret(.notInspected(AzureError(orCancelled: error), request: request)))
                }
            }
        case .inspectPasted(let pasted, let request):
            Task.detached {
                let text = pasted.withText(TokenText.init)
                let report = TokenReport(
                    TokenInspection(text.token),
                    wrappings: text.wrappings,
                    in: await actions.cloud() ?? .azureCloud
                )
                mailbox.post(.secret(.inspected(report, request: request)))
            }
        }
    }

    private nonisolated func copy(_ name: SecretName, _ actions: SecretActions) async -> SecretEvent {
        do {
            let secret = try await actions.secret(name)
            let reachedTerminal = await reachTerminal(secret)
            let program = await secret.withText { $0 }.copied()
            return .copied(
                name,
                CopyOutcome(characterCount: 0, reachedTerminal: reachedTerminal, program: program)
            )
        } catch {
            return .notCopied(name, AzureError(orCancelled: error))
        }
    }

    private func reachTerminal(_ secret: Secret) -> Bool { secret.withText(terminal.copyToClipboard) }

    /// Nothing secret may stay on a terminal that is about to be given away.
    func coverSecrets() {
        // What counts is the frame on the screen: the state may have forgotten the secret with the key that leaves.
        guard isSecretShown || revealedKey != nil else { return }
        revealedKey = nil
        _ = update(&state, .secret(.mustHide))
        present()
    }
}

extension String {
    fileprivate func copied() async -> String? { await Clipboard.copy(self, environment: .process) }
}

extension AzureError {
    /// Everything the client throws but a cancellation is of ours already.
    init(orCancelled error: any Error) {
        self = (error as? AzureError) ?? AzureError(.cancelled)
    }
}
