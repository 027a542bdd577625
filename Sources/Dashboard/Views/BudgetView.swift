internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// What the control plane still grants: the reads always, the other buckets where they run short.
    var budgetSpans: [Span] {
        guard let reads = state.budget.reads else { return [] }
        var spans = bar(of: reads)
        let others: [(TextKey, RequestBudget.Status?)] = [
            (.headerBudgetWrites, state.budget.writes), (.headerBudgetDeletes, state.budget.deletes),
            (.headerBudgetGraph, state.budget.graphQueries),
        ]
        for (key, status) in others {
            guard let status, let style = shortage(status) else { continue }
            let values: KeyValuePairs = ["left": "\(status.remaining)", "capacity": "\(status.capacity)"]
            spans += [Span(" "), Span(texts.text(key, values), style)]
        }
        return spans
    }

    private func bar(of reads: RequestBudget.Status) -> [Span] {
        if let end = reads.closedUntil, end > state.now {
            let seconds = Format.decimal(end.timeIntervalSince(state.now).rounded(.up), digits: 0)
            return [Span(texts.text(.headerBudgetClosed, ["seconds": seconds]), Style(.alert, bold: true))]
        }
        guard line(hasRoomFor: 110) else {
            return [Span(texts.text(.headerBudgetShort, ["left": "\(reads.remaining)"]), shortage(reads) ?? .muted)]
        }
        let values: KeyValuePairs = ["left": "\(reads.remaining)", "capacity": "\(reads.capacity)"]
        let bar = Bar.text(fraction: Double(reads.remaining) / Double(max(1, reads.capacity)), width: 8)
        return [
            Span(texts.text(.headerBudget, values) + " ", .muted), Span("▕", .faint),
            Span(bar, shortage(reads) ?? .good), Span("▏", .faint),
        ]
    }

    /// The colour of a bucket that is short: below what is kept for rows on the screen an alert.
    private func shortage(_ status: RequestBudget.Status) -> Style? {
        if let end = status.closedUntil, end > state.now { return .alert }
        let share = Double(status.remaining) / Double(max(1, status.capacity))
        return share < 0.1 ? .alert : share < 0.3 ? .warning : nil
    }

    /// How old the oldest deployments are, where that is older than what is counted should be.
    var oldDeploymentsAge: String? {
        guard let oldest = state.summary.oldestDeploymentsAt else { return nil }
        let age = state.now.timeIntervalSince(oldest)
        return age > 3 * Source.fleet.cadenceSeconds * state.paceFactor ? ageText(seconds: age) : nil
    }
}
