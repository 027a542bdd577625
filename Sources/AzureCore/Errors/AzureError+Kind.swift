extension AzureError {
    /// What sort of trouble it is.
    public enum Kind: Hashable, Sendable {
        /// A credential is set up but was refused: wrong secret, expired, unknown tenant. The code names the reason.
        case signedOut(credential: String)
        /// No credential is set up; each one that was tried says why not.
        case noCredential([UnavailableCredential])
        /// The service refused the token, and a new one too (401).
        case unauthorized
        /// The token was for somebody else; carries the audience the service saw.
        case wrongAudience(String?)
        /// Signed in, but not allowed (403): the action and the scope it was refused at.
        case forbidden(action: String?, scope: String?)
        case notFound(NotFoundThing?)
        /// Too many requests (429), with the wait the service asked for.
        case throttled(retryAfter: Duration?)
        /// Another change is running, or a lock is in the way (409).
        case conflict
        /// The service did not accept the request (any other 4xx).
        case badRequest
        /// The service failed (5xx), or waited for us too long (408).
        case serverError
        case unreachable(Unreachable)
        case untrustedCertificate(CertificateProblem)
        /// No complete answer within the time allowed.
        case timedOut(after: Duration)
        case malformedAnswer(MalformedAnswer)
        case cancelled
        /// A long-running operation was begun and came to another end than success: `Failed`, `Canceled`.
        case operationFailed(status: String)
        /// A token was about to go to a host it is not for. Nothing was sent.
        case tokenForOtherHost(host: String)
        /// A secret was about to travel unencrypted. Nothing was sent.
        case insecureTransport(host: String)
        /// The connection is read-only, or its context forbids scoring. Nothing was sent.
        case readOnly(method: String)
        case configuration(ConfigurationProblem)
    }

    /// What a 404 was about.
    public enum NotFoundThing: Hashable, Sendable {
        case subscription, resourceGroup, workspace, endpoint, deployment, other
    }

    /// Why no connection came about, or why it ended early. The host of the error is the one that was asked for.
    public enum Unreachable: Hashable, Sendable {
        case nameNotFound, refused, reset, noRoute
        /// The other side closed before its answer was complete.
        case closedEarly
        /// The proxy wants a user name and a password, or others (407).
        case proxyNeedsSignIn
        /// The proxy answered, but did not connect us: it refused, or it is none and answered a page.
        case refusedByProxy
        case other
    }

    /// Why the server's certificate was not accepted.
    public enum CertificateProblem: Hashable, Sendable {
        case unknownAuthority, expired, nameMismatch, other
        /// The file of trusted authorities could not be read.
        case unreadableTrustFile(path: String)
    }

    /// What was wrong with an answer that did arrive.
    public enum MalformedAnswer: Hashable, Sendable {
        case notJSON(contentType: String?)
        /// The JSON ends in the middle.
        case truncated
        /// JSON, but not of the expected shape: names what is missing or of another type.
        case unexpectedShape(field: String)
        case empty
        /// Longer than we are willing to read.
        case tooLarge
    }

    /// What is wrong with the settings.
    public enum ConfigurationProblem: Hashable, Sendable {
        /// Needed and not set.
        case missing(variables: [String])
        case invalidURL(name: String, value: String)
        case unknownCloud(String)
        /// The cloud metadata lacks a field we cannot do without.
        case incompleteCloudMetadata(field: String)
    }
}
