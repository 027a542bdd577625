import FoundationEssentials
import HTTPTypes

/// Microsoft Entra's sign-in: discovery documents and the token endpoint (API.md b.1).
struct SignInRoutes: Sendable {
    let services: Services

    private var world: World { services.world }

    /// The answer, or `nil` when the path is none of sign-in's.
    func respond(to exchange: Exchange) async -> Reply? {
        let path = exchange.lowercasedPath
        switch path.count {
        case 3 where path == ["common", "discovery", "instance"]:
            return instanceDiscovery(exchange)
        case 4 where path.suffix(3) == ["v2.0", ".well-known", "openid-configuration"]:
            return openIDConfiguration(exchange)
        case 4 where path.suffix(3) == ["oauth2", "v2.0", "token"]:
            return await token(exchange)
        case 4 where path.suffix(3) == ["discovery", "v2.0", "keys"]:
            return Reply(200, ["keys": []])
        default:
            return nil
        }
    }

    private var authority: String { services.names.arm }

    private func isKnownTenant(_ tenant: String) -> Bool {
        [world.tenantID, world.guestTenantID].contains(tenant.lowercased())
    }

    private func instanceDiscovery(_ exchange: Exchange) -> Reply {
        let host = authority.split(separator: "/").last.map(String.init) ?? "localhost"
        return Reply(
            200,
            [
                "tenant_discovery_endpoint": .string(
                    "\(authority)/\(world.tenantID)/v2.0/.well-known/openid-configuration"
                ),
                "api-version": "1.1",
                "metadata": [
                    [
                        "preferred_network": .string(host), "preferred_cache": .string(host),
                        "aliases": [.string(host)],
                    ]
                ],
            ]
        )
    }

    private func openIDConfiguration(_ exchange: Exchange) -> Reply {
        let tenant = exchange.path[0]
        guard isKnownTenant(tenant) else { return unknownTenant(tenant, exchange).reply(now: exchange.serverTime) }
        let base = "\(authority)/\(tenant)"
        return Reply(
            200,
            [
                "issuer": .string("\(base)/v2.0"),
                "authorization_endpoint": .string("\(base)/oauth2/v2.0/authorize"),
                "token_endpoint": .string("\(base)/oauth2/v2.0/token"),
                "device_authorization_endpoint": .string("\(base)/oauth2/v2.0/devicecode"),
                "end_session_endpoint": .string("\(base)/oauth2/v2.0/logout"),
                "jwks_uri": .string("\(base)/discovery/v2.0/keys"),
                "token_endpoint_auth_methods_supported": [
                    "client_secret_post", "private_key_jwt", "client_secret_basic",
                ],
                "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "tenant_region_scope": "AS",
                "cloud_instance_name": "localhost",
            ]
        )
    }

    private func token(_ exchange: Exchange) async -> Reply {
        do throws(SignInError) {
            return try await issue(exchange)
        } catch {
            return error.reply(now: exchange.serverTime)
        }
    }

    private func issue(_ exchange: Exchange) async throws(SignInError) -> Reply {
        guard exchange.method == .post else {
            throw SignInError(
                .invalidRequest,
                900_561,
                "The endpoint only accepts POST requests. Received a \(exchange.method) request.",
                exchange
            )
        }
        let tenant = exchange.path[0].lowercased()
        guard isKnownTenant(tenant) else { throw unknownTenant(tenant, exchange) }
        let form = Dictionary(
            PercentCoding.pairs(String(decoding: exchange.body, as: UTF8.self)).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        func field(_ name: String) throws(SignInError) -> String {
            guard let value = form[name], !value.isEmpty else {
                throw SignInError(
                    .invalidRequest,
                    900_144,
                    "The request body must contain the following parameter: '\(name)'.",
                    exchange
                )
            }
            return value
        }
        let grant = try field("grant_type")
        let client = try field("client_id")
        guard grant == "client_credentials" else {
            throw SignInError(
                .unsupportedGrantType,
                70_003,
                "The app requested an unsupported grant type '\(grant)'.",
                exchange
            )
        }
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
        guard let secret = form["client_secret"], !secret.isEmpty else {
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
        let audience = try self.audience(scope: try field("scope"), tenant: tenant, exchange)
        return await accepted(audience: audience, tenant: tenant, exchange)
    }

    /// The resource of a scope that ends in `/.default`, as it will be in `aud`.
    private func audience(scope: String, tenant: String, _ exchange: Exchange) throws(SignInError) -> String {
        let scopes = scope.split(separator: " ").filter { !["openid", "profile", "offline_access"].contains($0) }
        guard scopes.count == 1, let only = scopes.first, only.hasSuffix("/.default") else {
            throw SignInError(
                .invalidScope,
                70_011,
                "The provided request must include a 'scope' input parameter. The provided value for the input parameter "
                    + "'scope' is not valid. The scope \(scope) is not valid.",
                exchange
            )
        }
        let resource = String(only.dropLast("/.default".count))
        let bare = resource.hasSuffix("/") ? String(resource.dropLast()) : resource
        guard services.audiences.all.contains(bare) else {
            throw SignInError(
                .invalidResource,
                500_011,
                "The resource principal named \(resource) was not found in the tenant named \(tenant). This can happen if the "
                    + "application has not been installed by the administrator of the tenant or consented to by any user in "
                    + "the tenant. You might have sent your authentication request to the wrong tenant.",
                exchange
            )
        }
        return resource
    }

    private func accepted(audience: String, tenant: String, _ exchange: Exchange) async -> Reply {
        var random = SystemRandomNumberGenerator()
        func opaque(_ bytes: Int) -> String {
            Data((0..<bytes).map { _ in UInt8.random(in: 0...255, using: &random) }).base64EncodedString()
                .replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
        }
        let now = Int(exchange.serverTime.timeIntervalSince1970)
        // Entra dates its tokens back by five minutes for clocks that run slow.
        let issued = now - 300
        let claims = AccessClaims(
            aud: audience,
            iss: "https://sts.windows.net/\(tenant)/",
            iat: issued,
            nbf: issued,
            exp: now + world.tokenSeconds,
            aio: opaque(30),
            appid: world.appID,
            appidacr: "1",
            idp: "https://sts.windows.net/\(tenant)/",
            idtyp: "app",
            oid: world.principalID,
            rh: "1." + opaque(24) + ".",
            sub: world.principalID,
            tid: tenant,
            uti: services.ledger.stamp(opaque(12)),
            ver: "1.0",
            xms_ftd: opaque(32),
            xms_tcdt: Int(world.bornTicks / CivilTime.ticksPerSecond) - 63_072_000
        )
        guard let token = try? await services.issuer.sign(claims) else {
            return SignInError(
                .temporarilyUnavailable,
                90_033,
                "A transient error has occurred. Please try again.",
                exchange
            )
            .reply(now: exchange.serverTime)
        }
        let seconds = JSON.int(world.tokenSeconds)
        return Reply(
            200,
            [
                "token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds,
                "access_token": .string(token),
            ]
        ).with("Cache-Control", "no-store, no-cache").with("Pragma", "no-cache")
            .with("x-ms-request-id", exchange.requestID)
    }

    private func unknownTenant(_ tenant: String, _ exchange: Exchange) -> SignInError {
        SignInError(
            .invalidRequest,
            90_002,
            "Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID and are signing into the correct "
                + "cloud. Check with your subscription administrator, this may happen if there are no active subscriptions "
                + "for the tenant.",
            exchange
        )
    }
}
