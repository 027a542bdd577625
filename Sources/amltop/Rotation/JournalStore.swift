import AzureML
import Dashboard
import Foundation
import Glibc
import History

/// The journal of this user, and who is at which rotation.
struct JournalStore: Sendable {
    let history: HistoryFile
    let claims: RotationClaims
    private let folder: String?

    /// Everything stays in memory where it is not to be kept.
    init(environment: [String: String], isKept: Bool = true) {
        // A limit on the size of files has to come as an error, not as the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        let path = isKept ? HistoryFile.standardPath(environment) : nil
        folder = path.map { String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex)) }
        history = HistoryFile(path: path)
        claims = RotationClaims(folder: folder)
    }

    /// The journal, and which of its unfinished rotations other processes are at.
    func read() async -> JournalReading {
        var reading = await history.journal()
        let unfinished = JournalEntry.unfinished(in: reading.entries).compactMap { $0.first?.rotation }
        reading.rotationsHeldElsewhere = Set(unfinished.filter(claims.isHeldElsewhere))
        return reading
    }

    var actions: JournalActions {
        JournalActions(
            read: { await read() },
            export: { name, text in
                guard let folder else { return nil }
                let path = "\(folder)/\(name)"
                do throws(SystemError) {
                    try PrivateFile.write(text, to: path)
                    return path
                } catch {
                    return nil
                }
            }
        )
    }
}
