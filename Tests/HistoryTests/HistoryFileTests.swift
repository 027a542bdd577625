import History
import Testing

@Suite struct HistoryFileTests {
    @Test func theFormatHasAVersion() { #expect(HistoryFile.formatVersion >= 1) }
}
