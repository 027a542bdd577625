internal import AzureML
internal import TerminalUI

/// The steps of the wizard, as its left edge shows them.
enum RotationStep: Int, CaseIterable {
    case slot, callers, name, regenerate, readBack, probe, handOver, journal

    var title: TextKey {
        switch self {
        case .slot: .rotateStepSlot
        case .callers: .rotateStepCallers
        case .name: .rotateStepName
        case .regenerate: .rotateStepRegenerate
        case .readBack: .rotateStepReadBack
        case .probe: .rotateStepProbe
        case .handOver: .rotateStepHandOver
        case .journal: .rotateStepJournal
        }
    }

    enum Place {
        case behind, current, ahead
        /// Where the rotation came to an end that is none of success.
        case stopped
    }

    func place(_ current: RotationStep, _ outcome: RotationOutcome?) -> Place {
        guard let outcome else {
            return rawValue < current.rawValue ? .behind : rawValue == current.rawValue ? .current : .ahead
        }
        if outcome.isRotated || self == .journal { return .behind }
        return rawValue < current.rawValue ? .behind : rawValue == current.rawValue ? .stopped : .ahead
    }
}

extension RotationStep.Place {
    func glyph(of rotation: Rotation) -> String {
        switch self {
        case .behind: "✓"
        case .current: rotation.waitsForPerson ? "▸" : "◐"
        case .ahead: "·"
        case .stopped: "✗"
        }
    }

    func glyphStyle(of rotation: Rotation) -> Style {
        switch self {
        case .behind: .good
        case .current: rotation.waitsForPerson ? .key : .warning
        case .ahead: .faint
        case .stopped: .alert
        }
    }

    var titleStyle: Style {
        switch self {
        case .behind: .text
        case .current, .stopped: Style(.strong, bold: true)
        case .ahead: .faint
        }
    }
}

extension Rotation {
    var waitsForPerson: Bool {
        switch phase {
        case .choosingSlot, .reviewingCallers, .confirming, .handingOver: true
        default: false
        }
    }

    /// The step it is at; for one that has ended: where it ended.
    var step: RotationStep {
        switch phase {
        case .opening, .choosingSlot: .slot
        case .reviewingCallers: .callers
        case .confirming: .name
        case .prechecking, .sending, .following: .regenerate
        case .readingBack: .readBack
        case .probing, .watchingOldKey: .probe
        case .handingOver: .handOver
        case .ended: lastStep
        }
    }

    private var lastStep: RotationStep {
        if after != nil { return .readBack }
        if mayHaveSent || precheck != nil { return .regenerate }
        if slot == nil { return .slot }
        return callers == nil ? .callers : .name
    }
}

extension KeyRole {
    var shortText: TextKey {
        switch self {
        case .new: .rotateRoleNew
        case .other: .rotateRoleOther
        case .old: .rotateRoleOld
        }
    }
}

extension KeyVerdict {
    /// What a finding means: an old key that works is no success.
    func textKey(_ role: KeyRole) -> TextKey {
        role == .old && finding == .works ? .rotateVerdictStillWorks : finding.textKey
    }

    func style(_ role: KeyRole) -> Style {
        switch finding {
        case .works: role == .old ? .warning : .good
        case .refused: role == .old ? .good : .alert
        case .inconclusive, .unknown, .notProbed: .warning
        }
    }
}
