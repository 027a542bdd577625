internal import AzureCore
internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// The first line: where we are and who we are on the left; what is left, what is wrong and the time on the right.
    func drawHeader(in line: Rect, of frame: inout CellBuffer) {
        guard !line.isEmpty else { return }
        let inner = line.inset(dx: line.width >= 40 ? 1 : 0)
        let room = inner.width - fitted(leadingParts, within: inner.width).width - 2
        let long = Array(trailingParts(counts: longCounts).map(\.spans).joined(separator: [Span("  ")]))
        let trailing =
            long.width <= room ? long : fitted(trailingParts(counts: shortCounts), within: inner.width / 2)
        let left = inner.columns([.fill(1), .fixed(trailing.width)], spacing: 2)
        frame.write(fitted(leadingParts, within: left[0].width), in: left[0])
        frame.write(trailing, in: left[1], alignment: .trailing)
    }

    /// Parts by importance: a part that does not fit gives way together with all that follow it.
    private func fitted(_ parts: [(priority: Int, spans: [Span])], within width: Int) -> [Span] {
        var shown = parts
        func joined() -> [Span] { Array(shown.map(\.spans).joined(separator: [Span("  ")])) }
        while joined().width > width, shown.count > 1, let worst = shown.map(\.priority).max(),
            let index = shown.lastIndex(where: { $0.priority == worst })
        {
            shown.remove(at: index)
        }
        return joined()
    }

    private var leadingParts: [(priority: Int, spans: [Span])] {
        let name = state.hasNoWorkspace ? texts[.headerNoWorkspace] : state.workspaceAddress.name
        var place = [Span(name, state.hasNoWorkspace ? .muted : .strong)]
        if line(hasRoomFor: 100), !state.hasNoWorkspace {
            place.append(Span(" · \(state.workspaceAddress.resourceGroup)", .muted))
        }
        var parts: [(priority: Int, spans: [Span])] = [
            (2, [Span(texts[.appName], Style(.accent, bold: true))])
        ]
        parts += markParts + [(1, place), (3, [Span(signedInAs, .muted)])]
        if state.isReadOnlyHere { parts.append((1, [Span(texts[.headerReadOnly], Style(.accent, bold: true))])) }
        if state.isFrozen { parts.append((1, [Span(texts[.headerFrozen], Style(.warning, bold: true))])) }
        if !state.isFocused { parts.append((4, [Span(texts[.headerUnfocused], .muted)])) }
        return parts
    }

    /// The context in its colour, and in words where it is production: nobody is to take it for another.
    private var markParts: [(priority: Int, spans: [Span])] {
        guard let mark = state.workspaceMark else { return [] }
        var parts: [(priority: Int, spans: [Span])] = []
        let ink = mark.accent?.ink ?? (mark.isProduction ? .alert : .strong)
        if mark.isProduction {
            parts.append((1, [Span(" \(texts[.headerProduction]) ", Style(ink, bold: true, reversed: true))]))
        }
        if mark.context != state.workspaceAddress.name {
            parts.append((4, [Span(mark.context, Style(ink, bold: true))]))
        }
        return parts
    }

    private func trailingParts(counts: String) -> [(priority: Int, spans: [Span])] {
        var parts: [(priority: Int, spans: [Span])] = []
        parts.append((4, budgetSpans))
        if state.isListComplete || !state.records.isEmpty { parts.append((5, [Span(counts, .text)])) }
        parts.append((2, severityCounts))
        parts.append((3, [Span(clock, .text)]))
        return parts.filter { !$0.spans.isEmpty }
    }

    private var clock: String {
        let time = Format.clock(state.now, in: state.zone)
        return line(hasRoomFor: 70) ? "\(time) \(state.zone.abbreviation)" : time
    }

    private var signedInAs: String {
        guard state.connection != nil else { return texts[.headerConnecting] }
        guard let claims = state.tokens[.resourceManager]?.claims else {
            let isRefused = state.feeds[.token(.resourceManager)]?.failure != nil
            return texts[isRefused ? .headerSignedOut : .headerSigningIn]
        }
        let name = claims.displayName ?? claims.userName ?? claims.appID ?? claims.objectID ?? texts[.valueUnknown]
        guard claims.identityType == .app else { return name }
        return texts.text(.headerApp, ["name": claims.displayName ?? short(name)])
    }

    /// The beginning of an id that is there to be recognised, not to be copied.
    func short(_ id: String) -> String { id.count > 13 ? id.prefix(8) + "…" : id }

    private var shortCounts: String {
        texts.text(.headerEndpoints, ["count": Format.count(state.summary.endpointCount)])
    }

    /// With the deployments, and how many endpoints theirs are not yet known of.
    private var longCounts: String {
        let summary = state.summary
        let deployments = Format.count(summary.deploymentCount)
        if summary.unreadEndpointCount == 0, let age = oldDeploymentsAge {
            return shortCounts + " · " + texts.text(.headerDeploymentsOld, ["count": deployments, "age": age])
        }
        guard summary.unreadEndpointCount > 0 else {
            return shortCounts + " · " + texts.text(.headerDeployments, ["count": deployments])
        }
        let values: KeyValuePairs = ["count": deployments, "unread": Format.count(summary.unreadEndpointCount)]
        return shortCounts + " · " + texts.text(.headerDeploymentsPartial, values)
    }

    private var severityCounts: [Span] {
        let summary = state.summary
        var spans: [Span] = []
        if summary.alertCount > 0 { spans.append(Span("▲\(summary.alertCount)", Style(.alert, bold: true))) }
        if summary.warningCount > 0 {
            if !spans.isEmpty { spans.append(Span(" ")) }
            spans.append(Span("◆\(summary.warningCount)", Style(.warning, bold: true)))
        }
        return spans
    }

    func line(hasRoomFor width: Int) -> Bool { state.size.width >= width }
}
