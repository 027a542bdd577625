internal import AzureCore
internal import AzureML
internal import TerminalUI

/// Looking into tokens.
extension DashboardState {
    /// Opens the inspector on the token that the keys are about, else on the control plane's.
    mutating func inspectToken() -> [Effect] {
        let names = secretNames
        if case .endpointKey(let id, _)? = names.first, focus == .credentials || !views.isEmpty {
            note(.tokenKeysAreNone, ["endpoint": id.name], isWarning: true)
            return []
        }
        guard let name = names.first, focus == .credentials || !views.isEmpty else {
            return inspect(.token(.resourceManager))
        }
        return inspect(name)
    }

    private mutating func inspect(_ name: SecretName) -> [Effect] {
        beginInquiry(.named(name))
        return [.secret(.inspect(name, request: lastRequest))]
    }

    private mutating func beginInquiry(_ subject: TokenSubject) {
        lastRequest += 1
        inquiry = TokenInquiry(subject: subject, request: lastRequest)
        // One inspector is enough: another token takes the place of the one that is shown.
        if case .token? = views.last { closeView() }
        show(.token(subject))
    }

    mutating func beginPasting() { dialog = .paste(PasteDialog()) }

    mutating func take(_ key: Key, in paste: PasteDialog) -> [Effect] {
        switch key {
        case .enter:
            dialog = nil
            return inspect(pasted: paste.text)
        case .character(let character): append(String(character), to: paste)
        case .backspace, .control("u"), .control("w"): dialog = .paste(PasteDialog())
        default: break
        }
        return []
    }

    /// Keeps what is pasted covered; too long a text is taken as it is, and the inspector says so.
    mutating func append(_ more: String, to paste: PasteDialog) {
        let text = paste.text.withText { Secret($0 + more) }
        dialog = .paste(PasteDialog(text: text, characterCount: paste.characterCount + more.count))
    }

    private mutating func inspect(pasted secret: Secret) -> [Effect] {
        guard !secret.isEmpty else { return [] }
        beginInquiry(.pasted)
        return [.secret(.inspectPasted(secret, request: lastRequest))]
    }

    /// What is known of the token of a view; nil while another one is looked into.
    func inquiry(of subject: TokenSubject) -> TokenInquiry? { inquiry?.subject == subject ? inquiry : nil }
}
