@testable import History
import AzureML
import Foundation
import GRDB
import Testing

/// Whatever is wrong with the file: entries are kept in memory, what was there stays, and the trouble has a name.
@Suite struct HistoryTroubleTests {
    @Test func aLockedFileTakesTheEntriesOnceItIsFree() async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file, busySeconds: 0.01)
        #expect(await history.append(entry(1)) == nil)
        let other = try lockable(folder.file)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        #expect(await history.append(entry(2)) == .locked)
        let meanwhile = await history.journal()
        #expect(meanwhile.entries == [entry(1), entry(2)])
        #expect(meanwhile.unsavedCount == 1)
        #expect(meanwhile.trouble == .locked)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await history.append(entry(3)) == nil)
        await history.close()
        #expect(await HistoryFile(path: folder.file).journal().entries == [entry(1), entry(2), entry(3)])
    }

    @Test func aFileThatIsLockedFromTheBeginningOpensLater() async throws {
        let folder = try TemporaryFolder()
        try PrivateFolder.prepare(for: folder.file)
        let other = try lockable(folder.file)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        let history = HistoryFile(path: folder.file, busySeconds: 0.01)
        #expect(await history.append(entry(1)) == .locked)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await history.append(entry(2)) == nil)
        #expect(await history.journal() == JournalReading(entries: [entry(1), entry(2)]))
    }

    @Test func aFullDiskLosesNothing() async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file) { try $0.execute(sql: "PRAGMA max_page_count = 12") }
        var troubles: [JournalTrouble?] = []
        for number in 1...200 { troubles.append(await history.append(entry(number))) }
        #expect(troubles.first == .some(nil))
        #expect(troubles.last == .full)
        let reading = await history.journal()
        #expect(reading.entries == (1...200).map { entry($0) })
        #expect(reading.unsavedCount > 0)
        await history.close()
        let saved = await HistoryFile(path: folder.file).journal()
        #expect(saved.trouble == nil)
        #expect(saved.entries == (1...200 - reading.unsavedCount).map { entry($0) })
    }

    @Test(arguments: [
        "this is no database at all, however long it may be", "SQLite format 3\u{0} and then nothing of use",
    ])
    func aDamagedFileIsLeftAsItIs(_ contents: String) async throws {
        let folder = try TemporaryFolder()
        try PrivateFolder.prepare(for: folder.file)
        let bytes = Data(String(repeating: contents, count: 200).utf8)
        try bytes.write(to: URL(fileURLWithPath: folder.file))
        let history = HistoryFile(path: folder.file)
        #expect(await history.append(entry(1)) == .corrupt)
        #expect(await history.append(entry(2)) == .corrupt)
        let reading = await history.journal()
        #expect(reading.entries == [entry(1), entry(2)])
        #expect(reading.unsavedCount == 2)
        await history.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == bytes)
    }

    @Test func aFileThatIsDamagedInTheMiddleStillTakesNothingAway() async throws {
        let folder = try TemporaryFolder()
        let first = HistoryFile(path: folder.file)
        for number in 1...200 { _ = await first.append(entry(number)) }
        await first.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        for index in 8_192..<min(bytes.count, 65_536) { bytes[index] = 0x5A }
        try bytes.write(to: URL(fileURLWithPath: folder.file))
        let history = HistoryFile(path: folder.file)
        #expect(await history.append(entry(201)) == .corrupt)
        let reading = await history.journal()
        #expect(reading.trouble == .corrupt)
        #expect(reading.entries.last == entry(201))
    }

    @Test func aFileOfALaterVersionIsLeftAsItIs() async throws {
        let folder = try TemporaryFolder()
        let first = HistoryFile(path: folder.file)
        _ = await first.append(entry(1))
        await first.close()
        let later = try DatabaseQueue(path: folder.file)
        try await later.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('of a later version')")
        }
        try later.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let history = HistoryFile(path: folder.file)
        #expect(await history.append(entry(2)) == .newerVersion)
        #expect(await history.journal().entries == [entry(2)])
        await history.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == bytes)
    }

    @Test func aFileThatMayOnlyBeReadIsRead() async throws {
        let folder = try TemporaryFolder()
        let first = HistoryFile(path: folder.file)
        _ = await first.append(entry(1))
        await first.close()
        // What SQLite says of a file on a medium that cannot be written; root may write every other one.
        let history = HistoryFile(path: folder.file) { database in
            if !database.configuration.readonly { throw DatabaseError(resultCode: .SQLITE_READONLY) }
        }
        #expect(await history.append(entry(2)) == .readOnly)
        let reading = await history.journal()
        #expect(reading.entries == [entry(1), entry(2)])
        #expect(reading.trouble == .readOnly)
        #expect(reading.unsavedCount == 1)
    }

    /// Nothing can be made in `/proc`, also not by root.
    @Test(arguments: ["/proc/amltop/history.sqlite", "/proc/1/history.sqlite", "/dev/null/history.sqlite"])
    func whereNoFileCanBeMadeItStaysInMemory(_ path: String) async {
        let history = HistoryFile(path: path)
        let trouble = await history.append(entry(1))
        #expect(trouble == .unavailable || trouble == .readOnly)
        #expect(await history.journal().entries == [entry(1)])
    }
}

/// A connection that may hold a lock for longer than one access.
private func lockable(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: path, configuration: configuration)
}
