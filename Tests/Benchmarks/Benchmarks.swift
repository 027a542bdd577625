import AzureML
import Dashboard
import FoundationEssentials
import TerminalUI

/// Times what a person waits for, each beside a reference loop in the same run: the ratio survives a change of machine.
///
/// `swift run -c release Benchmarks [word]` runs those whose name holds the word.
@main
struct Benchmarks {
    let fleet = Fleet(endpointCount: 1_000, rowCount: 100_000)
    let only = CommandLine.arguments.dropFirst().first
    var reference = Duration.zero

    static func main() {
        var benchmarks = Benchmarks()
        benchmarks.reference = benchmarks.median(of: 31) { referenceLoop() }
        print("reference loop: \(benchmarks.reference.microseconds) µs; 1 000 endpoints, 100 000 traffic rows")
        benchmarks.drawing()
        benchmarks.keys()
        benchmarks.finding()
        benchmarks.arriving()
    }

    private func drawing() {
        for (width, height) in [(80, 24), (120, 36), (200, 60)] {
            let state = fleet.dashboard(Size(width: width, height: height))
            measure("render home \(width)x\(height)") { _ = render(state, texts: .english) }
        }
    }

    private func keys() {
        var state = fleet.dashboard(Size(width: 200, height: 60))
        let keys: [Key] = [.down, .up]
        var count = 0
        func press(_ key: Key) {
            _ = update(&state, .terminal(.key(key)))
            _ = render(state, texts: .english)
        }
        measure("key in the endpoints to frame 200x60") {
            press(keys[count % 2])
            count += 1
        }
        press(.character("5"))
        press(.end)
        measure("key at the end of the log to frame 200x60") {
            press(keys[(count + 1) % 2])
            count += 1
        }
        measure("update by a key alone") {
            _ = update(&state, .terminal(.key(keys[count % 2])))
            count += 1
        }
        let now = state.now
        measure("update by a tick of the clock alone") {
            count += 1
            _ = update(&state, .tick(now: now.addingTimeInterval(Double(count % 2)), zone: Fleet.zone))
        }
    }

    private func finding() {
        var state = fleet.dashboard(Size(width: 200, height: 60))
        func press(_ keys: Key...) { for key in keys { _ = update(&state, .terminal(.key(key))) } }
        press(.character("5"))
        for text in ["batch", "424", "endpoint:1042", "took>900ms", "/end.*1042/"] {
            measure("filter 100 000 rows by \(text)") {
                press(.character("/"), .control("u"))
                _ = update(&state, .terminal(.paste(text)))
                press(.escape)
            }
        }
        press(.character("/"), .character("e"), .character("n"))
        measure("one letter more narrows the filter") { press(.character("d"), .backspace) }
        press(.escape)
        measure("sort 100 000 rows by the next column") { press(.character(">")) }
    }

    private func arriving() {
        var state = fleet.dashboard(Size(width: 200, height: 60))
        // Two batches in turn: each takes the place of the other.
        let batches = [7, 8].map { Fleet.rows(1_000, overSeconds: 50, newestAge: 5, salt: $0) }
        let start = Fleet.now.addingTimeInterval(-55.5)
        var count = 0
        measure("merge 1 000 rows into 100 000") {
            let batch = batches[count % 2]
            state.log.merge(batch, from: start, workspace: Fleet.logWorkspace.id, isFrom: { _ in true }, now: Fleet.now)
            count += 1
        }
    }
}

extension Benchmarks {
    private func measure(_ name: String, _ body: () -> Void) {
        if let only, !name.contains(only) { return }
        let time = median(of: only == nil ? 101 : 1_001, body)
        let ratio = time / reference
        let hundredths = Int((ratio * 100).rounded())
        let fraction = hundredths % 100
        print(
            "\(name): \(time.microseconds) µs, \(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) of the reference"
        )
    }

    private func median(of count: Int, _ body: () -> Void) -> Duration {
        let clock = ContinuousClock()
        let times = (0..<count).map { _ in clock.measure(body) }
        return times.sorted()[count / 2]
    }

    /// A million steps that no compiler can leave out.
    private static func referenceLoop() {
        var random = Random(state: 1)
        var sum: UInt64 = 0
        for _ in 0..<1_000_000 { sum ^= random.next() }
        if sum == 0 { print("never") }
    }
}

extension Duration {
    fileprivate var microseconds: Int { Int(self / .microseconds(1)) }
}
