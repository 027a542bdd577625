/// A credential that has no token to give, and why.
public struct UnavailableCredential: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// These variables are not set.
        case missingVariables([String])
        /// It holds nothing for this audience.
        case notForAudience(TokenAudience)
        /// The variable of that name says to leave it out.
        case excluded(byVariable: String)
        /// A variable asks for it by name, and we do not have it.
        case notSupported
        /// There is no such program in the folders of `PATH`.
        case programNotFound(String)
        case couldNotStart(String)
        /// Nobody has signed in: `az login` does.
        case notLoggedIn
        /// It ended with that code (minus the signal, where a signal ended it) and these words, tokens covered. Hostile:
        /// neutralise before showing.
        case programFailed(exitCode: Int, message: String)
        case timedOut(after: Duration)
        /// What it printed holds no token.
        case malformedOutput
        /// The token it printed has lapsed.
        case lapsedToken
        /// No service gives this machine an identity: nobody answers at the address of that service.
        case noManagedIdentityService(host: String)
        /// The machine's identity service has no such identity for it; in its own words. Hostile: neutralise before showing.
        case identityNotAssigned(message: String)
        /// The variables describe a kind of host whose identities we cannot use: `Cloud Shell` for example.
        case unsupportedHost(String)
        /// Nobody has signed in with a device code since the start, or that sign-in has ended.
        case notSignedIn
        /// The service wants proof (claims) that it has no way to give.
        case cannotSatisfyClaims
        /// A setting holds characters that must not reach another program: `resource`, `tenant` or `subscription`.
        case unsuitableRequest(String)
    }

    public var name: String
    public var reason: Reason

    public init(name: String, reason: Reason) {
        self.name = name
        self.reason = reason
    }
}
