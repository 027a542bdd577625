import Synchronization

/// What was done through Resource Manager since the world began, newest last.
///
/// Azure's own log shows an event minutes later; this one at once.
final class ActivityStore: Sendable {
    private static let mostRecords = 20_000

    private let records: Mutex<[ActivityRecord]>
    private let file: AppendedFile

    /// - Parameter path: Of the file, one JSON object a line.
    init(path: String) {
        file = AppendedFile(path: path)
        records = Mutex(file.lines(as: ActivityRecord.self).suffix(Self.mostRecords))
    }

    var all: [ActivityRecord] { records.withLock { $0 } }

    func note(_ record: ActivityRecord) {
        records.withLock { records in
            records.append(record)
            // Half at once, so that it is not done for every record.
            if records.count > Self.mostRecords { records.removeFirst(Self.mostRecords / 2) }
            file.append(record)
        }
    }
}
