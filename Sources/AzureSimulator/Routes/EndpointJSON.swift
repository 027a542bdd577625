/// Online endpoints and deployments as Resource Manager shows them (API.md d.3, e.2).
struct EndpointJSON {
    let names: ResourceNames
    let ticks: Int64
    private var world: World { names.world }

    init(names: ResourceNames, ticks: Int64) {
        self.names = names
        self.ticks = ticks
    }

    func endpoint(_ endpoint: SimulatedEndpoint) -> JSON {
        let operation = world.operation(on: endpoint, at: ticks)
        return [
            "id": .string(names.endpoint(endpoint)),
            "name": .string(endpoint.name),
            "type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "location": .string(world.scenario.location),
            "kind": kind(endpoint),
            "tags": tags(endpoint),
            "identity": identity(endpoint),
            "properties": properties(endpoint, operation: operation),
            "systemData": systemData(
                ageDays: endpoint.specification.ageDays,
                salt: endpoint.salt,
                operation: operation
            ),
        ]
    }

    func kind(_ endpoint: SimulatedEndpoint) -> JSON { endpoint.isKubernetes ? "K8S" : "Managed" }

    func tags(_ endpoint: SimulatedEndpoint) -> JSON {
        .object(endpoint.specification.tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    func properties(_ endpoint: SimulatedEndpoint, operation: Operation) -> JSON {
        let specification = endpoint.specification
        let base = names.scoringBase(endpoint)
        // Making a key is the newest operation for a while, and the endpoint is busy with it; it leaves nothing behind.
        let keyOperation = world.keyOperation(on: endpoint, at: ticks).flatMap {
            $0.startTicks >= operation.startTicks ? $0 : nil
        }
        let isMakingKey = keyOperation?.status == .inProgress
        return [
            "authMode": .string(specification.authMode),
            "description": .optional(specification.description),
            "keys": nil,
            "properties": [
                "azureml.onlineendpointid": .string(names.endpoint(endpoint).lowercased()),
                "AzureAsyncOperationUri": .string(names.operationStatus((keyOperation ?? operation).id)),
            ],
            "scoringUri": .string("\(base)/score"),
            "swaggerUri": .string("\(base)/swagger.json"),
            "provisioningState": .string(isMakingKey ? "Updating" : operation.provisioningState),
            "publicNetworkAccess": .string(specification.publicNetworkAccess ?? "Enabled"),
            "compute": endpoint.isKubernetes ? .string("\(names.workspace)/computes/edge-cluster") : nil,
            "traffic": shares(endpoint, \.shares),
            "mirrorTraffic": shares(endpoint, \.mirrored),
        ]
    }

    func deployment(_ deployment: SimulatedDeployment, of endpoint: SimulatedEndpoint) -> JSON {
        let operation = world.operation(on: deployment, of: endpoint, at: ticks)
        return [
            "id": .string(names.deployment(deployment, of: endpoint)),
            "name": .string(deployment.name),
            "type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "location": .string(world.scenario.location),
            "kind": kind(endpoint),
            "tags": [:],
            "identity": nil,
            "sku": sku(deployment),
            "properties": properties(deployment, operation: operation),
            "systemData": systemData(ageDays: deployment.ageDays, salt: deployment.salt, operation: operation),
        ]
    }

    func sku(_ deployment: SimulatedDeployment) -> JSON {
        ["name": "Default", "tier": "Standard", "capacity": .int(deployment.specification.instances)]
    }

    func properties(_ deployment: SimulatedDeployment, operation: Operation) -> JSON {
        let specification = deployment.specification
        let probe: JSON = [
            "failureThreshold": 30, "successThreshold": 1, "timeout": "PT2S", "period": "PT10S",
            "initialDelay": "PT10S",
        ]
        let mount = "/var/azureml-app/azureml-models/\(specification.model)/\(specification.modelVersion)"
        var variables: [(key: String, value: JSON)] = [("AZUREML_MODEL_DIR", .string(mount))]
        if let script = specification.scoringScript {
            variables.append(("AML_APP_ROOT", "/var/azureml-app/onlinescoring"))
            variables.append(("AZUREML_ENTRY_SCRIPT", .string(script)))
        }
        let properties: JSON = [
            "endpointComputeType": deployment.isKubernetes ? "Kubernetes" : "Managed",
            "description": nil,
            "model": .string("\(names.workspace)/models/\(specification.model)/versions/\(specification.modelVersion)"),
            "modelMountPath": nil,
            "codeConfiguration": code(deployment),
            "environmentId": .string(
                "\(names.workspace)/environments/\(specification.environment)/versions/\(specification.environmentVersion)"
            ),
            "environmentVariables": .object(variables),
            "instanceType": .string(specification.instanceType),
            "appInsightsEnabled": false,
            "scaleSettings": deployment.isKubernetes ? targetUtilization : ["scaleType": "Default"],
            "requestSettings": [
                "maxConcurrentRequestsPerInstance": .int(specification.maxConcurrent),
                "requestTimeout": .string("PT\(specification.timeoutSeconds ?? 5)S"), "maxQueueWait": "PT0.5S",
            ],
            "livenessProbe": probe,
            "readinessProbe": probe,
            "dataCollector": nil,
            "properties": ["AzureAsyncOperationUri": .string(names.operationStatus(operation.id))],
            "provisioningState": .string(operation.provisioningState),
        ]
        return deployment.isKubernetes
            ? properties.adding(
                "containerResourceRequirements",
                ["containerResourceRequests": ["cpu": "1", "memory": "2Gi"], "containerResourceLimits": ["cpu": "2"]]
            )
            : properties.adding("egressPublicNetworkAccess", "Enabled")
    }

    private var targetUtilization: JSON {
        [
            "scaleType": "TargetUtilization", "minInstances": 1, "maxInstances": 5, "pollingInterval": "PT1S",
            "targetUtilizationPercentage": 70,
        ]
    }

    private func code(_ deployment: SimulatedDeployment) -> JSON {
        guard let script = deployment.specification.scoringScript else { return nil }
        var random = SeededRandom(deployment.salt, UInt64(name: "code"))
        return [
            "codeId": .string("\(names.workspace)/codes/\(GUID.text(&random))/versions/1"),
            "scoringScript": .string(script),
        ]
    }

    private func shares(_ endpoint: SimulatedEndpoint, _ list: KeyPath<TrafficSplit, [Int]>) -> JSON {
        let shares = zip(endpoint.deployments, endpoint.split(at: ticks)[keyPath: list])
        return .object(shares.filter { $0.1 > 0 }.map { ($0.0.name, .int($0.1)) })
    }

    func identity(_ endpoint: SimulatedEndpoint) -> JSON {
        let type = endpoint.specification.identity
        var members: [(key: String, value: JSON)] = [("type", .string(type))]
        if type.contains("SystemAssigned") {
            members += [("principalId", .string(endpoint.principalID)), ("tenantId", .string(world.tenantID))]
        }
        if type.contains("UserAssigned") {
            var random = SeededRandom(endpoint.salt, UInt64(name: "identity"))
            let id = "\(names.group)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-\(endpoint.name)"
            let ids: JSON = ["principalId": .string(GUID.text(&random)), "clientId": .string(GUID.text(&random))]
            members.append(("userAssignedIdentities", .object([(id, ids)])))
        }
        return .object(members)
    }

    private func systemData(ageDays: Double, salt: UInt64, operation: Operation) -> JSON {
        let created =
            operation.isCreation
            ? operation.startTicks
            : world.bornTicks - Int64(ageDays * 864_000_000_000) - Int64(salt % 86_400_000_000)
        let people = ["Minji Kim", "Jisoo Park", "Alex Müller"]
        let isPerson = salt % 4 != 0
        let author = isPerson ? people[Int(salt % 3)] : world.appID
        let type = isPerson ? "User" : "Application"
        return [
            "createdBy": .string(author), "createdByType": .string(type),
            "createdAt": .string(CivilTime(ticks: created).iso7),
            "lastModifiedBy": .string(author), "lastModifiedByType": .string(type),
            "lastModifiedAt": .string(CivilTime(ticks: max(created, operation.startTicks)).iso7),
        ]
    }
}
