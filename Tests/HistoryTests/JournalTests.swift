@testable import History
import AzureML
import Foundation
import GRDB
import JSONValue
import Testing

@Suite struct JournalTests {
    @Test func whatIsWrittenIsReadByTheNextProcess() async throws {
        let folder = try TemporaryFolder()
        let written = [entry(1, .slotChosen), entry(2, .sending), try fullEntry()]
        let first = HistoryFile(path: folder.file)
        for entry in written { #expect(await first.append(entry) == nil) }
        await first.close()
        let reading = await HistoryFile(path: folder.file).journal()
        #expect(reading == JournalReading(entries: written))
    }

    @Test func fileAndFolderAreForTheOwnerAlone() async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file)
        _ = await history.append(entry(1))
        for suffix in ["", "-wal", "-shm"] { #expect(try folder.mode(folder.file + suffix) == 0o600) }
        #expect(try folder.mode(folder.path + "/state/amltop") == 0o700)
    }

    @Test func nothingIsMadeBeforeTheFirstUse() throws {
        let folder = try TemporaryFolder()
        _ = HistoryFile(path: folder.file)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/state"))
    }

    @Test(arguments: ["UPDATE journal SET who = 'nobody'", "DELETE FROM journal"])
    func noEntryIsChangedOrDeleted(_ statement: String) async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file)
        _ = await history.append(entry(1))
        let database = try DatabaseQueue(path: folder.file)
        #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: statement) } }
        #expect(await history.journal().entries == [entry(1)])
    }

    @Test func anEntryThatIsWrittenTwiceIsThereOnce() async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file)
        _ = await history.append(entry(1))
        _ = await history.append(entry(1))
        #expect(await history.journal().entries == [entry(1)])
    }

    @Test func twoProcessesWriteAtOnce() async throws {
        let folder = try TemporaryFolder()
        let files = [HistoryFile(path: folder.file), HistoryFile(path: folder.file)]
        await withTaskGroup(of: Void.self) { group in
            for (index, file) in files.enumerated() {
                group.addTask {
                    for number in 1...50 {
                        let trouble = await file.append(entry(number, rotation: "r-\(index)"))
                        #expect(trouble == nil)
                    }
                }
            }
        }
        let reading = await files[0].journal()
        #expect(reading.entries.count == 100)
        #expect(JournalEntry.rotations(in: reading.entries).map { $0.map(\.number) } == [Array(1...50), Array(1...50)])
    }

    @Test func unfinishedRotationsAreFound() {
        let entries = [
            entry(1, rotation: "a"), entry(1, rotation: "b"), entry(2, .ended, rotation: "b"),
            entry(1, rotation: "c"),
        ]
        var unknown = entry(2, .ended, rotation: "c")
        unknown.outcome = .unknown
        let unfinished = JournalEntry.unfinished(in: entries + [unknown]).map { $0[0].rotation }
        #expect(Set(unfinished) == ["a", "c"])
    }

    @Test func anEntryAsJSONSaysEverything() throws {
        let json = try fullEntry().json
        #expect(json["after"]?["secondary"] == "51d77be013")
        #expect(json["verdicts"]?["new"]?["deployment"] == "green")
        #expect(json["outcome"] == ["state": "notProven", "reason": "oldKeyStillWorks"])
        #expect(json["oldKeyWorkedSeconds"]?.doubleValue == 14.5)
        #expect(json["requestIds"] == ["6f1c", "9be0"])
    }

    @Test func theFolderFollowsTheVariables() {
        #expect(HistoryFile.standardPath(["XDG_STATE_HOME": "/x", "HOME": "/h"]) == "/x/amltop/history.sqlite")
        #expect(HistoryFile.standardPath(["HOME": "/h"]) == "/h/.local/state/amltop/history.sqlite")
        #expect(HistoryFile.standardPath(["XDG_STATE_HOME": "relative"]) == nil)
    }

    /// The tables of the first version as they were published: what was written then is read now.
    @Test func aFileOfTheFirstVersionIsRead() async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file)
        _ = await history.append(entry(1))
        await history.close()
        let names = try await DatabaseQueue(path: folder.file).read { database in
            try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
        }
        #expect(names == ["journal", "scoring"])
    }
}
