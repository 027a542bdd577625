internal import AzureCore
package import AzureML

/// The words for the ends of rotations and the troubles of the journal.
package enum RotationWording {
    package static func key(_ outcome: RotationOutcome) -> TextKey {
        switch outcome {
        case .proven: .rotateEndProven
        case .notProven(.notProbed): .rotateEndNotProbed
        case .notProven(.newKeyRefused): .rotateEndNewRefused
        case .notProven(.otherKeyRefused): .rotateEndOtherRefused
        case .notProven(.oldKeyStillWorks): .rotateEndOldWorks
        case .notProven(.oldKeyUnknown): .rotateEndOldUnknown
        case .notProven(.inconclusive): .rotateEndInconclusive
        case .nothingSent(.cancelled): .rotateEndCancelled
        case .nothingSent(.unreadable): .rotateEndUnreadable
        case .nothingSent(.precheckFailed): .rotateEndPrecheck
        case .nothingSent(.notSendable): .rotateEndNotSendable
        case .failedByAzure(.refused): .rotateEndRefused
        case .failedByAzure(.operationFailed): .rotateEndFailed
        case .failedByAzure(.unchanged): .rotateEndUnchanged
        case .failedByAzure(.answerLost): .rotateEndLost
        case .unknown: .rotateEndUnknown
        case .conflict(.slotChanged): .rotateEndSlotChanged
        case .conflict(.otherSlotChanged): .rotateEndOtherSlotChanged
        case .conflict(.operationRunning): .rotateEndOperationRunning
        case .conflict(.regeneratedSince): .rotateEndRegenerated
        }
    }

    package static func values(_ rotation: Rotation) -> [String: String] {
        let rival = rotation.precheck?.regenerations?.first { $0.outcome != .failed }?.caller.label
        return [
            "slot": rotation.slot?.rawValue ?? "", "other": rotation.slot?.other.rawValue ?? "",
            "endpoint": rotation.endpoint.name, "who": rival ?? "?",
        ]
    }

    package static func key(_ trouble: JournalTrouble) -> TextKey {
        switch trouble {
        case .locked: .journalTroubleLocked
        case .full: .journalTroubleFull
        case .corrupt: .journalTroubleCorrupt
        case .readOnly: .journalTroubleReadOnly
        case .newerVersion: .journalTroubleNewer
        case .unavailable: .journalTroubleUnavailable
        }
    }
}
