extension CurlLine {
    /// Reads a pasted curl command.
    ///
    /// - Throws: `CurlLineError`.
    public init(reading text: String) throws(CurlLineError) {
        var words = try ShellWords.split(text)[...]
        // Copied from a page, a prompt may stand in front.
        if words.first == "$" || words.first == "%" { words.removeFirst() }
        guard let program = words.popFirst(), program == "curl" || program.hasSuffix("/curl") else { throw .notCurl }
        self.init(url: "", method: "")
        var reading = Reading(words: words)
        while let word = reading.words.popFirst() { try reading.take(word, into: &self) }
        guard !url.isEmpty else { throw .missingURL }
        body = reading.body
        if method.isEmpty { method = body == .none ? "GET" : "POST" }
        if let type = reading.contentType, header("Content-Type") == nil {
            headers.append(Header("Content-Type", type))
        }
    }

    private struct Reading {
        var words: ArraySlice<String>
        var texts: [String] = []
        var file: String?
        var contentType: String?
        var onlyOptionsAreOver = false

        init(words: ArraySlice<String>) {
            self.words = words
        }

        var body: Body {
            if let file { return .file(file) }
            return texts.isEmpty ? .none : .text(texts.joined(separator: "&"))
        }

        mutating func take(_ word: String, into line: inout CurlLine) throws(CurlLineError) {
            if onlyOptionsAreOver || !word.hasPrefix("-") || word == "-" {
                line.url = word
            } else if word == "--" {
                onlyOptionsAreOver = true
            } else if word.hasPrefix("--") {
                try take(option: word, attached: nil, into: &line)
            } else {
                try takeShort(word.dropFirst(), into: &line)
            }
        }

        /// `-sSX POST`, `-XPOST`, `-H'name: value'`.
        private mutating func takeShort(_ letters: Substring, into line: inout CurlLine) throws(CurlLineError) {
            var letters = letters
            while let letter = letters.popFirst() {
                let option = "-\(letter)"
                let takesValue = CurlOption(option)?.takesValue ?? false
                try take(option: option, attached: takesValue && !letters.isEmpty ? String(letters) : nil, into: &line)
                if takesValue { return }
            }
        }

        private mutating func take(
            option name: String,
            attached: String?,
            into line: inout CurlLine
        ) throws(CurlLineError) {
            guard let option = CurlOption(name) else { throw .unsupported(option: name) }
            guard option.takesValue else {
                if option == .head { line.method = "HEAD" } else { line.ignoredOptions.append(name) }
                return
            }
            guard let value = attached ?? words.popFirst() else { throw .missingValue(option: name) }
            switch option {
            case .url: line.url = value
            case .method: line.method = value.uppercased()
            case .header: add(header: value, to: &line)
            case .data: add(data: value, contentType: "application/x-www-form-urlencoded")
            case .rawData:
                texts.append(value)
                contentType = contentType ?? "application/x-www-form-urlencoded"
            case .json: add(data: value, contentType: "application/json")
            case .agent: line.headers.append(Header("User-Agent", value))
            case .secret: line.droppedSecrets.append(name)
            case .ignoredWithValue: line.ignoredOptions.append(name)
            case .head, .ignored: break
            }
        }

        private mutating func add(data: String, contentType: String) {
            if data.hasPrefix("@") { file = String(data.dropFirst()) } else { texts.append(data) }
            self.contentType = self.contentType ?? contentType
        }

        private func add(header text: String, to line: inout CurlLine) {
            guard let colon = text.firstIndex(of: ":") else { return line.ignoredOptions.append("-H") }
            let name = text[..<colon].trimmed
            guard !Self.secretHeaders.contains(name.lowercased()) else { return line.droppedSecrets.append(name) }
            line.headers.append(Header(name, text[text.index(after: colon)...].trimmed))
        }

        private static let secretHeaders: Set<String> = [
            "authorization", "proxy-authorization", "cookie", "api-key", "x-api-key", "ocp-apim-subscription-key",
        ]
    }
}

/// What an option of curl means for a scoring request.
private enum CurlOption {
    case url, method, header, data, rawData, json, agent, head
    case secret
    case ignored, ignoredWithValue

    init?(_ name: String) {
        switch name {
        case "--url": self = .url
        case "-X", "--request": self = .method
        case "-H", "--header": self = .header
        case "-d", "--data", "--data-binary", "--data-ascii": self = .data
        case "--data-raw": self = .rawData
        case "--json": self = .json
        case "-A", "--user-agent": self = .agent
        case "-I", "--head": self = .head
        case "-u", "--user", "--oauth2-bearer", "-b", "--cookie", "-E", "--cert", "--key", "--pass", "-U",
            "--proxy-user":
            self = .secret
        case "-s", "--silent", "-S", "--show-error", "-i", "--include", "-v", "--verbose", "-k", "--insecure", "-L",
            "--location", "-f", "--fail", "-g", "--globoff", "-N", "--no-buffer", "-#", "--progress-bar",
            "--compressed",
            "--fail-with-body", "--http1.1", "--http2", "-4", "-6", "-O", "--remote-name", "-j", "--tlsv1.2":
            self = .ignored
        case "-o", "--output", "-m", "--max-time", "--connect-timeout", "-w", "--write-out", "-x", "--proxy",
            "--cacert",
            "--capath", "--retry", "-D", "--dump-header", "-c", "--cookie-jar", "--resolve", "--noproxy":
            self = .ignoredWithValue
        default: return nil
        }
    }

    var takesValue: Bool { self != .ignored && self != .head }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
