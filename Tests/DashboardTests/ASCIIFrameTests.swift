import AzureCore
import AzureML
import Dashboard
import TerminalUI
import Testing

/// Every view where only ASCII can be shown.
@Suite struct ASCIIFrameTests {
    private static let walks: [(name: String, keys: [Key])] = [
        ("home", []), ("help", [.character("?")]), ("endpoint", [.down, .down, .enter]),
        ("deployment", [.down, .character("2"), .enter]),
        ("request", [.character("5"), .down, .down, .down, .enter]),
        ("log", [.character("5"), .character("5")]), ("credentials", [.character("4"), .character("4")]),
        ("traffic", [.down, .character("3"), .character("3")]), ("filter", [.character("/"), .character("a")]),
        ("prompt", [.character("/")]), ("trouble", [.character("!")]),
    ]

    @Test(arguments: walks.map(\.name), [(80, 24), (120, 36), (200, 60), (20, 5)])
    func everyGlyphHasAFormThatSaysTheSame(name: String, size: (Int, Int)) throws {
        var walk = Walkthrough(state: Samples.state(Size(width: size.0, height: size.1)))
        for key in try #require(Self.walks.first { $0.name == name }).keys { walk.press(key) }
        walk.answerAll { Samples.answer(to: $0) }
        let frame = render(walk.state, texts: .english)
        for y in 0..<size.1 {
            for x in 0..<size.0 where frame[x, y].width > 0 {
                let cell = frame[x, y]
                let shown = ASCIIGlyphs.substitute(for: cell.base)
                #expect((0x20...0x7E).contains(shown))
                // Only names that others gave may need the replacement.
                let isName = (0xAC00...0xD7A3).contains(cell.base)
                if cell.base != ASCIIGlyphs.replacement, !isName {
                    #expect(shown != ASCIIGlyphs.replacement, "\(cell.text) at \(x),\(y)")
                }
            }
        }
    }
}
