internal import AzureML
internal import JSONValue
internal import TerminalUI

/// What happens in the views over the home screen.
extension DashboardState {
    mutating func show(_ view: View) {
        views.append(view)
        resetView()
    }

    mutating func closeView() {
        if let view = views.popLast() { scroll[.view(view)] = nil }
        resetView()
    }

    mutating func closeAllViews() {
        while !views.isEmpty { closeView() }
    }

    private mutating func resetView() {
        search = nil
        form = .overview
        outlineLine = 0
        folded = []
    }

    /// The same thing in its next form, from the top.
    mutating func changeForm(by step: Int) {
        guard let view = views.last, let index = view.forms.firstIndex(of: form) else { return }
        form = view.forms[(index + step + view.forms.count) % view.forms.count]
        scroll[.view(view)] = 0
        outlineLine = 0
        search?.line = nil
    }

    /// Moves through a text, or from line to line of an outline.
    mutating func moveInView(_ view: View, _ motion: Motion) {
        let (lines, height) = textLines(of: view)
        let page = max(1, height - 1)
        if isOutline {
            outlineLine = motion.index(from: outlineLine, count: lines.count, page: page)
            return
        }
        let last = max(0, lines.count - height)
        scroll[.view(view)] = min(last, motion.index(from: scroll[.view(view)] ?? 0, count: lines.count, page: page))
    }

    /// Keeps what is shown of a text within it, and the current line in sight.
    mutating func settle(_ view: View) {
        // Most frames have nothing to mend, and laying out the text for that would cost.
        guard isOutline || (scroll[.view(view)] ?? 0) > 0 else { return }
        let (lines, height) = textLines(of: view)
        let offset = scroll[.view(view)] ?? 0
        guard isOutline else {
            scroll[.view(view)] = max(0, min(offset, lines.count - height))
            return
        }
        outlineLine = max(0, min(outlineLine, lines.count - 1))
        scroll[.view(view)] = ScrollWindow.offset(
            selected: outlineLine,
            count: lines.count,
            height: height,
            previous: offset
        )
    }

    // MARK: Searching

    /// A search takes effect while it is typed: the view goes to the first place from where it is.
    mutating func setSearch(_ text: String?) {
        guard let text, !text.isEmpty, let view = views.last else {
            search = nil
            return
        }
        // What is folded could hold what is looked for.
        folded = []
        search = TextSearch(text: text)
        let line = currentLine(of: view)
        goToPlace { $0 >= line }
    }

    /// Goes to the next or the previous place, and round at the end.
    mutating func find(step: Int) {
        guard let view = views.last, search != nil else { return }
        let line = search?.line ?? currentLine(of: view)
        if step > 0 {
            goToPlace { $0 > line }
        } else {
            goToPlace(backwards: true) { $0 < line }
        }
    }

    private func currentLine(of view: View) -> Int { isOutline ? outlineLine : scroll[.view(view)] ?? 0 }

    private mutating func goToPlace(backwards: Bool = false, where isWanted: (Int) -> Bool) {
        guard let view = views.last, let search else { return }
        let (lines, height) = textLines(of: view)
        var places = lines.indices.filter { !search.places(in: lines[$0].text).isEmpty }
        if backwards { places.reverse() }
        guard let line = places.first(where: isWanted) ?? places.first else { return }
        self.search?.line = line
        if isOutline {
            outlineLine = line
        } else {
            let offset = scroll[.view(view)] ?? 0
            let isInSight = line >= offset && line < offset + height
            if !isInSight { scroll[.view(view)] = max(0, min(line - height / 3, lines.count - height)) }
        }
    }

    // MARK: Folding

    mutating func fold(_ folding: Folding) {
        guard let view = views.last, let value = json(of: view) else { return }
        let lines = textLines(of: view).lines
        guard lines.indices.contains(outlineLine), let pointer = lines[outlineLine].pointer else { return }
        let line = lines[outlineLine]
        var target = pointer
        switch folding {
        case .toggle:
            guard line.isFoldable else { return }
            if folded.remove(pointer) == nil { folded.insert(pointer) }
        case .open: folded.remove(pointer)
        case .close where line.isFoldable && !folded.contains(pointer): folded.insert(pointer)
        // What cannot be closed leads to what it stands in.
        case .close: target = Self.parent(of: pointer)
        case .openAll: folded = []
        case .closeAll:
            folded = JSONOutline.containers(in: value)
            target = Self.top(of: pointer)
        }
        goTo(pointer: target, in: view)
    }

    private static func parent(of pointer: String) -> String {
        pointer.lastIndex(of: "/").map { String(pointer[..<$0]) } ?? ""
    }

    private static func top(of pointer: String) -> String {
        pointer.split(separator: "/").first.map { "/" + $0 } ?? ""
    }

    private mutating func goTo(pointer: String, in view: View) {
        let lines = textLines(of: view).lines
        if let line = lines.firstIndex(where: { $0.pointer == pointer }) { outlineLine = line }
    }
}
