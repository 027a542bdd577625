import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The tokens that resources themselves gave, kept while they are good; none longer than that.
package final class ResourceTokens: Sendable {
    /// Closer to its end than this a token is not used any more.
    private static let margin = 60.0

    private let tokens = Mutex<[String: AccessToken]>([:])

    package init() {}

    /// The token of a resource that is not about to lapse; others are forgotten on the way.
    package func token(of resource: ResourceID, now: Date) -> AccessToken? {
        tokens.withLock { tokens in
            tokens = tokens.filter { $0.value.isGood(until: now.addingTimeInterval(Self.margin)) }
            return tokens[resource.key]
        }
    }

    package func keep(_ token: AccessToken, of resource: ResourceID) {
        tokens.withLock { $0[resource.key] = token }
    }

    package func forget(_ resource: ResourceID) {
        tokens.withLock { $0[resource.key] = nil }
    }

    func forgetAll() {
        tokens.withLock { $0 = [:] }
    }
}

extension ResourceID {
    /// Resource Manager compares without regard to case.
    fileprivate var key: String { text.lowercased() }
}

extension AccessToken {
    /// A token that does not say when it lapses is asked for anew each time.
    fileprivate func isGood(until moment: Date) -> Bool {
        expiresAt.map { $0 > moment } ?? false
    }
}
