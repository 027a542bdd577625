internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import JSONValue
internal import TerminalUI

/// Bodies from elsewhere, and bodies that go to files.
extension DashboardState {
    mutating func take(_ source: BodySource) -> [Effect] {
        scoring?.overlay = nil
        guard let form = scoring else { return [] }
        switch source {
        case .preset(let preset):
            setBody(Array(preset.text.utf8), contentType: "application/json")
            if let path = preset.path(from: form.path.text) {
                scoring?.path.replace(with: path)
                note(.scoringPathChanged, ["path": path])
            }
            return []
        case .proven:
            guard let proven = form.proven else {
                note(.scoringNothingProven, isWarning: true)
                return []
            }
            setBody(proven.bytes, contentType: proven.contentType)
            return []
        case .schema:
            return readSchema(form)
        case .file:
            scoring?.overlay = .files(nil, selected: 0, path: Prompt(.scoring))
            return [.scoring(.listFiles)]
        case .curl:
            scoring?.overlay = .curl(TextEditor(), nil)
            return []
        case .history: return openScoringHistory()
        }
    }

    /// The swagger wants the same credential as a payload, and the same caution.
    private mutating func readSchema(_ form: ScoringForm) -> [Effect] {
        let isPlain = scoringURL(form).flatMap(HTTPURL.init)?.isEncrypted == false
        guard !isPlain || form.allowsPlainHTTP || form.credential == .none else {
            note(.scoringSchemaPlain, isWarning: true)
            return []
        }
        scoring?.skeleton = .waiting
        note(.scoringSchemaAsked)
        let allowsPlainHTTP = form.allowsPlainHTTP || form.credential == .none
        return [.scoring(.readSchema(form.endpoint, form.credential, allowsPlainHTTP: allowsPlainHTTP))]
    }

    /// Puts another body into the form; what was there is an undo away where both are texts.
    mutating func setBody(_ bytes: [UInt8], contentType: String) {
        scoring?.body.replace(with: bytes)
        scoring?.contentType.replace(with: contentType)
        scoring?.part = .body
        scoring?.invalidBodyRevision = nil
    }

    mutating func takeSchema(_ answer: SchemaAnswer, of endpoint: ResourceID) -> [Effect] {
        guard scoring?.endpoint == endpoint, scoring?.skeleton == .waiting else { return [] }
        scoring?.skeleton = answer
        switch answer {
        case .waiting: break
        case .skeleton(let text?):
            setBody(Array(text.utf8), contentType: "application/json")
            note(.scoringSchemaTaken)
        case .skeleton(nil): note(.scoringSchemaEmpty, isWarning: true)
        case .failed(let error):
            let why = Wording(texts: Catalogue(language)).why(error)
            note(.scoringSchemaFailed, ["why": why], isWarning: true)
        }
        return []
    }

    // MARK: Files

    mutating func takeFileKey(_ key: Key, _ entries: [PayloadEntry], _ selected: Int, _ path: Prompt) -> [Effect] {
        guard case .files(let known, _, _)? = scoring?.overlay else { return [] }
        switch key {
        case .escape: scoring?.overlay = nil
        case .up: scoring?.overlay = .files(known, selected: max(0, selected - 1), path: path)
        case .down: scoring?.overlay = .files(known, selected: min(max(0, entries.count - 1), selected + 1), path: path)
        case .enter:
            let chosen = path.text.isEmpty && entries.indices.contains(selected) ? entries[selected].path : path.text
            guard !chosen.isEmpty else { return [] }
            scoring?.overlay = nil
            return [.scoring(.load(path: chosen))]
        default:
            var path = path
            guard path.take(key) else { return [] }
            scoring?.overlay = .files(known, selected: selected, path: path)
        }
        return []
    }

    mutating func takeFile(_ loaded: LoadedPayload, from path: String) -> [Effect] {
        guard scoring != nil else { return [] }
        switch loaded {
        case .problem(let problem): note(problem.textKey, problem.values(path: path), isWarning: true)
        case .payload(let file):
            setBody(file.body, contentType: file.contentType)
            scoring?.file = path
            scoring?.isDirty = false
            if path.hasSuffix(".payload") {
                scoring?.headers = file.headers
                scoring?.pinned = file.deployment
            } else if let type = Self.contentType(ofFile: path) {
                scoring?.contentType.replace(with: type)
            }
            let isOther = file.endpoint.map { $0 != scoring?.endpoint.name } ?? false
            let values = ["path": path, "bytes": Format.count(file.body.count), "endpoint": file.endpoint ?? ""]
            note(isOther ? .scoringLoadedOfOther : .scoringLoaded, values, isWarning: isOther)
        }
        return []
    }

    /// By the end of its name; nil for what is sent as JSON.
    static func contentType(ofFile path: String) -> String? {
        switch path.split(separator: ".").last?.lowercased() {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "wav": "audio/wav"
        case "txt": "text/plain"
        case "csv": "text/csv"
        case "bin", "npy", "parquet": "application/octet-stream"
        default: nil
        }
    }

    mutating func beginSaving() {
        guard let form = scoring else { return }
        let name = form.file ?? "\(form.endpoint.name).payload"
        scoring?.overlay = .save(path: Prompt(.scoring, text: name), overwrites: false)
    }

    mutating func takeSave(_ key: Key, _ path: Prompt, _ overwrites: Bool, isAnswer: Bool) -> [Effect] {
        var path = path
        switch key {
        case .escape: scoring?.overlay = nil
        case .enter:
            guard !path.text.isEmpty, let form = scoring else { return [] }
            let bytes = isAnswer ? form.answer.answer?.body ?? [] : form.fileBytes(named: path.text)
            return [.scoring(.save(path: path.text, bytes: bytes, overwrites: overwrites))]
        default:
            guard path.take(key) else { return [] }
            scoring?.overlay =
                isAnswer ? .saveAnswer(path: path, overwrites: false) : .save(path: path, overwrites: false)
        }
        return []
    }

    mutating func takeSaved(_ outcome: SaveOutcome, at path: String) -> [Effect] {
        guard let overlay = scoring?.overlay else { return [] }
        switch (overlay, outcome) {
        case (.save, .written):
            scoring?.overlay = nil
            scoring?.file = path
            scoring?.isDirty = false
            note(.scoringSaved, ["path": path])
        case (.saveAnswer, .written):
            scoring?.overlay = nil
            note(.scoringSaved, ["path": path])
        case (.save(let prompt, _), .exists): scoring?.overlay = .save(path: prompt, overwrites: true)
        case (.saveAnswer(let prompt, _), .exists): scoring?.overlay = .saveAnswer(path: prompt, overwrites: true)
        case (.save, .failed(let why)), (.saveAnswer, .failed(let why)):
            note(.scoringNotSaved, ["path": path, "why": why], isWarning: true)
        default: break
        }
        return []
    }

    // MARK: The person's own editor

    mutating func editOutside() -> [Effect] {
        guard let form = scoring, !form.body.isBinary else {
            note(.scoringEditBinary, isWarning: true)
            return []
        }
        let isJSON = form.contentType.text.lowercased().contains("json")
        return [.scoring(.edit(text: form.body.editor.text, isJSON: isJSON))]
    }

    mutating func takeEdited(_ outcome: EditOutcome) -> [Effect] {
        switch outcome {
        case .text(let bytes):
            guard scoring != nil, bytes != scoring?.body.payload else { return [] }
            scoring?.body.replace(with: bytes)
            bodyChanged()
        case .refused(let status): note(.scoringEditorFailed, ["status": "\(status)"], isWarning: true)
        case .missing: note(.scoringEditorMissing, isWarning: true)
        }
        return []
    }

    // MARK: curl

    mutating func takeCurl(_ key: Key, _ editor: TextEditor) -> [Effect] {
        var editor = editor
        switch key {
        case .escape: scoring?.overlay = nil
        case .function(9), .alt("\r"), .alt("\n"): return readCurl(editor)
        // One line, or the end of a pasted one: a line that goes on ends in a backslash.
        case .enter where !editor.text.hasSuffix("\\"): return readCurl(editor)
        default:
            _ = editor.take(key, pageHeight: 10)
            scoring?.overlay = .curl(editor, nil)
        }
        return []
    }

    private mutating func readCurl(_ editor: TextEditor) -> [Effect] {
        let line: CurlLine
        do throws(CurlLineError) {
            line = try CurlLine(reading: editor.text)
        } catch {
            scoring?.overlay = .curl(editor, error)
            return []
        }
        scoring?.overlay = nil
        guard let form = scoring, let record = scoringRecord else { return [] }
        let own = record.endpoint.scoringURI.flatMap(HTTPURL.init)
        let url = HTTPURL(line.url)
        let isElsewhere = url != nil && url?.origin != own?.origin
        if let url, !isElsewhere { scoring?.path.replace(with: url.pathAndQuery) }
        scoring?.pinned = line.header("azureml-model-deployment") ?? form.pinned
        scoring?.headers = line.headers.map { PayloadFile.Header($0.name, $0.value) }
            .filter { $0.isValid && !$0.isReserved }
        let type = line.header("Content-Type") ?? "application/json"
        var effects: [Effect] = []
        switch line.body {
        case .none: break
        case .text(let text): setBody(Array(text.utf8), contentType: type)
        case .file(let path): effects = [.scoring(.load(path: path))]
        }
        bodyChanged()
        let dropped = line.droppedSecrets.joined(separator: ", ")
        let values = ["dropped": dropped, "host": url?.host ?? line.url]
        if isElsewhere {
            note(.scoringCurlElsewhere, values, isWarning: true)
        } else {
            note(dropped.isEmpty ? .scoringCurlTaken : .scoringCurlDropped, values)
        }
        return effects
    }

    /// A paste goes where the letters go.
    mutating func pasteInScoring(_ text: String) {
        guard let form = scoring else { return }
        switch form.overlay {
        case .curl(var editor, _)?:
            editor.insert(text)
            scoring?.overlay = .curl(editor, nil)
        case .headers(var editor, _)?:
            editor.insert(text)
            scoring?.overlay = .headers(editor, wrongLine: nil)
        case .files(let entries, let selected, var path)?:
            path.insert(text)
            scoring?.overlay = .files(entries, selected: selected, path: path)
        case .save(var path, _)?:
            path.insert(text)
            scoring?.overlay = .save(path: path, overwrites: false)
        case .saveAnswer(var path, _)?:
            path.insert(text)
            scoring?.overlay = .saveAnswer(path: path, overwrites: false)
        case .search(var word)?:
            word.insert(text)
            scoring?.overlay = .search(word)
        // A name that is to be typed is typed.
        case .some: break
        case nil where form.part == .answer: _ = scoring?.answer.paste(text)
        case nil: pasteIntoPart(text, form.part)
        }
        settleScoring()
    }

    private mutating func pasteIntoPart(_ text: String, _ part: ScoringForm.Part) {
        switch part {
        case .path: scoring?.path.insert(text)
        case .contentType: scoring?.contentType.insert(text)
        case .timeout: scoring?.timeout.insert(text)
        case .body where scoring?.body.isBinary == false:
            // Terminals send a carriage return for each end of a line.
            let lines = text.contains("\r") ? text.replacing("\r\n", with: "\n").replacing("\r", with: "\n") : text
            scoring?.body.editor.insert(lines)
            bodyChanged()
        default: break
        }
    }
}

extension ScoringForm {
    /// What goes into a file: a payload with its front matter, or the body alone, by the name.
    func fileBytes(named path: String) -> [UInt8] {
        guard path.hasSuffix(".payload") else { return body.payload }
        return PayloadFile(
            endpoint: endpoint.name,
            deployment: pinned,
            contentType: contentType.text,
            headers: headers,
            body: body.payload
        ).bytes
    }
}

extension PayloadFile.Problem {
    var textKey: TextKey {
        switch self {
        case .unreadable: .scoringFileUnreadable
        case .tooLarge: .scoringFileTooLarge
        case .malformed: .scoringFileMalformed
        case .unknownField: .scoringFileField
        }
    }

    func values(path: String) -> [String: String] {
        switch self {
        case .unreadable: ["path": path]
        case .tooLarge: ["path": path, "limit": "\(PayloadFile.mostBytes >> 20)"]
        case .malformed(let line): ["path": path, "line": "\(line)"]
        case .unknownField(let name): ["path": path, "field": name]
        }
    }
}
