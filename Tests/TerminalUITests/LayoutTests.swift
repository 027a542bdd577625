import TerminalUI
import Testing

@Suite struct LayoutTests {
    private let screen = Rect(x: 2, y: 1, width: 20, height: 10)

    @Test func fixedRowsTakeTheirHeightAndTheFillTheRest() {
        let rows = screen.rows([.fixed(1), .fill(1), .fixed(2)])
        #expect(rows.map(\.y) == [1, 2, 9])
        #expect(rows.map(\.height) == [1, 7, 2])
        #expect(rows.allSatisfy { $0.x == 2 && $0.width == 20 })
    }

    @Test func fillsShareByWeightAndLoseNoCell() {
        let columns = screen.columns([.fill(1), .fill(2), .fill(4)])
        #expect(columns.map(\.width).reduce(0, +) == 20)
        #expect(columns.map(\.width) == [3, 6, 11])
        #expect(columns.map(\.x) == [2, 5, 11])
    }

    @Test func spacingStandsBetweenPartsThatAreNotEmpty() {
        let columns = screen.columns([.fixed(5), .fixed(0), .fill(1), .fixed(4)], spacing: 1)
        #expect(columns.map(\.width) == [5, 0, 9, 4])
        #expect(columns.map(\.x) == [2, 8, 8, 18])
    }

    @Test func aPartThatDoesNotFitIsEmptyAndALaterSmallerOneStillGetsRoom() {
        #expect(screen.columns([.fixed(15), .fixed(9), .fixed(5)]).map(\.width) == [15, 0, 5])
    }

    @Test(arguments: [0, 1, 2, 3, 5, 80], [0, 1, 2])
    func partsNeverLeaveTheirRectangle(length: Int, spacing: Int) {
        let rect = Rect(x: 0, y: 0, width: length, height: length)
        let lengths: [Length] = [.fixed(1), .fill(2), .fixed(3), .fill(1), .fixed(-4), .fill(0), .fixed(2)]
        for parts in [rect.columns(lengths, spacing: spacing), rect.rows(lengths, spacing: spacing)] {
            #expect(parts.count == lengths.count)
            #expect(parts.allSatisfy { $0.minX >= 0 && $0.maxX <= length && $0.minY >= 0 && $0.maxY <= length })
        }
        var end = 0
        for part in rect.columns(lengths, spacing: spacing) where !part.isEmpty {
            #expect(part.minX >= end)
            end = part.maxX
        }
    }

    @Test func aCutIntoNothingIsNothing() {
        #expect(screen.rows([]).isEmpty)
        #expect(Rect.zero.columns([.fill(1), .fill(1)]).allSatisfy { $0.isEmpty })
    }

    @Test func anInsetNeverTurnsInsideOut() {
        let small = Rect(x: 3, y: 3, width: 3, height: 1).inset(by: 2)
        #expect(small.isEmpty)
        #expect(small.width == 0 && small.height == 0)
        #expect(screen.inset(dx: 1) == Rect(x: 3, y: 1, width: 18, height: 10))
    }

    @Test func rectanglesThatDoNotMeetHaveAnEmptyIntersection() {
        #expect(screen.intersection(Rect(x: 30, y: 30, width: 5, height: 5)).isEmpty)
        #expect(screen.intersection(Rect(x: 0, y: 0, width: 4, height: 3)) == Rect(x: 2, y: 1, width: 2, height: 2))
    }

    @Test func theEndOfARectangleIsOutsideIt() {
        #expect(screen.contains(Point(x: 21, y: 10)))
        #expect(!screen.contains(Point(x: 22, y: 10)))
        #expect(!screen.contains(Point(x: 21, y: 11)))
    }

    @Test(arguments: [
        // selected, count, height, previous, expected
        (0, 100, 10, 50, 0), (55, 100, 10, 50, 50), (60, 100, 10, 50, 51), (49, 100, 10, 50, 49),
        (99, 100, 10, 0, 90), (3, 5, 10, 2, 0), (500, 100, 10, 0, 90), (-4, 100, 10, 20, 0), (7, 100, 1, 0, 7),
    ])
    func scrollingMovesAsLittleAsItCan(selected: Int, count: Int, height: Int, previous: Int, expected: Int) {
        let offset = ScrollWindow.offset(selected: selected, count: count, height: height, previous: previous)
        #expect(offset == expected)
    }

    @Test func aScrollWindowSurvivesAnEmptyListAndNoHeight() {
        var window = ScrollWindow(offset: 7)
        #expect(window.range(count: 0, height: 5).isEmpty)
        window.follow(selected: nil, count: 0, height: 5)
        #expect(window.offset == 0)
        window.follow(selected: 3, count: 10, height: 0)
        #expect(window.range(count: 10, height: 0).isEmpty)
        window.follow(selected: 9, count: 10, height: 4)
        #expect(window.range(count: 10, height: 4) == 6..<10)
    }
}
