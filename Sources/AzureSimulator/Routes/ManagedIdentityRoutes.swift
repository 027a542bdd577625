import FoundationEssentials
import HTTPTypes

/// The instance metadata service of a machine with two identities, on plain HTTP (API.md b.4). All values are texts.
struct ManagedIdentityRoutes: Sendable {
    let services: Services

    private var world: World { services.world }

    func respond(to exchange: Exchange) async -> Reply {
        guard exchange.lowercasedPath == ["metadata", "identity", "oauth2", "token"] else {
            return error(404, "not_found", "The requested resource was not found.")
        }
        guard exchange.method == .get else { return error(405, "method_not_allowed", "Only GET is allowed.") }
        guard exchange.header("Metadata")?.lowercased() == "true" else {
            return error(400, "bad_request_102", "Required metadata header not specified")
        }
        // A proxy on the way could hand out the identity of this machine to others.
        guard exchange.header("X-Forwarded-For") == nil else {
            return error(400, "bad_request", "X-Forwarded-For header is not allowed.")
        }
        guard let version = exchange.query("api-version"), !version.isEmpty else {
            return error(400, "invalid_request", "The api-version query parameter is missing.")
        }
        guard let resource = exchange.query("resource"), !resource.isEmpty else {
            return error(400, "invalid_request", "The resource query parameter is missing.")
        }
        let bare = resource.hasSuffix("/") ? String(resource.dropLast()) : resource
        guard services.audiences.all.contains(bare) else {
            return error(
                400,
                "invalid_resource",
                "AADSTS500011: The resource principal named \(resource) was not found in the tenant named \(world.tenantID)."
            )
        }
        guard let identity = identity(exchange) else { return error(400, "invalid_request", "Identity not found") }
        return await token(of: identity, for: resource, exchange)
    }

    /// The machine's own, or the one that is asked for by one of its three names.
    private func identity(_ exchange: Exchange) -> World.ManagedIdentity? {
        let assigned = world.userAssignedIdentity
        let names: [(query: String?, own: String)] = [
            (exchange.query("client_id"), assigned.clientID), (exchange.query("object_id"), assigned.objectID),
            (exchange.query("msi_res_id") ?? exchange.query("mi_res_id"), assigned.resourceID),
        ]
        guard let asked = names.first(where: { $0.query != nil }) else { return world.systemIdentity }
        return asked.query?.lowercased() == asked.own.lowercased() ? assigned : nil
    }

    private func token(of identity: World.ManagedIdentity, for resource: String, _ exchange: Exchange) async -> Reply {
        let mint = TokenMint(services: services, now: exchange.serverTime)
        let subject = TokenSubject.managedIdentity(identity, of: world)
        guard let nothing = ClaimsDemand(nil),
            let token = try? await mint.accessToken(for: subject, audience: resource, demand: nothing)
        else { return error(500, "internal_error", "The token could not be issued.") }
        let now = Int(exchange.serverTime.timeIntervalSince1970)
        let life = world.tokenSeconds
        return Reply(
            200,
            [
                "access_token": .string(token), "client_id": .string(identity.clientID),
                "expires_in": .string(String(life)), "expires_on": .string(String(now + life)),
                "ext_expires_in": .string(String(life)), "not_before": .string(String(now - 300)),
                "resource": .string(resource), "token_type": "Bearer",
            ]
        )
    }

    private func error(_ status: Int, _ name: String, _ description: String) -> Reply {
        Reply(status, ["error": .string(name), "error_description": .string(description)])
    }
}
