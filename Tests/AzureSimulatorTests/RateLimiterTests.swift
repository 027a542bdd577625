import FoundationEssentials
import Testing

@testable import AzureSimulator

@Suite struct RateLimiterTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)

    @Test func eachKindHasItsOwnBucketForEachPrincipal() {
        let limiter = RateLimiter()
        for expected in stride(from: 249, through: 0, by: -1) {
            #expect(
                limiter.take(.reads, principal: "a", now: start)
                    == .allowed(remaining: expected, remainingGlobally: 3_500 + expected)
            )
        }
        #expect(limiter.take(.reads, principal: "a", now: start) == .throttled(retryAfterSeconds: 1))
        #expect(limiter.take(.reads, principal: "b", now: start) == .allowed(remaining: 249, remainingGlobally: 3_499))
        #expect(limiter.take(.writes, principal: "a", now: start) == .allowed(remaining: 199, remainingGlobally: 2_999))
        #expect(
            limiter.take(.deletes, principal: "a", now: start) == .allowed(remaining: 199, remainingGlobally: 2_999)
        )
    }

    @Test func bucketsRefillWithTimeUpToTheirSize() {
        let limiter = RateLimiter()
        for _ in 0..<200 { _ = limiter.take(.writes, principal: "a", now: start) }
        #expect(limiter.take(.writes, principal: "a", now: start) == .throttled(retryAfterSeconds: 1))
        #expect(
            limiter.take(.writes, principal: "a", now: start + 2) == .allowed(remaining: 19, remainingGlobally: 2_999)
        )
        #expect(
            limiter.take(.writes, principal: "a", now: start + 1_000)
                == .allowed(remaining: 199, remainingGlobally: 2_999)
        )
    }

    @Test(arguments: [("GET", RateLimiter.Kind.reads), ("POST", .writes), ("PUT", .writes), ("DELETE", .deletes)])
    func methodsCountAsTheirKind(method: String, kind: RateLimiter.Kind) {
        #expect(RateLimiter.Kind(method: method) == kind)
    }
}
