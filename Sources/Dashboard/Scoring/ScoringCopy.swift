internal import AzureML
internal import TerminalUI

/// What of the form goes to the clipboard.
package enum ScoringCopy: CaseIterable, Sendable {
    case curl, python, body, requestID

    var key: Character {
        switch self {
        case .curl: "c"
        case .python: "p"
        case .body: "b"
        case .requestID: "i"
        }
    }

    var label: TextKey {
        switch self {
        case .curl: .scoringCopyCurl
        case .python: .scoringCopyPython
        case .body: .scoringCopyBody
        case .requestID: .scoringCopyRequestID
        }
    }
}

extension ScoringCredential {
    /// The environment variable that stands for it in what is copied; nil for none.
    var variable: String? {
        switch self {
        case .primary, .secondary: "AML_KEY"
        case .amlToken, .entra: "TOKEN"
        case .none: nil
        }
    }
}

extension DashboardState {
    mutating func copy(_ item: ScoringCopy) -> [Effect] {
        scoring?.overlay = nil
        guard let form = scoring else { return [] }
        switch item {
        case .curl:
            guard let line = curlLine(form) else { return [] }
            return [.copy(line.shellText(credentialVariable: form.credential.variable))]
        case .python:
            guard let line = curlLine(form) else { return [] }
            return [.copy(line.pythonText(credentialVariable: form.credential.variable))]
        case .body:
            guard !form.body.isBinary else {
                note(.scoringCopyBinary, isWarning: true)
                return []
            }
            return [.copy(form.body.editor.text)]
        case .requestID:
            guard let answer = form.answer.answer else {
                note(.scoringNothingSent, isWarning: true)
                return []
            }
            return [.copy(answer.requestID ?? answer.clientRequestID)]
        }
    }

    /// The request of the form as a command; nil where it cannot be one, which is said.
    mutating func curlLine(_ form: ScoringForm) -> CurlLine? {
        guard let uri = scoringURL(form) else {
            note(.scoringPathWrong, isWarning: true)
            return nil
        }
        var line = CurlLine(url: uri)
        if let pinned = form.pinned { line.headers.append(CurlLine.Header("azureml-model-deployment", pinned)) }
        line.headers.append(CurlLine.Header("Content-Type", form.contentType.text))
        line.headers += form.headers.map { CurlLine.Header($0.name, $0.value) }
        if form.body.isBinary {
            // Its bytes are in that file; a payload file has more in it than the body.
            guard let file = form.file, !file.hasSuffix(".payload") else {
                note(.scoringCopyBinary, isWarning: true)
                return nil
            }
            line.body = .file(file)
        } else {
            line.body = .text(form.body.editor.text)
        }
        return line
    }
}
