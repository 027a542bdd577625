import HTTPTypes
import JSONValue
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Microsoft Entra's side of signing in: `POST {authority}/{tenant}/oauth2/v2.0/token` and what belongs to it.
final class EntraTokenEndpoint: Sendable {
    /// How often an issuer that is `temporarily_unavailable` is asked, and how long it is given in between.
    static let mostTries = 3
    static let pauses: [Duration] = [.milliseconds(400), .milliseconds(1600)]

    /// Who asks, for errors and tokens.
    let credential: String
    let tenantID: String
    private let authority: HTTPURL
    private let pipeline: Pipeline
    private let now: @Sendable () -> Date
    private let lead = Mutex(0.0)

    /// - Throws: `AzureError` of kind `.configuration(.invalidURL)` or `.insecureTransport`: no secret leaves unencrypted.
    // Never inlined: Swift 6.3 with optimization fails on an object with a mutex that it puts on the stack.
    @inline(never)
    init(
        of request: TokenRequest,
        tenantID: String,
        credential: String,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) throws(AzureError) {
        guard let authority = HTTPURL(request.cloud.loginEndpoint) else {
            let problem = AzureError.ConfigurationProblem.invalidURL(
                name: "AZURE_AUTHORITY_HOST",
                value: request.cloud.loginEndpoint
            )
            throw AzureError(.configuration(problem), operation: .token)
        }
        guard authority.isEncrypted else {
            throw AzureError(.insecureTransport(host: authority.host), operation: .token, host: authority.host)
        }
        self.authority = authority
        self.tenantID = tenantID
        self.credential = credential
        self.pipeline = pipeline
        self.now = now
    }

    /// The address of the token endpoint, which a client assertion names as its audience.
    var url: HTTPURL { authority.appending(path: "\(tenantID)/oauth2/v2.0/token") }

    /// By how many seconds the issuer's clock is ahead of ours, as its latest answer says.
    var clockLeadSeconds: Double { lead.withLock { $0 } }

    /// What an issuer answered with.
    struct Grant: Sendable {
        var token: AccessToken
        var refreshToken: Secret?
    }

    /// Asks for a token.
    ///
    /// - Throws: `AzureError`: `.signedOut` where the issuer refused, with its number as the code and its word
    ///   (`invalid_client`) among the details; `.throttled`, `.serverError` and what else keeps an answer away.
    func grant(_ form: [(name: String, value: String)]) async throws -> Grant {
        let request = post(form, to: url)
        let answer = try await json(request)
        do throws(AzureError) {
            return try grant(in: answer)
        } catch {
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
    }

    /// Asks for a code that somebody can enter in a browser: `POST …/oauth2/v2.0/devicecode`.
    ///
    /// - Throws: `AzureError` as `grant(_:)`.
    func deviceCode(_ form: [(name: String, value: String)]) async throws -> JSONValue {
        try await json(post(form, to: authority.appending(path: "\(tenantID)/oauth2/v2.0/devicecode")))
    }

    private func post(_ form: [(name: String, value: String)], to url: HTTPURL) -> AzureRequest {
        AzureRequest(
            .token,
            method: .post,
            url: url,
            headerFields: [.accept: "application/json", .contentType: "application/x-www-form-urlencoded"],
            body: Array(PercentEncoding.form(form).utf8),
            isRepeatable: true
        )
    }

    /// The pipeline repeats what fails below; what Microsoft Entra calls temporary is repeated here, whatever its status.
    private func json(_ request: AzureRequest) async throws -> JSONValue {
        var tries = 1
        while true {
            do throws(AzureError) {
                return try await answer(to: request)
            } catch {
                guard error.isTemporary, error.status.map({ $0 < 500 && $0 != 429 }) ?? false, tries < Self.mostTries
                else { throw error }
                try await pipeline.time.sleep(Self.pauses[tries - 1])
                tries += 1
            }
        }
    }

    private func answer(to request: AzureRequest) async throws(AzureError) -> JSONValue {
        let response: AzureResponse
        do {
            response = try await pipeline.answer(to: request)
        } catch {
            // Whoever needed the token would otherwise take the blame.
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
        if let date = response.headerFields[.date].flatMap(HTTPDate.date) {
            lead.withLock { $0 = date.timeIntervalSince(now()) }
        }
        if var failure = AzureError(of: response, to: request, now: now()) {
            if failure.code == "AADSTS90055" {
                failure.kind = .throttled(retryAfter: RetryAfter.duration(in: response, now: now()))
            } else if [400, 401, 403].contains(response.status), failure.code != nil, !failure.isTemporary {
                failure.kind = .signedOut(credential: credential)
            }
            throw failure
        }
        do throws(AzureError) {
            return try response.json()
        } catch {
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
    }

    private func grant(in answer: JSONValue) throws(AzureError) -> Grant {
        guard let text = answer["access_token"]?.stringValue, !text.isEmpty else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "access_token")))
        }
        let claims = TokenClaims.decode(text)
        let life = ExpiryTime.lifeSeconds(answer["expires_in"])
        let token = AccessToken(
            secret: Secret(text),
            expiresAt: life.map { now().addingTimeInterval($0) } ?? claims?.expiresAt,
            refreshAt: ExpiryTime.lifeSeconds(answer["refresh_in"]).map { now().addingTimeInterval($0) },
            claims: claims,
            credential: credential
        )
        let refresh = answer["refresh_token"]?.stringValue.flatMap { $0.isEmpty ? nil : Secret($0) }
        return Grant(token: token, refreshToken: refresh)
    }
}

extension AzureError {
    /// The stable word of Microsoft Entra's refusal: `invalid_client` for example.
    var entraWord: String? { innerDetails.first { $0.message.isEmpty }?.code }

    /// Microsoft Entra asks to be asked again.
    var isTemporary: Bool { entraWord == "temporarily_unavailable" }
}

extension TokenRequest {
    /// The field that carries the demanded claims, where there are any.
    var claimsField: [(name: String, value: String)] {
        claims.map { [("claims", $0)] } ?? []
    }
}
