@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import JSONValue
import TerminalUI
import TestSupport

/// What can happen to a scoring form.
extension RandomWalk {
    /// A key of the form, mostly one that means something.
    mutating func nextScoringKey() -> Key {
        switch random.integer(0...9) {
        case ..<3: random.pick(random.pick(ScoringKeys.entries.filter { $0.action != .leave }).keys)
        case ..<5: random.pick([.up, .down, .left, .right, .enter, .enter, .pageDown, .home, .end, .escape])
        case ..<6: random.pick([.alt("s"), .alt("n"), .alt("m"), .alt("j"), .alt("a"), .alt("w"), .control("@")])
        case ..<7: .character(random.pick(["b", "c", "x", "y", "/", "n", "[", "]", "1", "2", "t", "f", "p", "h"]))
        default: .character(random.pick(Array("{}[]\",:0123456789 abc\n가é👍")))
        }
    }

    mutating func nextScoringReport() -> ScoringReport {
        let endpoint = state.scoring?.endpoint ?? Samples.id(nextName())
        let run = random.chance(90) ? state.scoring?.run?.number ?? 0 : random.integer(-1...state.lastRequest + 1)
        switch random.integer(0...11) {
        case 0: return .credential(run: run, expiresAt: nextDate())
        case ..<3: return .progress(run: run, nextProgress(), elapsed: .milliseconds(random.integer(0...90_000)))
        case ..<6: return .answered(run: run, nextScoringAnswer())
        case 6: return .failed(run: run, nextError())
        case 7: return .repeated(run: state.scoring?.repetition ?? 0, nextRepeatReport())
        case 8: return .schema(endpoint, random.chance(50) ? .skeleton(nextText()) : .failed(nextError()))
        case 9:
            let payload = PayloadFile(contentType: nextText(), body: nextBytes())
            return .loaded(path: nextText(), random.chance(70) ? .payload(payload) : .problem(.malformed(line: 2)))
        case 10:
            return random.pick([
                .files([PayloadEntry(path: nextText(), byteCount: 7)]), .saved(path: "a", .exists),
                .saved(path: "a", .written), .edited(.text(nextBytes())), .edited(.missing),
            ])
        default:
            return random.chance(50)
                ? .consent(random.pick(ScoringConsent.allCases)) : .history(endpoint, [nextRecord(of: endpoint)])
        }
    }

    private mutating func nextBytes() -> [UInt8] {
        random.chance(70)
            ? Array(nextText().utf8) : (0..<random.integer(0...40)).map { _ in UInt8(random.integer(0...255)) }
    }

    private mutating func nextProgress() -> TransferProgress {
        random.pick([
            .resolved, .connected, .secured, .sent, .head(status: 200, ScoringAnswer(status: 200).headerFields),
            .part(nextBytes()),
            .part(Array("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\n".utf8)),
        ])
    }

    private mutating func nextScoringAnswer() -> ScoringAnswer {
        ScoringAnswer(
            status: random.pick([200, 200, 204, 301, 401, 403, 404, 408, 413, 424, 424, 429, 500, 503, 999]),
            modelStatus: random.chance(40) ? random.integer(-1...700) : nil,
            reason: random.chance(40) ? nextText() : nil,
            deployment: random.chance(60) ? nextWord() : nil,
            requestID: random.chance(60) ? nextText() : nil,
            clientRequestID: nextText(),
            body: random.chance(50) ? Array("{\"a\": [1, {\"b\": \"\(nextNumber() ?? 0)\"}]}".utf8) : nextBytes(),
            isBodyCut: random.chance(10),
            timings: TransferTimings(total: .milliseconds(random.integer(0...100_000)))
        )
    }

    private mutating func nextRepeatReport() -> RepeatReport {
        var statistics = ScoringStatistics()
        for _ in 0..<random.integer(0...30) { statistics.record(nextScoringAnswer()) }
        let lanes = random.integer(0...2)
        return RepeatReport(
            perLane: (0..<lanes).map { _ in statistics },
            done: statistics.sampleCount,
            failures: random.integer(0...3),
            isOver: random.chance(30),
            stopped: random.chance(20),
            samples: (0..<lanes).map { _ in random.chance(70) ? nextScoringAnswer() : nil }
        )
    }

    private mutating func nextRecord(of endpoint: ResourceID) -> ScoringRecord {
        ScoringRecord(
            id: nextText(),
            sentAt: nextDate() ?? Samples.now,
            endpoint: endpoint,
            pinnedDeployment: random.chance(40) ? nextWord() : nil,
            credential: random.pick(ScoringCredential.allCases),
            uri: random.chance(60) ? "https://x.example/score" : nextText(),
            contentType: random.chance(60) ? "application/json" : nextText(),
            requestByteCount: random.integer(0...5_000),
            requestBody: random.chance(50) ? nextBytes() : nil,
            answer: random.chance(70) ? nextScoringAnswer() : nil,
            failure: random.chance(30) ? nextText() : nil
        )
    }
}
