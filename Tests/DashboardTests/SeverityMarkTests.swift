import AzureML
import Dashboard
import TerminalUI
import Testing

/// What a colour says is said by a mark too.
@Suite struct SeverityMarkTests {
    @Test(arguments: [(80, 24), (120, 36), (20, 12)])
    func anEndpointInTroubleIsMarked(_ width: Int, _ height: Int) throws {
        let state = Samples.state(Size(width: width, height: height))
        let frame = render(state, texts: .english)
        var marks: [String: String] = [:]
        for y in 1..<height {
            let line = frame.text(ofRow: y)
            for record in state.records where line.contains(record.endpoint.name.prefix(4)) {
                guard marks[record.endpoint.name] == nil else { continue }
                marks[record.endpoint.name] = String(line.filter { "▲◆".contains($0) }.prefix(1))
            }
        }
        for record in state.records {
            let mark = record.severity == .alert ? "▲" : record.severity == .warning ? "◆" : ""
            #expect(marks[record.endpoint.name] == mark, "\(record.endpoint.name)")
        }
        #expect(state.records.contains { $0.severity == .alert })
    }
}
