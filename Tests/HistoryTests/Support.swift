import AzureCore
import AzureML
import Foundation
import History

/// A folder of its own for one test, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "amltop-history-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/state/amltop/history.sqlite" }

    func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? Int) ?? -1
    }
}

func entry(_ number: Int, _ event: JournalEntry.Event = .sending, rotation: String = "r-1") -> JournalEntry {
    JournalEntry(
        rotation: rotation,
        number: number,
        at: Date(timeIntervalSince1970: 1_764_000_000 + Double(number) + 0.25),
        who: "ci-bot (app) 1f3a",
        event: event,
        endpoint: ResourceID(
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e"
        ),
        slot: .secondary
    )
}

/// One that has everything.
func fullEntry() throws -> JournalEntry {
    var full = entry(7, .ended)
    guard let first = KeyFingerprint(text: "77aa01c9de"), let second = KeyFingerprint(text: "9c41f0a2e7"),
        let third = KeyFingerprint(text: "51d77be013")
    else { throw CocoaError(.featureUnsupported) }
    full.before = KeyFingerprints(primary: first, secondary: second)
    full.after = KeyFingerprints(primary: first, secondary: third)
    full.verdicts = [
        .new: KeyVerdict(.works, status: 200, deployment: "green", milliseconds: 201),
        .other: KeyVerdict(.works, status: 424), .old: KeyVerdict(.refused, status: 401),
    ]
    full.oldKeyWorkedSeconds = 14.5
    full.requestIDs = ["6f1c", "9be0"]
    full.operation = OperationHandle(
        operation: OperationName("onlineEndpoints.regenerateKeys"),
        statusURL: "https://management.azure.com/status",
        resultURL: "https://management.azure.com/result",
        requestID: "6f1c"
    )
    full.outcome = .notProven(.oldKeyStillWorks)
    full.detail = "copied"
    return full
}
