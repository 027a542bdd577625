import FoundationEssentials
import Glibc
package import TerminalUI
package import Testing

/// A picture of a frame as text: what every cell shows, then its ink, then its traits.
package struct GoldenFrame {
    package var text: String

    package init(_ frame: CellBuffer) {
        var rows: [String] = []
        var inks: [String] = []
        var traits: [String] = []
        for y in 0..<frame.size.height {
            rows.append(frame.text(ofRow: y))
            var ink = ""
            var trait = ""
            for x in 0..<frame.size.width {
                let style = frame[x, y].style
                ink.append(Self.letter(of: style.ink))
                trait.append(Self.letter(ofTraits: style))
            }
            inks.append(ink)
            traits.append(trait)
        }
        text =
            (["\(frame.size.width)x\(frame.size.height)"] + rows + ["inks"] + inks + ["traits"] + traits)
            .map(Self.trimmed).joined(separator: "\n") + "\n"
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }

    private static func letter(of ink: Ink) -> Character {
        switch ink {
        case .text: " "
        case .muted: "m"
        case .faint: "f"
        case .strong: "s"
        case .accent: "a"
        case .title: "t"
        case .border: "b"
        case .focusedBorder: "B"
        case .good: "g"
        case .warning: "w"
        case .alert: "r"
        case .key: "k"
        case .badge: "x"
        case .series1: "1"
        case .series2: "2"
        case .series3: "3"
        case .series4: "4"
        case .series5: "5"
        case .series6: "6"
        }
    }

    private static func letter(ofTraits style: Style) -> Character {
        var code = 0
        if style.isBold { code += 1 }
        if style.isDim { code += 2 }
        if style.isUnderlined { code += 4 }
        if style.isReversed { code += 8 }
        if style.isSelected { code += 16 }
        return code == 0 ? " " : Character(String(code, radix: 32))
    }
}

/// Compares a frame with the file `Frames/NAME.txt` beside the test; `RECORD_FRAMES=1` rewrites it, and still fails.
package func expect(
    _ frame: CellBuffer,
    matchesGolden name: String,
    beside testFile: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let folder = testFile[..<(testFile.lastIndex(of: "/") ?? testFile.endIndex)]
    let path = "\(folder)/Frames/\(name).txt"
    let picture = GoldenFrame(frame).text
    let golden = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    if getenv("RECORD_FRAMES") != nil {
        let isWritten = FileManager.default.createFile(atPath: path, contents: Data(picture.utf8))
        Issue.record("recorded \(name): \(isWritten)", sourceLocation: sourceLocation)
        return
    }
    guard let golden else {
        Issue.record("there is no golden frame \(name); record it with RECORD_FRAMES=1", sourceLocation: sourceLocation)
        return
    }
    let difference = firstDifference(golden, picture)
    #expect(golden == picture, "\(name): \(difference)\n\(picture)", sourceLocation: sourceLocation)
}

private func firstDifference(_ golden: String, _ picture: String) -> String {
    let old = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let new = picture.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(old.count, new.count) {
        let (left, right) = (index < old.count ? old[index] : "", index < new.count ? new[index] : "")
        if left != right { return "line \(index + 1)\n- \(left)\n+ \(right)" }
    }
    return "none"
}
