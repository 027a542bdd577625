package import AzureCore
package import AzureML
package import FoundationEssentials

/// A secret by its name: what the dashboard holds of secrets that nobody asked to see.
package enum SecretName: Hashable, Sendable {
    /// A key of an endpoint whose auth mode is `key`.
    case endpointKey(ResourceID, KeySlot)
    /// The Azure ML token of an endpoint whose auth mode is `aml_token`.
    case endpointToken(ResourceID)
    /// A Microsoft Entra token of the person who is signed in.
    case token(TokenAudience)
}

/// What the world is asked to do with a secret; the text itself stays out there unless it is to be seen.
package enum SecretAction: Equatable, Sendable {
    /// Hands it to the clipboard without showing it.
    case copy(SecretName)
    /// Brings it home, to be shown for a while.
    case reveal(SecretName, request: Int)
    /// Says what can be read in it.
    case inspect(SecretName, request: Int)
    /// Says what can be read in what somebody pasted.
    case inspectPasted(Secret, request: Int)
}

/// What became of a secret.
package enum SecretEvent: Equatable, Sendable {
    case copied(SecretName, CopyOutcome)
    case notCopied(SecretName, AzureError)
    case revealed(Secret, request: Int)
    case notRevealed(AzureError, request: Int)
    case inspected(TokenReport, request: Int)
    case notInspected(AzureError, request: Int)
    /// The terminal is about to be given away: nothing secret may stay on it.
    case mustHide
}

/// What a token says, judged by the cloud at hand; the token itself is not in it.
package struct TokenReport: Equatable, Sendable {
    package var inspection: TokenInspection
    /// What stood around a pasted token.
    package var wrappings: [TokenText.Wrapping]
    package var verdicts: [AudienceVerdict]
    /// Where its audience belongs; nil for a service we know nothing of.
    package var home: AudienceHome?

    package init(_ inspection: TokenInspection, wrappings: [TokenText.Wrapping] = [], in cloud: Cloud) {
        self.inspection = inspection
        self.wrappings = wrappings
        verdicts = cloud.verdicts(on: inspection.facts.audiences)
        home = inspection.facts.audiences.lazy.compactMap { cloud.home(ofClaim: $0) }.first
    }
}

/// Which token is looked into.
package enum TokenSubject: Hashable, Sendable {
    case named(SecretName)
    case pasted

    /// What it is going to be used for; nil where nobody can say.
    var intendedUse: TokenAudience? {
        if case .named(.token(let audience)) = self { audience } else { nil }
    }
}

/// The token that is looked into, and what came of it.
package struct TokenInquiry: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case waiting
        case report(TokenReport)
        case failed(AzureError)
    }

    package var subject: TokenSubject
    var request: Int
    package var outcome = Outcome.waiting
}

/// A secret that is asked to be seen.
///
/// While it is shown the dashboard's state holds it as a `Secret`, in memory that is overwritten when the last copy goes:
/// at the end of its time, with the next key, and at once when the terminal loses the focus, changes its size, is handed
/// over or is left.
package struct RevealDialog: Equatable, Sendable {
    package enum Stage: Equatable, Sendable {
        /// Which of several.
        case choosing(selected: Int)
        case fetching(SecretName, request: Int)
        case shown(SecretName, Secret, until: Date)
        case failed(SecretName, AzureError)
    }

    package static let secondsShown: Double = 10

    package var names: [SecretName]
    package var stage: Stage
}

/// A token that is being pasted or typed, covered, to be looked into.
package struct PasteDialog: Equatable, Sendable {
    package var text = Secret("")
    package var characterCount = 0
}

/// The world's side of secrets.
package struct SecretActions: Sendable {
    /// The secret itself. Keys are listed for this and for nothing else.
    package var secret: @Sendable (SecretName) async throws -> Secret
    /// The cloud whose audiences a token is judged by; nil before there is a connection.
    package var cloud: @Sendable () async -> Cloud?

    package init(
        secret: @escaping @Sendable (SecretName) async throws -> Secret,
        cloud: @escaping @Sendable () async -> Cloud?
    ) {
        self.secret = secret
        self.cloud = cloud
    }

    /// For worlds without secrets.
    package static let none = SecretActions(
        secret: { _ in throw AzureError(.noCredential([])) },
        cloud: { nil }
    )
}
