import FoundationEssentials

/// People: a code entered in a browser, then refresh tokens.
extension SignInRoutes {
    /// The client that Azure's developer tools use for people.
    static let publicClientID = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

    /// People without a tenant belong to the subscription's.
    func tenantOfPeople(_ tenant: String, _ exchange: Exchange) throws(SignInError) -> String {
        if Self.tenantsOfPeople.contains(tenant) { return world.tenantID }
        guard isKnownTenant(tenant) else { throw unknownTenant(tenant, exchange) }
        return tenant
    }

    /// `POST …/devicecode` (API.md b.6).
    func deviceCode(_ exchange: Exchange) -> Reply {
        do throws(SignInError) {
            let form = SignInForm(exchange)
            let client = try form.field("client_id")
            try checkPublicClient(client, exchange)
            let tenant = try tenantOfPeople(exchange.path[0].lowercased(), exchange)
            let scope = try form.field("scope")
            _ = try audience(scope: scope, tenant: tenant, exchange)
            let (deviceCode, code) = services.deviceCodes.issue(
                client: client,
                tenantID: tenant,
                scope: scope,
                now: exchange.serverTime
            )
            let page = "\(services.names.arm)/devicelogin"
            return Reply(
                200,
                [
                    "user_code": .string(code.userCode), "device_code": .string(deviceCode),
                    "verification_uri": .string(page), "expires_in": .int(Int(DeviceCodes.lifeSeconds)),
                    "interval": .int(Int(DeviceCodes.intervalSeconds)),
                    "message": .string(
                        "To sign in, use a web browser to open the page \(page) and enter the code \(code.userCode) to "
                            + "authenticate."
                    ),
                ]
            ).with("Cache-Control", "no-store, no-cache").with("x-ms-request-id", exchange.requestID)
        } catch {
            return error.reply(now: exchange.serverTime)
        }
    }

    func redeemDeviceCode(_ form: SignInForm, client: String, tenant: String) async throws(SignInError) -> Reply {
        let exchange = form.exchange
        try checkPublicClient(client, exchange)
        let deviceCode = try form.field("device_code")
        switch services.deviceCodes.poll(deviceCode, client: client, now: exchange.serverTime) {
        case .approved(let scope):
            return try await grantPerson(form, client: client, tenant: tenant, scope: scope)
        case .pending:
            throw SignInError(
                .authorizationPending,
                70_016,
                "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
                exchange
            )
        case .tooSoon:
            throw SignInError(
                .slowDown,
                70_018,
                "OAuth 2.0 device flow error. The client is polling too often. Wait longer between two requests.",
                exchange
            )
        case .declined:
            throw SignInError(.authorizationDeclined, 90_120, "The user declined the authorization.", exchange)
        case .expired:
            throw SignInError(
                .expiredToken,
                70_019,
                "Verification code expired. Have the user retry the sign-in.",
                exchange
            )
        case .unknown:
            throw SignInError(.badVerificationCode, 90_119, "The device code could not be found.", exchange)
        }
    }

    func redeemRefreshToken(_ form: SignInForm, client: String, tenant: String) async throws(SignInError) -> Reply {
        let exchange = form.exchange
        try checkPublicClient(client, exchange)
        let token = try form.field("refresh_token")
        let claims = await TokenMint.refreshClaims(token, by: services.issuer)
        guard let claims, claims.client == client.lowercased(), claims.tid == tenant else {
            throw SignInError(
                .invalidGrant,
                9_002_313,
                "Invalid request. Request is malformed or invalid.",
                exchange
            )
        }
        guard Double(claims.exp) > exchange.serverTime.timeIntervalSince1970,
            services.ledger.verdict(claims.uti) != .expired
        else {
            throw SignInError(
                .invalidGrant,
                700_082,
                "The refresh token has expired due to inactivity. The token was issued on a date that is too long ago.",
                exchange
            )
        }
        guard services.ledger.verdict(claims.uti) != .revoked else {
            throw SignInError(
                .invalidGrant,
                50_173,
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have "
                    + "changed or reset their password.",
                exchange
            )
        }
        return try await grantPerson(form, client: client, tenant: tenant, scope: try form.field("scope"))
    }

    private func grantPerson(
        _ form: SignInForm,
        client: String,
        tenant: String,
        scope: String
    ) async throws(SignInError) -> Reply {
        let exchange = form.exchange
        let audience = try audience(scope: scope, tenant: tenant, exchange)
        let mint = TokenMint(services: services, now: exchange.serverTime)
        let person = world.person
        guard let refresh = try? await mint.refreshToken(client: client.lowercased(), tenantID: tenant),
            let identity = try? await mint.identityToken(of: person, client: client, tenantID: tenant)
        else { throw trouble(exchange) }
        let info: JSON = ["uid": .string(person.objectID), "utid": .string(tenant)]
        var subject = TokenSubject.person(of: world, client: client)
        subject.tenantID = tenant
        return try await grant(
            subject,
            audience,
            form,
            more: [
                ("scope", .string("\(audience)/user_impersonation \(audience)/.default")),
                ("refresh_token", .string(refresh)), ("id_token", .string(identity)),
                ("client_info", .string(Base64URL.encode(info.bytes))), ("foci", "1"),
            ]
        )
    }

    private func checkPublicClient(_ client: String, _ exchange: Exchange) throws(SignInError) {
        guard client.lowercased() == Self.publicClientID else {
            throw SignInError(
                .unauthorizedClient,
                700_016,
                "Application with identifier '\(client)' was not found in the directory '\(world.tenantID)'.",
                exchange
            )
        }
    }
}
