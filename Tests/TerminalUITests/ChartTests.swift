import TerminalUI
import Testing

@Suite struct ChartTests {
    @Test func aSparklineShowsTheLastValuesAtTheRight() {
        #expect(Sparkline.text(values: [9, 0, 1, 2, 3, 4, 5, 6, 7], width: 8, maximum: 7) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.text(values: [1, 2], width: 4, maximum: 2) == "  ▅█")
    }

    @Test func aSparklineLeavesGapsWhereNothingIsKnown() {
        #expect(Sparkline.text(values: [2, nil, 2, .nan], width: 4) == "█ █ ")
    }

    @Test(
        arguments: [
            ([], 3, nil, "   "), ([1], 0, nil, ""), ([0, 0], 2, nil, "▁▁"), ([-5, 5], 2, nil, "▁█"), ([8], 1, 4, "█"),
            ([.infinity, 1], 2, nil, "██"), ([1], 1, 0, "▁"), ([1], 1, .infinity, "▁"),
        ] as [([Double?], Int, Double?, String)]
    )
    func aSparklineTakesAnyNumbers(values: [Double?], width: Int, maximum: Double?, expected: String) {
        #expect(Sparkline.text(values: values, width: width, maximum: maximum) == expected)
    }

    @Test(
        arguments: [
            (0, 4, "    "), (1, 4, "████"), (0.5, 4, "██  "), (0.5, 1, "▌"), (0.001, 4, "▏   "), (0.28, 4, "█▏  "),
            (-1, 2, "  "), (7, 2, "██"), (.nan, 2, "  "), (.infinity, 2, "██"), (0.5, 0, ""), (0.5, -3, ""),
        ] as [(Double, Int, String)]
    )
    func aBarIsExactToAnEighth(fraction: Double, width: Int, expected: String) {
        #expect(Bar.text(fraction: fraction, width: width) == expected)
    }

    @Test func everyStyleHasACodeOfItsOwn() {
        var codes: Set<Int> = []
        for ink in Ink.allCases {
            for bits in 0..<32 {
                let style = Style(
                    ink,
                    bold: bits & 1 > 0,
                    dim: bits & 2 > 0,
                    underlined: bits & 4 > 0,
                    reversed: bits & 8 > 0,
                    selected: bits & 16 > 0
                )
                codes.insert(style.code)
            }
        }
        #expect(codes.count == Style.codeCount)
        #expect(codes == Set(0..<Style.codeCount))
    }

    @Test func seriesStylesRepeat() {
        #expect(Style.series(0) == Style(.series1))
        #expect(Style.series(6) == Style.series(0))
        #expect(Style.series(-1) == Style(.series6))
    }
}
