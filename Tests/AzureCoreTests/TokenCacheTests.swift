@testable import AzureCore
import Synchronization
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TokenCacheTests {
    private let time = ManualTime()

    private func cache(_ credential: FakeCredential) throws -> TokenCache {
        let pipeline = Pipeline(transport: FakeTransport([AzureResponse(500)]))
        let time = time
        return TokenCache(time: time.source) { audience, _ in
            let request = TokenRequest(audience: audience, resource: "https://r", cloud: .azureCloud)
            return try await credential.token(for: request, pipeline: pipeline, now: { time.now })
        }
    }

    private func text(_ cache: TokenCache) async throws -> String {
        try await cache.token(for: .resourceManager).secret.reveal()
    }

    @Test func aFreshTokenIsGivenWithoutAsking() async throws {
        let credential = FakeCredential(lifeSeconds: 3600)
        let cache = try cache(credential)
        #expect(try await text(cache) == "token-1")
        time.advance(by: 3299)
        #expect(try await text(cache) == "token-1")
        #expect(credential.timesAsked == 1)
    }

    @Test func inTheLastFiveMinutesItIsGivenAndRenewedBehind() async throws {
        let credential = FakeCredential(lifeSeconds: 3600)
        let cache = try cache(credential)
        _ = try await text(cache)
        time.advance(by: 3301)
        #expect(try await text(cache) == "token-1")
        #expect(await eventually { cache.status(of: .resourceManager).token?.secret == Secret("token-2") })
        #expect(try await text(cache) == "token-2")
        #expect(credential.timesAsked == 2)
    }

    @Test func aTokenThatLivesLongIsRenewedAtHalfItsLife() async throws {
        let credential = FakeCredential(lifeSeconds: 86_400)
        let cache = try cache(credential)
        _ = try await text(cache)
        time.advance(by: 43_199)
        _ = try await text(cache)
        #expect(!cache.status(of: .resourceManager).isRenewing && credential.timesAsked == 1)
        time.advance(by: 2)
        _ = try await text(cache)
        #expect(await eventually { credential.timesAsked == 2 })
    }

    @Test func theIssuersAdviceToRenewIsFollowed() async throws {
        let credential = FakeCredential { number, now in
            AccessToken(
                secret: Secret("token-\(number)"),
                expiresAt: now.addingTimeInterval(3600),
                refreshAt: now.addingTimeInterval(600)
            )
        }
        let cache = try cache(credential)
        _ = try await text(cache)
        time.advance(by: 601)
        _ = try await text(cache)
        #expect(await eventually { credential.timesAsked == 2 })
    }

    @Test func aLapsedTokenIsNeverGiven() async throws {
        let cache = try cache(FakeCredential(lifeSeconds: 3600))
        _ = try await text(cache)
        time.advance(by: 3600)
        #expect(cache.status(of: .resourceManager).token == nil)
        #expect(try await text(cache) == "token-2")
    }

    @Test func manyCallersShareOneRenewal() async throws {
        let gate = Gate()
        let credential = FakeCredential { _, _ in
            await gate.wait()
            return AccessToken(secret: Secret("shared"))
        }
        let cache = try cache(credential)
        try await withThrowingTaskGroup(of: AccessToken.self) { group in
            for _ in 0..<20 { group.addTask { try await cache.token(for: .resourceManager) } }
            #expect(await eventually { credential.timesAsked == 1 })
            gate.open()
            for try await token in group { #expect(token.secret == Secret("shared")) }
        }
        #expect(credential.timesAsked == 1)
    }

    @Test func aCancelledCallerLeavesAtOnceAndTheOthersGetTheirToken() async throws {
        let gate = Gate()
        let credential = FakeCredential { _, _ in
            await gate.wait()
            return AccessToken(secret: Secret("shared"))
        }
        let cache = try cache(credential)
        let impatient = Task { try await cache.token(for: .resourceManager) }
        let patient = Task { try await cache.token(for: .resourceManager) }
        #expect(await eventually { credential.timesAsked == 1 })
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        gate.open()
        #expect(try await patient.value.secret == Secret("shared"))
    }

    @Test func aFailedRenewalKeepsTheOldTokenAndWaitsThirtySeconds() async throws {
        let credential = FakeCredential { number, now in
            guard number == 1 else { throw AzureError(.serverError) }
            return AccessToken(secret: Secret("old"), expiresAt: now.addingTimeInterval(3600))
        }
        let cache = try cache(credential)
        _ = try await text(cache)
        time.advance(by: 3400)
        #expect(try await text(cache) == "old")
        #expect(await eventually { cache.status(of: .resourceManager).renewalFailure?.kind == .serverError })
        time.advance(by: 29)
        #expect(try await text(cache) == "old")
        #expect(!cache.status(of: .resourceManager).isRenewing && credential.timesAsked == 2)
        time.advance(by: 2)
        #expect(try await text(cache) == "old")
        #expect(await eventually { credential.timesAsked == 3 })
    }

    @Test func withoutATokenEveryFailureIsToldAndTheNextCallAsksAgain() async throws {
        let credential = FakeCredential { number, _ in
            guard number > 1 else { throw AzureError(.signedOut(credential: "Fake")) }
            return AccessToken(secret: Secret("second"))
        }
        let cache = try cache(credential)
        let error = await #expect(throws: AzureError.self) { try await cache.token(for: .resourceManager) }
        #expect(error?.kind == .signedOut(credential: "Fake"))
        #expect(try await text(cache) == "second")
        #expect(cache.status(of: .resourceManager).renewalFailure == nil)
    }

    @Test func onlyTheRefusedTokenIsDropped() async throws {
        let cache = try cache(FakeCredential(lifeSeconds: 3600))
        let old = try await cache.token(for: .resourceManager)
        cache.drop(AccessToken(secret: Secret("somebody else's")), for: .resourceManager)
        #expect(try await text(cache) == "token-1")
        cache.drop(old, for: .resourceManager)
        #expect(try await text(cache) == "token-2")
        cache.drop(old, for: .resourceManager)
        #expect(try await text(cache) == "token-2")
    }

    @Test func aGivenTokenIsNotRenewedBehind() async throws {
        let credential = FakeCredential { _, now in
            AccessToken(secret: Secret("given"), expiresAt: now.addingTimeInterval(60), isRenewable: false)
        }
        let cache = try cache(credential)
        _ = try await text(cache)
        time.advance(by: 40)
        _ = try await text(cache)
        #expect(!cache.status(of: .resourceManager).isRenewing && credential.timesAsked == 1)
    }

    @Test func audiencesAreApart() async throws {
        let credential = FakeCredential(lifeSeconds: 3600)
        let cache = try cache(credential)
        let manager = try await cache.token(for: .resourceManager)
        let logs = try await cache.token(for: .logAnalytics)
        #expect(manager.secret != logs.secret)
        #expect(cache.status(of: .machineLearning) == TokenStatus())
    }
}

/// Holds whoever waits until it is opened.
final class Gate: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func wait() async {
        for await _ in stream {}
    }

    func open() {
        continuation.finish()
    }
}
