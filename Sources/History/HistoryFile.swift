package import AzureML
import Dispatch
import Foundation
import GRDB
import Synchronization

/// What is kept from one start to the next, in SQLite; above all the journal.
///
/// Nothing here stops anybody: a file that cannot be used is left as it is, what was to be written stays in memory and is
/// written as soon as the file takes it. Opened with the first use, on a queue of its own, never on the caller's thread.
package final class HistoryFile: Sendable {
    private struct State {
        var database: DatabaseQueue?
        /// In place of the file, for what need not outlive the process.
        var memory: DatabaseQueue?
        /// What is wrong with the file for good: it is not tried again.
        var lasting: JournalTrouble?
        var trouble: JournalTrouble?
        /// Entries that are not in the file yet, in order.
        var waiting: [JournalEntry] = []
        var isClosed = false
    }

    /// Nil keeps everything in memory.
    package let path: String?
    private let busySeconds: Double
    private let prepare: @Sendable (Database) throws -> Void
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "history")

    /// - Parameters:
    ///   - path: Of the file; it and its folder are made for the owner alone, with the first use. Nil keeps all in memory.
    ///   - busySeconds: How long another process may hold the file before it counts as locked.
    package convenience init(path: String?, busySeconds: Double = 2) {
        self.init(path: path, busySeconds: busySeconds, prepare: { _ in })
    }

    /// `prepare` sets up each connection.
    init(path: String?, busySeconds: Double = 2, prepare: @escaping @Sendable (Database) throws -> Void) {
        self.path = path
        self.busySeconds = busySeconds
        self.prepare = prepare
    }

    /// Where the history is kept: `amltop/history.sqlite` under `$XDG_STATE_HOME`, else under `~/.local/state`.
    ///
    /// Nil where neither variable names an absolute folder.
    package static func standardPath(_ environment: [String: String]) -> String? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/amltop/history.sqlite" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/state/amltop/history.sqlite"
    }

    // MARK: Journal

    /// Writes an entry, and those that wait; answers with what is wrong where they stay in memory.
    package func append(_ entry: JournalEntry) async -> JournalTrouble? {
        await onQueue { $0.waiting.append(entry) }
        return await onQueue { [self] in
            flush(&$0)
            return $0.trouble
        }
    }

    /// All entries, oldest first; those that wait are written if they can be.
    package func journal() async -> JournalReading {
        await onQueue { [self] state in
            flush(&state)
            var reading = JournalReading(trouble: state.trouble)
            if let database = state.database {
                do {
                    reading.entries = try database.read(JournalTable.entries)
                } catch {
                    let trouble = JournalTrouble(error)
                    state.trouble = trouble
                    reading.trouble = trouble
                    if trouble == .corrupt { state.lasting = trouble }
                }
            }
            reading.entries += state.waiting
            reading.unsavedCount = state.waiting.count
            return reading
        }
    }

    package func close() async {
        await onQueue { state in
            try? state.database?.close()
            state.database = nil
            state.memory = nil
            state.isClosed = true
        }
    }

    // MARK: Tables beside the journal

    /// Nil where it could not be read.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async -> Value? {
        await onQueue { [self] state in
            open(&state)
            guard let database = state.database ?? memory(&state) else { return nil }
            return try? database.read(body)
        }
    }

    /// - Returns: What is wrong where it could not be written.
    func write(_ body: @escaping @Sendable (Database) throws -> Void) async -> JournalTrouble? {
        await onQueue { [self] state in
            open(&state)
            if state.database != nil, let lasting = state.lasting { return lasting }
            guard let database = state.database ?? memory(&state) else { return state.trouble ?? .unavailable }
            do {
                try database.write(body)
                return nil
            } catch {
                return JournalTrouble(error)
            }
        }
    }

    private func memory(_ state: inout State) -> DatabaseQueue? {
        // A file that is only locked will take it later: what is told to be lost must not seem to be kept.
        guard path == nil || state.lasting != nil else { return nil }
        if state.memory == nil, !state.isClosed, let database = try? DatabaseQueue() {
            guard (try? HistoryMigrations.run(on: database)) != nil else { return nil }
            state.memory = database
        }
        return state.memory
    }

    private func onQueue<Value: Sendable>(
        _ body: @escaping @Sendable (inout sending State) -> sending Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: state.withLock(body)) }
        }
    }

    // MARK: The file

    private func flush(_ state: inout State) {
        open(&state)
        guard let database = state.database else { return }
        guard state.lasting == nil else { return }
        guard !state.waiting.isEmpty else {
            state.trouble = nil
            return
        }
        do {
            let waiting = state.waiting
            try database.write { try JournalTable.append(waiting, to: $0) }
            state.waiting = []
            state.trouble = nil
        } catch {
            let trouble = JournalTrouble(error)
            state.trouble = trouble
            // A damaged file does not mend itself, and writing on could make it worse.
            if trouble == .corrupt || trouble == .readOnly { state.lasting = trouble }
        }
    }

    private func open(_ state: inout State) {
        guard let path, state.database == nil, state.lasting == nil, !state.isClosed else { return }
        do {
            try PrivateFolder.makeFolders(to: path)
            guard let lock = OpeningLock(beside: path, seconds: busySeconds) else {
                state.trouble = .locked
                return
            }
            defer { withExtendedLifetime(lock) {} }
            try PrivateFolder.prepare(for: path)
            let database = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: false))
            try HistoryMigrations.run(on: database)
            state.database = database
            state.trouble = nil
        } catch {
            let trouble = JournalTrouble(error)
            state.trouble = trouble
            guard trouble != .locked, trouble != .full else { return }
            state.lasting = trouble
            // What may not be written may still be read.
            guard trouble == .readOnly || trouble == .unavailable else { return }
            guard let database = try? DatabaseQueue(path: path, configuration: configuration(isReadOnly: true)),
                (try? database.read(HistoryMigrations.isComplete)) == true
            else { return }
            state.database = database
            state.trouble = .readOnly
            state.lasting = .readOnly
        }
    }

    private func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(busySeconds)
        configuration.label = "history"
        let prepare = prepare
        configuration.prepareDatabase { database in
            try prepare(database)
            guard !isReadOnly else { return }
            // Readers and one writer at once, over all processes; every commit is on the disk before it counts.
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // What is deleted is overwritten: somebody took back what they had agreed to.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }
}

extension JournalTrouble {
    init(_ error: any Error) {
        switch error {
        // A file that may not grow fails in writing; a full disk has a code of its own.
        case let error as DatabaseError where error.extendedResultCode == .SQLITE_IOERR_WRITE: self = .full
        case let error as DatabaseError: self.init(error.resultCode)
        case is HistoryMigrations.Newer: self = .newerVersion
        case let trouble as PrivateFolder.Trouble: self = trouble.isReadOnly ? .readOnly : .unavailable
        default: self = .unavailable
        }
    }

    private init(_ code: ResultCode) {
        switch code {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_FULL: self = .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
        default: self = .unavailable
        }
    }
}
