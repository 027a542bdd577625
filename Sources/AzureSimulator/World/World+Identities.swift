import FoundationEssentials

/// The application's own identity, the machine's identities and the people who may sign in with a browser.
extension World {
    /// A machine's identity as the instance metadata service knows it.
    struct ManagedIdentity: Sendable {
        let clientID: String
        let objectID: String
        /// The ARM id of the identity, or of the machine it belongs to.
        let resourceID: String
    }

    /// Somebody with a browser.
    struct Person: Sendable {
        let objectID: String
        let userName: String
        let displayName: String
    }

    var systemIdentity: ManagedIdentity {
        managedIdentity("virtual-machine", "Microsoft.Compute/virtualMachines/vm-amltop")
    }

    var userAssignedIdentity: ManagedIdentity {
        managedIdentity(
            "user-assigned",
            "Microsoft.ManagedIdentity/userAssignedIdentities/id-amltop"
        )
    }

    var person: Person {
        var ids = SeededRandom(seed, UInt64(name: "person"))
        return Person(
            objectID: GUID.text(&ids),
            userName: "minji.kim@amltop.example",
            displayName: "Minji Kim"
        )
    }

    private func managedIdentity(_ name: String, _ path: String) -> ManagedIdentity {
        var ids = SeededRandom(seed, UInt64(name: name))
        return ManagedIdentity(
            clientID: GUID.text(&ids),
            objectID: GUID.text(&ids),
            resourceID: "/subscriptions/\(subscriptionID)/resourcegroups/\(scenario.resourceGroup)/providers/\(path)"
        )
    }
}
