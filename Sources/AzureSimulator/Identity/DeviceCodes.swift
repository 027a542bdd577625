import FoundationEssentials
import Synchronization

/// The codes that people are asked to enter, and what became of them.
final class DeviceCodes: Sendable {
    static let lifeSeconds = 900.0
    static let intervalSeconds = 5.0

    enum Verdict: Sendable {
        case pending, tooSoon, declined, expired, unknown
        /// With the scope that the code was asked for.
        case approved(scope: String)
    }

    struct Code: Sendable {
        let userCode: String
        let client: String
        let tenantID: String
        let scope: String
        let expiresAt: Date
        fileprivate var lastPoll: Date?
        fileprivate var isApproved: Bool?
    }

    /// By the device code.
    private let codes = Mutex<[String: Code]>([:])

    /// A new pair of codes.
    func issue(client: String, tenantID: String, scope: String, now: Date) -> (deviceCode: String, code: Code) {
        var random = SystemRandomNumberGenerator()
        // Without letters and digits that look alike.
        let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ23456789")
        let userCode = String((0..<9).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
        let code = Code(
            userCode: userCode,
            client: client.lowercased(),
            tenantID: tenantID,
            scope: scope,
            expiresAt: now + Self.lifeSeconds
        )
        let deviceCode = TokenMint.opaque(48)
        codes.withLock { $0[deviceCode] = code }
        return (deviceCode, code)
    }

    /// What a client hears that asks; an approved code is used up.
    func poll(_ deviceCode: String, client: String, now: Date) -> Verdict {
        codes.withLock { codes in
            guard var code = codes[deviceCode], code.client == client.lowercased() else { return .unknown }
            defer { codes[deviceCode] = code.isApproved == true ? nil : code }
            if code.expiresAt <= now { return .expired }
            if let isApproved = code.isApproved { return isApproved ? .approved(scope: code.scope) : .declined }
            let isTooSoon = code.lastPoll.map { now.timeIntervalSince($0) < Self.intervalSeconds - 0.5 } ?? false
            code.lastPoll = now
            return isTooSoon ? .tooSoon : .pending
        }
    }

    /// Somebody enters the code (nil: the newest that waits) and says yes or no.
    ///
    /// - Returns: Whether there is such a code that still waits.
    func answer(_ userCode: String?, isApproved: Bool, now: Date) -> Bool {
        codes.withLock { codes in
            let waiting = codes.filter { $0.value.isApproved == nil && $0.value.expiresAt > now }
            let wanted = userCode?.uppercased().filter { $0 != "-" && $0 != " " }
            let found =
                wanted.map { wanted in waiting.first { $0.value.userCode == wanted } }
                ?? waiting.max { $0.value.expiresAt < $1.value.expiresAt }
            guard let key = found?.key else { return false }
            codes[key]?.isApproved = isApproved
            return true
        }
    }

    /// The codes that wait, in the order they lapse.
    func waiting(at now: Date) -> [Code] {
        codes.withLock { $0.values.filter { $0.isApproved == nil && $0.expiresAt > now } }
            .sorted { $0.expiresAt < $1.expiresAt }
    }
}
