internal import AzureML
internal import JSONValue
internal import TerminalUI

extension ViewContext {
    /// The resource as the CLI prints it with `-o yaml`.
    func yamlLines(of view: View) -> [TextLine] {
        guard let subject = view.subject, let text = state.yaml(of: subject) else { return goneLines }
        let width = TextArea(bodyArea).inner.width
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().flatMap {
            yamlLines(of: String($0), width: width)
        }
    }

    /// One line of the text, its key set off; what is too long goes on in the next and is never cut.
    private func yamlLines(of line: String, width: Int) -> [TextLine] {
        guard let colon = Self.endOfKey(in: line) else { return TextLine.pieces(of: [Span(line)], width: width) }
        let spans = [
            Span(String(line[..<colon]), .accent), Span(":", .faint), Span(String(line[colon...].dropFirst())),
        ]
        return TextLine.pieces(of: spans, width: width)
    }

    /// The colon behind a plain key; nil in a line without one.
    private static func endOfKey(in line: String) -> String.Index? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let rest = line[line.index(after: colon)...]
        return rest.isEmpty || rest.first == " " ? colon : nil
    }
}

extension TextLine {
    /// Lines of at most so many cells that hold the spans' text, nothing lost.
    static func pieces(of spans: [Span], width: Int) -> [TextLine] {
        var lines = [TextLine()]
        var room = max(width, 8)
        for span in spans {
            var rest = Substring(span.text)
            while !rest.isEmpty {
                let (head, used) = TextWidth.prefix(of: String(rest), fitting: room)
                guard !head.isEmpty else {
                    lines.append(TextLine([Span("  ")]))
                    room = max(width, 8) - 2
                    continue
                }
                lines[lines.count - 1].spans.append(Span(head, span.style))
                rest = rest[rest.utf8.index(rest.startIndex, offsetBy: head.utf8.count)...]
                room -= used
            }
        }
        return lines
    }
}

extension DashboardState {
    /// What the CLI prints of a resource; nil for what it does not know or what is gone.
    func yaml(of subject: Mark) -> String? {
        switch subject {
        case .endpoint(let id):
            guard let record = record(id) else { return nil }
            return record.endpoint.commandForm(deployments: record.deployments?.map(\.deployment.name)).yaml()
        case .deployment(let id):
            return record(ofDeployment: id)?.deployment.deployment.commandForm().yaml()
        case .logRow:
            return nil
        }
    }
}

extension View {
    /// The resource or row it is about.
    var subject: Mark? {
        switch self {
        case .help, .workspaces, .token, .journal, .journalRotation, .scoring: nil
        case .endpoint(let id): .endpoint(id)
        case .deployment(let id): .deployment(id)
        case .logRow(let id): .logRow(id)
        }
    }
}
