import GRDB

/// The steps from an empty file to the tables of this version; named, in order, never changed once published.
enum HistoryMigrations {
    /// A later version has been here.
    struct Newer: Error {}

    static func run(on database: DatabaseQueue) throws {
        if try database.read(migrator.hasBeenSuperseded) { throw Newer() }
        do {
            try migrator.migrate(database)
        } catch {
            // Another process may have made the tables between the look at what is missing and the turn to make it.
            guard try database.read(isComplete) else { throw error }
        }
    }

    static func isComplete(_ database: Database) throws -> Bool { try migrator.hasCompletedMigrations(database) }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("journal") { try JournalTable.create(in: $0) }
        migrator.registerMigration("scoring") { try ScoringTable.create(in: $0) }
        return migrator
    }
}
