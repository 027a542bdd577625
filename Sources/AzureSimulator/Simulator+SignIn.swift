import FoundationEssentials
import Synchronization

extension Simulator {
    /// The variables for another way to sign in than the one the options name; the files they point to are written.
    ///
    /// A certificate is registered with the application by asking for it. The cluster's token is written anew before it lapses
    /// as long as the simulator runs.
    ///
    /// - Parameter method: How to sign in.
    /// - Returns: The variables in a fixed order; none before `start()`.
    /// - Throws: `SimulatorError` where a file cannot be written or a key not be made.
    public func environment(signingInWith method: SignInMethod) async throws(SimulatorError) -> [(
        name: String, value: String
    )] {
        guard let services else { return [] }
        let arm = services.names.arm
        let cloud = [
            ("ARM_CLOUD_METADATA_URL", "\(arm)/metadata/endpoints?api-version=2019-05-01"),
            ("AZUREML_CURRENT_CLOUD", MetadataRoutes.cloudName),
            ("AZURE_AUTHORITY_HOST", arm),
            ("AZURE_TENANT_ID", world.tenantID),
        ]
        let place = [
            ("AZURE_SUBSCRIPTION_ID", world.subscriptionID),
            ("AZURE_DEFAULTS_GROUP", world.scenario.resourceGroup),
            ("AZURE_DEFAULTS_WORKSPACE", world.scenario.workspace),
            ("SSL_CERT_FILE", folder.authorityPath),
            ("REQUESTS_CA_BUNDLE", folder.authorityPath),
            ("REGISTRY_DISCOVERY_ENDPOINT_URL", arm + "/"),
        ]
        return cloud + (try await identity(method, services)) + place
    }

    private func identity(
        _ method: SignInMethod,
        _ services: Services
    ) async throws(SimulatorError) -> [(name: String, value: String)] {
        let application = ("AZURE_CLIENT_ID", world.appID)
        switch method {
        case .secret:
            return [application, ("AZURE_CLIENT_SECRET", state.clientSecret)]
        case .certificate:
            let keys = try registerCertificate()
            try folder.write(Data((keys.certificatePEM + keys.keyPEM).utf8), to: folder.clientPEMPath)
            return [application, ("AZURE_CLIENT_CERTIFICATE_PATH", folder.clientPEMPath)]
        case .pfx:
            let keys = try registerCertificate()
            guard let pfx = try? keys.pfx else { throw SimulatorError(.certificates) }
            try folder.write(Data(pfx), to: folder.clientPFXPath)
            return [
                application, ("AZURE_CLIENT_CERTIFICATE_PATH", folder.clientPFXPath),
                ("AZURE_CLIENT_CERTIFICATE_PASSWORD", keys.pfxPassword),
            ]
        case .workload:
            try await writeFederatedToken(services)
            keepFederatedTokenFresh(services)
            return [application, ("AZURE_FEDERATED_TOKEN_FILE", folder.federatedTokenPath)]
        case .managed:
            return [("AZURE_POD_IDENTITY_AUTHORITY_HOST", services.addresses.url(.kubernetesScoring))]
        }
    }

    /// The client id of the identity that is assigned to the simulated machine beside its own.
    public var userAssignedClientID: String { world.userAssignedIdentity.clientID }
    /// The object id of that identity.
    public var userAssignedObjectID: String { world.userAssignedIdentity.objectID }
    /// The ARM id of that identity.
    public var userAssignedResourceID: String { world.userAssignedIdentity.resourceID }
    /// The object ids that tokens may be about: the application, the machine's two identities, the person with the browser.
    var objectIDs: [String] {
        [
            world.principalID, world.systemIdentity.objectID, world.userAssignedIdentity.objectID,
            world.person.objectID,
        ]
    }

    private func registerCertificate() throws(SimulatorError) -> ClientKeys.Made {
        do {
            return try clientKeys.make()
        } catch {
            throw SimulatorError(.certificates)
        }
    }

    private func writeFederatedToken(_ services: Services) async throws(SimulatorError) {
        let token = try? await Federation(services: services).token(now: options.clock.now())
        guard let token else { throw SimulatorError(.certificates) }
        try folder.write(Data(token.utf8), to: folder.federatedTokenPath)
    }

    /// As clusters do: at four fifths of its life.
    private func keepFederatedTokenFresh(_ services: Services) {
        let clock = options.clock
        tokenFileTask.withLock { task in
            guard task == nil else { return }
            task = Task { [weak self] in
                while true {
                    try await clock.sleep(.seconds(Federation.lifeSeconds * 4 / 5))
                    try await self?.writeFederatedToken(services)
                }
            }
        }
    }
}
