public import JSONValue

/// What the body of an error answer says, in whichever of Azure's shapes it comes.
///
/// Resource Manager wraps code and message in `error`, some gateways do not; Log Analytics nests `innererror`; Azure
/// Machine Learning hides JSON texts in messages; Microsoft Entra has `error_description`; some answer plain text,
/// HTML or nothing.
public struct ErrorBody: Hashable, Sendable {
    public var code: String?
    public var message: String?
    /// What is nested inside, outermost first.
    public var details: [AzureError.Detail] = []
    /// Microsoft Entra's name for the exchange, which its support asks for.
    public var traceID: String?

    /// Longer texts are cut: they are for a person.
    private static let longestText = 4000
    private static let mostDetails = 32

    init(of response: AzureResponse) {
        if let value = try? JSONValue.parse(response.body) {
            read(value)
        } else if !response.body.isEmpty, !response.looksLikeMarkup {
            message = String(decoding: response.body.prefix(Self.longestText), as: UTF8.self)
                .split(whereSeparator: \.isNewline).first.map(String.init)
        }
    }

    /// From the JSON of an error answer, or from the `error` of an operation's status.
    public init(_ value: JSONValue) {
        read(value)
    }

    private mutating func read(_ value: JSONValue) {
        if let description = value["error_description"]?.stringValue {
            readEntra(value, description)
            return
        }
        let error = value["error"] ?? value["Error"] ?? value
        guard error.objectValue != nil else {
            message = error.stringValue?.cut(Self.longestText)
            return
        }
        code = error.text("code", "Code")
        readMessage(of: error)
        readDetails(of: error, depth: 0)
        takeCodeFromMessage()
    }

    /// `AADSTS7000215` where the description names one: the stable word, `invalid_client`, becomes a detail.
    private mutating func readEntra(_ value: JSONValue, _ description: String) {
        let word = value["error"]?.stringValue
        traceID = value["trace_id"]?.stringValue?.cut(64)
        let number = value["error_codes"]?[0]?.intValue.map { "AADSTS\($0)" }
        let named = description.prefix { $0 != ":" && $0 != " " }
        code = named.hasPrefix("AADSTS") ? String(named) : number ?? word
        let lines = description.split(whereSeparator: \.isNewline)
        let firstLine = lines.first.map(String.init) ?? description
        message = firstLine.components(before: " Trace ID:").cut(Self.longestText)
        if let word { details.append(AzureError.Detail(code: word, message: "")) }
    }

    private mutating func readMessage(of error: JSONValue) {
        guard let text = error.text("message", "Message", "title", "detail") else { return }
        let (plain, nested) = text.splitAtJSON()
        message = (plain.isEmpty ? nested?["title"]?.stringValue ?? text : plain).cut(Self.longestText)
        if let nested { readProblem(nested) }
    }

    private mutating func readDetails(of error: JSONValue, depth: Int) {
        guard depth < 8 else { return }
        readProblem(error)
        for detail in error["details"]?.arrayValue ?? [] {
            readDetail(detail, depth: depth)
        }
        if let inner = error["innererror"] ?? error["innerError"], inner.objectValue != nil {
            readDetail(inner, depth: depth)
        }
    }

    private mutating func readDetail(_ detail: JSONValue, depth: Int) {
        guard details.count < Self.mostDetails else { return }
        let text = detail.text("message", "Message") ?? ""
        let (plain, nested) = text.splitAtJSON()
        let code = detail.text("code", "Code")
        if code != nil || !plain.isEmpty {
            let shown = plain.isEmpty ? nested?["title"]?.stringValue ?? "" : plain
            details.append(AzureError.Detail(code: code, message: shown.cut(Self.longestText)))
        }
        if let nested { readProblem(nested) }
        readDetails(of: detail, depth: depth + 1)
    }

    /// The fields of an ASP.NET problem document: `errors: {field: [text]}`.
    private mutating func readProblem(_ problem: JSONValue) {
        for member in problem["errors"]?.objectValue?.members ?? [] {
            let texts =
                member.value.arrayValue?.compactMap(\.stringValue) ?? [member.value.stringValue].compactMap(\.self)
            for text in texts where details.count < Self.mostDetails {
                let field = member.name.isEmpty ? nil : member.name
                details.append(AzureError.Detail(code: field, message: text.cut(Self.longestText)))
            }
        }
    }

    /// `ResourceNotReady: User container has crashed`, with a code of null beside it.
    private mutating func takeCodeFromMessage() {
        guard code == nil, let message, let colon = message.firstRange(of: ": ") else { return }
        let word = message[..<colon.lowerBound]
        guard word.count > 3, word.first?.isUppercase == true, word.utf8.allSatisfy({ $0.isASCIILetter }) else {
            return
        }
        code = String(word)
        self.message = String(message[colon.upperBound...])
    }

    /// Whether the service could not use the token at all, rather than denying what its holder may do.
    var refusesToken: Bool {
        guard let code else { return false }
        return code.hasPrefix("InvalidAuthenticationToken") || code == "ExpiredAuthenticationToken"
            || code == "InvalidTokenError"
    }
}

extension AzureResponse {
    /// A page for a browser, in place of what was asked for.
    var looksLikeMarkup: Bool {
        if contentType?.lowercased().contains("html") == true { return true }
        return body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
    }
}

extension JSONValue {
    /// The first of these members that is a text and not empty.
    fileprivate func text(_ names: String...) -> String? {
        for name in names {
            if let text = self[name]?.stringValue, !text.isEmpty { return text }
        }
        return nil
    }
}

extension String {
    /// What stands in front of a JSON object that ends the text, and that object.
    fileprivate func splitAtJSON() -> (plain: String, nested: JSONValue?) {
        guard let brace = firstIndex(of: "{"), let value = try? JSONValue.parse(String(self[brace...])) else {
            return (self, nil)
        }
        var plain = self[..<brace]
        while let last = plain.last, last.isWhitespace || last == ":" { plain.removeLast() }
        return (String(plain), value)
    }

    fileprivate func components(before marker: String) -> String {
        firstRange(of: marker).map { String(self[..<$0.lowerBound]) } ?? self
    }

    fileprivate func cut(_ length: Int) -> String {
        utf8.count <= length ? self : String(prefix(length))
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self & 0xDF)
    }
}
