import JSONValue
import Testing

@Suite struct JSONComparisonTests {
    private func compare(
        _ first: String,
        _ second: String,
        _ tolerance: JSONComparison.Tolerance = .init(),
        limit: Int = 1000
    ) throws -> JSONComparison {
        JSONComparison(try JSONValue.parse(first), try JSONValue.parse(second), tolerance: tolerance, limit: limit)
    }

    @Test func theOrderOfMembersDoesNotCount() throws {
        let same = try compare(#"{"a": 1, "b": [true, null]}"#, #"{"b": [true, null], "a": 1.0}"#)
        #expect(same.isEqual && same.comparedCount == 3)
    }

    @Test func everyPlaceThatDiffersIsNamed() throws {
        let comparison = try compare(
            #"{"a": {"x/y": 1, "gone": 2}, "l": [1, 2, 3], "t": "s"}"#,
            #"{"a": {"x/y": 4}, "l": [1, 5], "t": 7, "new": {}}"#
        )
        #expect(comparison.differences.map(\.pointer) == ["/a/x~1y", "/a/gone", "/l/1", "/l/2", "/t", "/new"])
        #expect(comparison.differences[1].second == nil && comparison.differences[5].first == nil)
        #expect(try compare("1", "2").differences.map(\.pointer) == [""])
    }

    @Test func numbersMayDifferByWhatIsAllowed() throws {
        let tolerance = JSONComparison.Tolerance(absolute: 0.001, relative: 0.01)
        let comparison = try compare("[0, 100, 1e300, 5]", "[0.001, 101, 1.5e300, 5]", tolerance)
        #expect(comparison.differences.map(\.pointer) == ["/2"])
        #expect(comparison.toleratedCount == 2 && comparison.widestGap == 5e299)
        #expect(try compare("[1]", "[1.0000001]").differences.count == 1)
    }

    @Test func noMoreIsKeptThanWasAskedFor() throws {
        let comparison = try compare("[1,2,3]", "[4,5,6]", limit: 2)
        #expect(comparison.differences.count == 2 && comparison.isCut && !comparison.isEqual)
    }

    @Test func ofRepeatedNamesTheLastCounts() throws {
        #expect(try compare(#"{"a": 1, "a": 2}"#, #"{"a": 2}"#).isEqual)
    }
}
