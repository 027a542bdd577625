extension ResourceManagerRoutes {
    private var world: World { services.world }
    private var names: ResourceNames { services.names }

    /// The subscription of the workspace.
    var subscription: JSON { subscription(world.subscriptionID, world.scenario.subscriptionName) }

    func subscription(_ id: String, _ name: String) -> JSON {
        [
            "id": .string("/subscriptions/\(id)"),
            "authorizationSource": "RoleBased",
            "managedByTenants": [],
            "subscriptionId": .string(id),
            "tenantId": .string(world.tenantID),
            "displayName": .string(name),
            "state": "Enabled",
            "subscriptionPolicies": [
                "locationPlacementId": "Public_2014-09-01", "quotaId": "EnterpriseAgreement_2014-09-01",
                "spendingLimit": "Off",
            ],
        ]
    }

    func group(_ name: String) throws(ServiceError) -> JSON {
        let scenario = world.scenario
        guard
            let known = [scenario.resourceGroup, scenario.monitorGroup].first(where: {
                $0.lowercased() == name.lowercased()
            })
        else {
            throw ServiceError(404, "ResourceGroupNotFound", "Resource group '\(name)' could not be found.")
        }
        return [
            "id": .string("\(names.subscription)/resourceGroups/\(known)"), "name": .string(known),
            "type": "Microsoft.Resources/resourceGroups", "location": .string(scenario.location), "tags": [:],
            "properties": ["provisioningState": "Succeeded"],
        ]
    }

    /// The workspace, as of 2024-10-01.
    var workspace: JSON {
        let scenario = world.scenario
        let providers = "\(names.group)/providers"
        let monitor = "\(names.subscription)/resourceGroups/\(scenario.monitorGroup)/providers"
        let created = CivilTime(ticks: world.bornTicks - 500 * 864_000_000_000 - 1_234_567).iso7
        return [
            "id": .string(names.workspace),
            "name": .string(scenario.workspace),
            "type": "Microsoft.MachineLearningServices/workspaces",
            "location": .string(scenario.location),
            "kind": "Default",
            "tags": ["env": "prod"],
            "etag": nil,
            "identity": [
                "type": "SystemAssigned", "principalId": .string(world.workspaceID),
                "tenantId": .string(world.tenantID),
            ],
            "sku": ["name": "Basic", "tier": "Basic"],
            "properties": [
                "friendlyName": .string(scenario.friendlyName),
                "description": "",
                "workspaceId": .string(world.workspaceID),
                "tenantId": .string(world.tenantID),
                "storageAccount": .string("\(providers)/Microsoft.Storage/storageAccounts/stfraudkrc"),
                "keyVault": .string("\(providers)/Microsoft.Keyvault/vaults/kv-fraud-krc"),
                "applicationInsights": .string("\(monitor)/Microsoft.insights/components/appi-fraud-krc"),
                "containerRegistry": .string("\(providers)/Microsoft.ContainerRegistry/registries/crfraudkrc"),
                "hbiWorkspace": false,
                "publicNetworkAccess": "Enabled",
                "provisioningState": "Succeeded",
                "v1LegacyMode": false,
                "managedNetwork": ["isolationMode": "Disabled"],
                "discoveryUrl": .string("\(names.arm)/discovery"),
                "mlFlowTrackingUri": .string(
                    "azureml://\(scenario.location).api.azureml.ms/mlflow/v1.0\(names.workspace)"
                ),
                "creationTime": .string(created),
            ],
            "systemData": [
                "createdBy": "Minji Kim", "createdByType": "User", "createdAt": .string(created),
                "lastModifiedBy": "Minji Kim", "lastModifiedByType": "User", "lastModifiedAt": .string(created),
            ],
        ]
    }

    /// The Log Analytics workspace behind the diagnostic settings; `customerId` is its query id.
    var logWorkspace: JSON {
        [
            "id": .string(names.logWorkspace),
            "name": .string(world.scenario.logWorkspace),
            "type": "Microsoft.OperationalInsights/workspaces",
            "location": .string(world.scenario.location),
            "tags": [:],
            "properties": [
                "customerId": .string(world.customerID),
                "provisioningState": "Succeeded",
                "sku": ["name": "PerGB2018"],
                "retentionInDays": 30,
                "publicNetworkAccessForIngestion": "Enabled",
                "publicNetworkAccessForQuery": "Enabled",
                "features": ["enableLogAccessUsingOnlyResourcePermissions": true],
            ],
        ]
    }
}
