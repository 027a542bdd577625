import FoundationEssentials
import HTTPTypes

/// Microsoft Entra's sign-in: discovery documents and the token endpoint (API.md b.1).
struct SignInRoutes: Sendable {
    let services: Services

    var world: World { services.world }

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
        case 4 where path.suffix(3) == ["oauth2", "v2.0", "devicecode"]:
            return deviceCode(exchange)
        case 1 where path == ["devicelogin"]:
            return DeviceLoginPage(services: services).respond(to: exchange)
        case 4 where path.suffix(3) == ["discovery", "v2.0", "keys"]:
            return Reply(200, ["keys": []])
        default:
            return nil
        }
    }

    private var authority: String { services.names.arm }

    func isKnownTenant(_ tenant: String) -> Bool {
        [world.tenantID, world.guestTenantID].contains(tenant.lowercased())
    }

    /// The names under which people sign in who do not say where they belong.
    static let tenantsOfPeople = ["organizations", "common"]

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
        guard isKnownTenant(tenant) || Self.tenantsOfPeople.contains(tenant.lowercased()) else {
            return unknownTenant(tenant, exchange).reply(now: exchange.serverTime)
        }
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
        let form = SignInForm(exchange)
        let grant = try form.field("grant_type")
        let client = try form.field("client_id")
        let tenant = exchange.path[0].lowercased()
        switch grant {
        case "client_credentials":
            guard isKnownTenant(tenant) else { throw unknownTenant(tenant, exchange) }
            return try await application(form, client: client, tenant: tenant)
        case "urn:ietf:params:oauth:grant-type:device_code":
            return try await redeemDeviceCode(form, client: client, tenant: try tenantOfPeople(tenant, exchange))
        case "refresh_token":
            return try await redeemRefreshToken(form, client: client, tenant: try tenantOfPeople(tenant, exchange))
        default:
            throw SignInError(
                .unsupportedGrantType,
                70_003,
                "The app requested an unsupported grant type '\(grant)'.",
                exchange
            )
        }
    }

    /// The resource of a scope that ends in `/.default`, as it will be in `aud`.
    func audience(scope: String, tenant: String, _ exchange: Exchange) throws(SignInError) -> String {
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

    func unknownTenant(_ tenant: String, _ exchange: Exchange) -> SignInError {
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
