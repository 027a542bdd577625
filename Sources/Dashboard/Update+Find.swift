internal import TerminalUI

extension DashboardState {
    mutating func arrange() {
        arrangeEndpoints()
        arrangeLog()
    }

    /// A filter takes effect while it is typed.
    mutating func setFilter(_ text: String?, of pane: Pane) {
        let filter = text.map(Filter.init)
        filters[pane] = filter?.isEmpty == false ? filter : nil
        if pane == .log { arrangeLog() } else { arrangeEndpoints() }
    }

    /// Takes a key while a line is typed: Enter keeps it, Esc takes it back.
    mutating func type(_ key: Key) -> [Effect] {
        guard var line = prompt else { return [] }
        switch key {
        case .enter:
            prompt = nil
            if case .command = line.purpose { return run(commandLine: line.text) }
        case .escape, .control("c"):
            prompt = nil
            takePrompt(text: nil, for: line.purpose)
        case .tab where line.purpose == .command:
            line.replace(with: LineCommand.completed(line.text))
            prompt = line
        default:
            guard line.take(key) else { return [] }
            prompt = line
            takePrompt(text: line.text, for: line.purpose)
        }
        return []
    }

    mutating func paste(_ text: String) {
        if case .paste(let paste)? = dialog { return append(text, to: paste) }
        if dialog == .rotation { return pasteInRotation(text) }
        if dialog == nil, prompt == nil, views.last == .scoring { return pasteInScoring(text) }
        prompt?.insert(text)
        if let prompt { takePrompt(text: prompt.text, for: prompt.purpose) }
    }

    /// A filter and a search take effect while they are typed; nil takes them back.
    private mutating func takePrompt(text: String?, for purpose: Prompt.Purpose) {
        switch purpose {
        case .filter(let pane): setFilter(text, of: pane)
        case .search: setSearch(text)
        case .command, .rotation, .scoring: break
        }
    }

    /// Goes through the columns and back to no sorting at all.
    mutating func moveSort(by step: Int) {
        if focus == .log { return moveLogSort(by: step) }
        let columns = SortColumn.allCases
        let count = columns.count + 1
        let now = sort.flatMap { columns.firstIndex(of: $0.column) }.map { $0 + 1 } ?? 0
        let next = ((now + step) % count + count) % count
        sort = next == 0 ? nil : SortOrder(column: columns[next - 1], isDescending: columns[next - 1].startsDescending)
        arrangeEndpoints()
    }

    mutating func invertSort() {
        if focus == .log {
            logSort?.isDescending.toggle()
            arrangeLog()
            return
        }
        sort?.isDescending.toggle()
        arrangeEndpoints()
    }
}
