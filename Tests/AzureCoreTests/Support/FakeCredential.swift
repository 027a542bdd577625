import AzureCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Gives the tokens `token-1`, `token-2`, … that live for a while, or what its closure says.
final class FakeCredential: TokenCredential {
    let name: String
    private let asked = Mutex(0)
    private let answer: @Sendable (Int, Date) async throws -> AccessToken

    init(name: String = "Fake", _ answer: @escaping @Sendable (Int, Date) async throws -> AccessToken) {
        self.name = name
        self.answer = answer
    }

    convenience init(lifeSeconds: Double) {
        self.init { number, now in
            AccessToken(secret: Secret("token-\(number)"), expiresAt: now.addingTimeInterval(lifeSeconds))
        }
    }

    var timesAsked: Int { asked.withLock { $0 } }

    func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        let number = asked.withLock { asked in
            asked += 1
            return asked
        }
        return try await answer(number, now())
    }
}

/// Polls a condition for at most ten seconds; the test decides what it means when it never comes true.
func eventually(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition() {
        if ContinuousClock.now > deadline { return false }
        await Task.yield()
    }
    return true
}
