import FoundationEssentials

/// Applications that sign in for themselves: with a secret, a certificate, or somebody who vouches for them.
extension SignInRoutes {
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    func application(_ form: SignInForm, client: String, tenant: String) async throws(SignInError) -> Reply {
        let exchange = form.exchange
        guard client.lowercased() == world.appID else {
            throw SignInError(
                .unauthorizedClient,
                700_016,
                "Application with identifier '\(client)' was not found in the directory '\(tenant)'. This can happen if the "
                    + "application has not been installed by the administrator of the tenant or consented to by any user in "
                    + "the tenant. You may have sent your authentication request to the wrong tenant.",
                exchange
            )
        }
        let proof: String
        if form["client_assertion"] != nil || form["client_assertion_type"] != nil {
            try await checkAssertion(form, tenant: tenant)
            proof = "2"
        } else {
            try checkSecret(form, client: client)
            proof = "1"
        }
        let audience = try audience(scope: try form.field("scope"), tenant: tenant, exchange)
        let subject = TokenSubject.application(of: world, in: tenant, clientProof: proof)
        return try await grant(subject, audience, form)
    }

    private func checkSecret(_ form: SignInForm, client: String) throws(SignInError) {
        let exchange = form.exchange
        guard let secret = form["client_secret"] else {
            throw SignInError(
                .invalidClient,
                7_000_216,
                "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
                exchange,
                status: 401
            )
        }
        guard secret == services.clientSecret else {
            throw SignInError(
                .invalidClient,
                7_000_215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not "
                    + "the client secret ID, for a secret added to app '\(client)'.",
                exchange,
                status: 401
            )
        }
        guard !world.isSignedOut(at: exchange.now.ticks) else {
            throw SignInError(
                .invalidClient,
                7_000_222,
                "The provided client secret keys for app '\(client)' are expired. Visit the Azure portal to create new keys "
                    + "for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added "
                    + "security: https://aka.ms/certCreds.",
                exchange,
                status: 401
            )
        }
    }

    private func checkAssertion(_ form: SignInForm, tenant: String) async throws(SignInError) {
        let exchange = form.exchange
        let type = try form.field("client_assertion_type")
        let text = try form.field("client_assertion")
        guard type == Self.assertionType, let assertion = ClientAssertion(text) else {
            throw SignInError(
                .invalidClient,
                50_027,
                "JWT token is invalid or malformed.",
                exchange,
                status: 401
            )
        }
        let check = AssertionCheck(services: services, assertion: assertion, tenant: tenant, exchange: exchange)
        // What an application signs for itself names itself as its issuer.
        if assertion.text("iss")?.lowercased() == world.appID {
            try check.certificate()
        } else {
            try await check.federation()
        }
    }

    /// The answer with an access token.
    func grant(
        _ subject: TokenSubject,
        _ audience: String,
        _ form: SignInForm,
        more: [(key: String, value: JSON)] = []
    ) async throws(SignInError) -> Reply {
        let exchange = form.exchange
        let mint = TokenMint(services: services, now: exchange.serverTime)
        let demand = try form.demand()
        guard let token = try? await mint.accessToken(for: subject, audience: audience, demand: demand) else {
            throw trouble(exchange)
        }
        let seconds = JSON.int(world.tokenSeconds)
        let fields: [(key: String, value: JSON)] = [
            ("token_type", "Bearer"), ("expires_in", seconds), ("ext_expires_in", seconds),
            ("access_token", .string(token)),
        ]
        return Reply(200, .object(fields + more))
            .with("Cache-Control", "no-store, no-cache").with("Pragma", "no-cache")
            .with("x-ms-request-id", exchange.requestID)
    }

    func trouble(_ exchange: Exchange) -> SignInError {
        SignInError(
            .temporarilyUnavailable,
            90_033,
            "A transient error has occurred. Please try again.",
            exchange,
            status: 503
        )
    }
}
