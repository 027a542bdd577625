internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

extension DashboardState {
    /// Whether something failed for want of a token that is accepted.
    var isSignedOut: Bool { feeds.values.contains { $0.failure?.isSignInTrouble == true } }

    mutating func openSignIn() -> [Effect] {
        dialog = .signIn(SignInDialog())
        return [.signIn(.explain)]
    }

    mutating func take(_ key: Key, in signIn: SignInDialog) -> [Effect] {
        var signIn = signIn
        switch (key, signIn.stage) {
        case (.character("y"), .waiting(let code)): return [.copy(code.userCode)]
        case (.character("u"), .waiting(let code)): return [.copy(code.verificationURL)]
        case (.character("d"), _) where !signIn.isUnderWay:
            signIn.stage = .asking
            dialog = .signIn(signIn)
            return [.signIn(.beginDeviceCode)]
        case (.character("a"), _) where !signIn.isUnderWay: return [.signIn(.runAzureCLI)]
        case (.down, _), (.character("j"), _): signIn.offset += 1
        case (.up, _), (.character("k"), _): signIn.offset = max(0, signIn.offset - 1)
        default: break
        }
        dialog = .signIn(signIn)
        return []
    }

    /// Closing the dialog gives up what it had begun.
    mutating func closeSignIn(_ signIn: SignInDialog) -> [Effect] {
        dialog = nil
        return signIn.isUnderWay ? [.signIn(.cancelDeviceCode)] : []
    }

    mutating func take(_ event: SignInEvent) -> [Effect] {
        switch event {
        case .signedIn:
            closeSignInDialog()
            note(.signInDone)
            forceRefresh()
            return []
        case .azureCLIEnded(status: 0):
            closeSignInDialog()
            note(.signInCliDone)
            forceRefresh()
            return []
        default: break
        }
        guard case .signIn(var signIn)? = dialog else { return [] }
        var effects: [Effect] = []
        switch event {
        case .explained(let verdicts): signIn.verdicts = verdicts
        // One that comes after Esc is nobody's.
        case .code(let code) where signIn.stage == .asking: signIn.stage = .waiting(code)
        case .failed(let error) where signIn.isUnderWay:
            signIn.stage = .failed(error)
            effects = [.signIn(.explain)]
        case .azureCLIEnded(let status):
            signIn.stage = .azureCLIFailed(status: status)
            effects = [.signIn(.explain)]
        case .code, .failed, .signedIn: break
        }
        dialog = .signIn(signIn)
        return effects
    }

    private mutating func closeSignInDialog() {
        if case .signIn? = dialog { dialog = nil }
    }
}

extension AzureError {
    /// Signing in again may help.
    var isSignInTrouble: Bool {
        switch kind {
        case .signedOut, .noCredential, .unauthorized, .wrongAudience: true
        default: false
        }
    }
}
