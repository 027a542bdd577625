/// Whom an access token is about, and how they proved it.
struct TokenSubject: Sendable {
    var appID: String
    var objectID: String
    var tenantID: String
    /// 0 for a public client, 1 for a secret, 2 for an assertion.
    var clientProof: String
    var person: World.Person?
    var managedIdentityID: String?

    /// The registered application.
    static func application(of world: World, in tenantID: String, clientProof: String) -> TokenSubject {
        TokenSubject(
            appID: world.appID,
            objectID: world.principalID,
            tenantID: tenantID,
            clientProof: clientProof
        )
    }

    static func managedIdentity(_ identity: World.ManagedIdentity, of world: World) -> TokenSubject {
        TokenSubject(
            appID: identity.clientID,
            objectID: identity.objectID,
            tenantID: world.tenantID,
            clientProof: "2",
            managedIdentityID: identity.resourceID
        )
    }

    /// The one person there is, at a client without a secret.
    static func person(of world: World, client: String) -> TokenSubject {
        TokenSubject(
            appID: client,
            objectID: world.person.objectID,
            tenantID: world.tenantID,
            clientProof: "0",
            person: world.person
        )
    }
}
