#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who called an endpoint lately, as the traffic log has it. Its rows never say with which of the two keys.
public struct CallerReport: Hashable, Sendable {
    /// Everyone with the same user agent, auth type and identity. Texts are hostile: neutralise before showing.
    public struct Caller: Hashable, Sendable {
        public var userAgent: String
        /// `Key`, `AMLToken` or `AADToken`.
        public var authType: String
        /// The object id of the token; empty for keys.
        public var identity: String
        public var requests: Int
        public var lastSeen: Date?

        public init(userAgent: String, authType: String, identity: String, requests: Int, lastSeen: Date?) {
            self.userAgent = userAgent
            self.authType = authType
            self.identity = identity
            self.requests = requests
            self.lastSeen = lastSeen
        }
    }

    /// How far back was asked.
    public var hours: Int
    /// Those with the most requests first.
    public var callers: [Caller]
    /// Whether the endpoint's traffic is logged at all: without that there is nothing to see.
    public var isLogged: Bool

    public init(hours: Int, callers: [Caller], isLogged: Bool = true) {
        self.hours = hours
        self.callers = callers
        self.isLogged = isLogged
    }

    /// How far back a rotation looks.
    public static let usualHours = 24
}
