internal import AzureCore
internal import TerminalUI

extension ViewContext {
    /// The dialog over everything, in the middle of the body.
    func drawDialog(of frame: inout CellBuffer) {
        switch state.dialog {
        case .copy(let menu)?: draw(menu, of: &frame)
        case .reveal(let reveal)?: draw(reveal, of: &frame)
        case .paste(let paste)?: draw(paste, of: &frame)
        case .rotation?: drawRotation(of: &frame)
        case .context(let offer)?: draw(offer, of: &frame)
        case .signIn(let signIn)?: draw(signIn, of: &frame)
        case nil: break
        }
    }

    private func draw(_ menu: CopyMenu, of frame: inout CellBuffer) {
        let title =
            menu.subjects.count <= 1
            ? texts[.copyTitle] : texts.text(.copyTitleMany, ["count": "\(menu.subjects.count)"])
        let labels = menu.entries.map { (entry: $0, label: texts[$0.item.label]) }
        let labelWidth = labels.map { TextWidth.width(of: $0.label) }.max() ?? 0
        let lines = labels.map { entry, label in
            let gap = String(repeating: " ", count: labelWidth - TextWidth.width(of: label) + 2)
            return [
                Span("\(entry.item.key)", Style(.key, bold: true)), Span("  " + label + gap),
                Span(entry.secret == nil ? preview(of: entry.text) : Secret.mask, .muted),
            ]
        }
        let inner = drawDialogFrame(title: title, hint: texts[.copyHint], lines: lines, of: &frame)
        for (index, line) in lines.prefix(inner.height).enumerated() {
            frame.write(line, in: inner.row(index).inset(dx: 1))
            if index == menu.selected { frame.restyle(inner.row(index)) { $0.selected } }
        }
    }

    private func preview(of text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: 40, omittingEmptySubsequences: false)
        let collapsed = lines.first.map { $0.split(separator: " ").joined(separator: " ") } ?? ""
        guard lines.count > 1 else { return collapsed }
        return texts.text(.copyPreviewLines, ["first": String(collapsed.prefix(60))])
    }

    /// Steps the picture behind back, draws the frame and answers with the area inside.
    func drawDialogFrame(title: String, hint: String, lines: [[Span]], of frame: inout CellBuffer) -> Rect {
        let body = bodyArea
        frame.restyle(body) { $0.dimmed }
        let widest = max(lines.map(\.width).max() ?? 0, TextWidth.width(of: title), TextWidth.width(of: hint))
        let width = min(body.width < 60 ? body.width : body.width - 6, max(40, widest + 6))
        let height = min(body.height, lines.count + 2)
        let rect = Rect(
            x: body.x + (body.width - width) / 2,
            y: body.y + (body.height - height) / 2,
            width: width,
            height: height
        )
        frame.fill(rect)
        guard height > 2 else { return rect }
        frame.drawBox(
            rect,
            style: .focusedBorder,
            topLeading: [Span(title, .title)],
            bottomTrailing: [Span(hint, .muted)]
        )
        return rect.inset(by: 1)
    }
}

extension CopyItem {
    fileprivate var label: TextKey {
        switch self {
        case .name: .copyName
        case .id: .copyId
        case .scoringURI: .copyScoringURI
        case .row: .copyRow
        case .value: .copyValue
        case .json: .copyJson
        case .yaml: .copyYaml
        case .primaryKey: .copyPrimaryKey
        case .secondaryKey: .copySecondaryKey
        case .endpointToken: .copyEndpointToken
        case .entraToken: .copyEntraToken
        }
    }
}
