internal import AzureCore
internal import TerminalUI

/// One phase of an exchange, and how long it took.
struct TransferPhase: Equatable, Sendable {
    enum Kind: Int, Sendable, CaseIterable {
        case resolve, connect, secure, send, wait, receive

        var label: TextKey {
            switch self {
            case .resolve: .answerPhaseResolve
            case .connect: .answerPhaseConnect
            case .secure: .answerPhaseSecure
            case .send: .answerPhaseSend
            case .wait: .answerPhaseWait
            case .receive: .answerPhaseReceive
            }
        }

        var style: Style { .series(rawValue) }
    }

    var kind: Kind
    var duration: Duration
}

extension TransferTimings {
    /// The phases that were measured, in their order.
    var phases: [TransferPhase] {
        let all: [(TransferPhase.Kind, Duration?)] = [
            (.resolve, resolve), (.connect, connect), (.secure, secure), (.send, send), (.wait, firstByte),
            (.receive, receive),
        ]
        return all.compactMap { kind, duration in duration.map { TransferPhase(kind: kind, duration: $0) } }
    }
}

extension TransferMilestones {
    /// The phases that are over, of an exchange under way.
    var phases: [TransferPhase] {
        var phases: [TransferPhase] = []
        var start = Duration.zero
        let ends: [(TransferPhase.Kind, Duration?)] = [
            (.resolve, resolved), (.connect, connected), (.secure, secured), (.send, sent), (.wait, head),
        ]
        for case (let kind, let end?) in ends {
            phases.append(TransferPhase(kind: kind, duration: max(.zero, end - start)))
            start = end
        }
        return phases
    }

    /// What is being done.
    func state(_ sent: SentPayload?) -> TextKey {
        if head != nil { return .answerStateReceiving }
        if self.sent != nil { return .answerStateWaiting }
        if secured != nil || connected != nil && sent?.uri.hasPrefix("http://") == true { return .answerStateSending }
        if connected != nil { return .answerStateSecuring }
        return resolved != nil ? .answerStateConnecting : .answerStateBegin
    }
}

/// Durations side by side as one bar.
enum PhaseBar {
    /// A bar `width` columns wide; a phase that took any time at all has a column of its own.
    static func spans(_ phases: [TransferPhase], width: Int) -> [Span] {
        zip(phases, cells(phases.map(\.duration), width: width)).compactMap { phase, count in
            count > 0 ? Span(String(repeating: "█", count: count), phase.kind.style) : nil
        }
    }

    static func cells(_ durations: [Duration], width: Int) -> [Int] {
        let total = durations.reduce(.zero, +)
        guard total > .zero, width > 0 else { return durations.map { _ in 0 } }
        let exact = durations.map { max(0, $0 / total) * Double(width) }
        var cells = zip(durations, exact).map { $0 > .zero ? max(1, Int($1.rounded(.down))) : 0 }
        // What is over goes to, or comes from, where it is felt least.
        while cells.reduce(0, +) < width {
            guard let index = exact.indices.max(by: { exact[$0] - Double(cells[$0]) < exact[$1] - Double(cells[$1]) })
            else { break }
            cells[index] += 1
        }
        while cells.reduce(0, +) > width {
            guard let index = cells.indices.max(by: { cells[$0] < cells[$1] }), cells[index] > 0 else { break }
            cells[index] -= 1
        }
        return cells
    }
}
