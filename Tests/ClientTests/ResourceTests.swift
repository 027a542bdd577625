import AzureCore
import AzureML
import Testing

/// What Resource Manager has: workspace, endpoints, deployments, operations, settings.
@Suite struct ResourceTests {
    @Test func theWorkspaceIsRead() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.workspace()
            #expect(workspace.id == azure.workspace().id)
            #expect(workspace.name == "ws-fraud-krc" && workspace.location == "koreacentral")
            #expect(workspace.provisioningState == "Succeeded" && workspace.kind == "Default")
            #expect(workspace.tenantID == azure.variables["AZURE_TENANT_ID"])
        }
    }

    @Test func endpointsComeInPagesInTheServicesOrder() async throws {
        try await SimulatedAzure.withClient(pageSize: 3) { azure, client in
            var pages: [[String]] = []
            var last: [Bool] = []
            for try await page in client.onlineEndpoints() {
                pages.append(page.items.map(\.name))
                last.append(page.isLast)
            }
            #expect(pages.map(\.count) == [3, 3, 3, 2])
            #expect(last == [false, false, false, true])
            #expect(
                pages.flatMap(\.self) == [
                    "fraud-scoring", "my-endpoint", "churn", "llm-gateway", "recsys-home", "doc-embed", "vision-batch",
                    "edge-k8s", "pricing-kr", "demand-forecast", "kyc-ocr",
                ]
            )
            #expect(azure.exchanges(.endpointsList).count == 4)
        }
    }

    @Test func aPageIsAskedForOnlyWhenItIsWanted() async throws {
        try await SimulatedAzure.withClient(pageSize: 3) { azure, client in
            for try await page in client.onlineEndpoints() {
                #expect(page.items.count == 3)
                break
            }
            #expect(azure.exchanges(.endpointsList).count == 1)
        }
    }

    @Test func anEndpointHasAllItsParts() async throws {
        try await SimulatedAzure.withClient { _, client in
            let endpoint = try await client.onlineEndpoint("fraud-scoring")
            #expect(endpoint.id == client.id(of: "fraud-scoring") && endpoint.name == "fraud-scoring")
            #expect(endpoint.authMode == .aadToken && endpoint.provisioningState == .succeeded)
            #expect(endpoint.traffic == ["blue": 90, "green": 10] && endpoint.mirrorTraffic == ["shadow": 5])
            #expect(endpoint.tags["팀"] == "사기탐지")
            #expect(endpoint.identity?.type == "SystemAssigned" && endpoint.identity?.principalID != nil)
            #expect(endpoint.scoringURI?.hasSuffix("/fraud-scoring/score") == true)
            #expect(!endpoint.isKubernetes && endpoint.computeID == nil)
            let data = try #require(endpoint.systemData)
            #expect(try #require(data.createdAt) < #require(data.lastModifiedAt))
        }
    }

    @Test func authModesStatesAndKindsDiffer() async throws {
        try await SimulatedAzure.withClient { _, client in
            let endpoints = try await client.onlineEndpoints().all()
            let byName = Dictionary(uniqueKeysWithValues: endpoints.map { ($0.name, $0) })
            #expect(Set(endpoints.map(\.authMode)) == [.key, .amlToken, .aadToken])
            #expect(byName["churn"]?.provisioningState == .updating)
            #expect(byName["llm-gateway"]?.provisioningState == .failed)
            #expect(byName["llm-gateway"]?.identity?.userAssigned.map(\.name) == ["id-llm-gateway"])
            #expect(byName["edge-k8s"]?.isKubernetes == true)
            #expect(byName["edge-k8s"]?.computeID?.name == "edge-cluster")
            #expect(byName["vision-batch"]?.traffic == [:])
        }
    }

    @Test func namesAndIDsHeedNoCase() async throws {
        try await SimulatedAzure.withClient { azure, client in
            #expect(try await client.onlineEndpoint("MY-Endpoint").name == "my-endpoint")
            // Azure spells the group of this one in capitals.
            let churn = try await client.onlineEndpoint("churn")
            #expect(churn.id == client.id(of: "churn") && churn.id.text != client.id(of: "churn").text)
            let shouting = azure.workspace(group: "RG-ML", name: "WS-FRAUD-KRC")
            let other = try await azure.client(workspace: shouting)
            #expect(try await other.workspace().name == "ws-fraud-krc")
        }
    }

    @Test func deploymentsComeInPagesToo() async throws {
        try await SimulatedAzure.withClient(pageSize: 2) { azure, client in
            let deployments = try await client.onlineDeployments(of: "fraud-scoring").all()
            #expect(deployments.map(\.name) == ["blue", "green", "shadow"])
            #expect(deployments.allSatisfy { $0.endpointName == "fraud-scoring" })
            #expect(azure.exchanges(.deploymentsList).count == 2)
        }
    }

    @Test func aDeploymentHasAllItsParts() async throws {
        try await SimulatedAzure.withClient { _, client in
            let blue = try await client.onlineDeployment("blue", of: "fraud-scoring")
            #expect(blue.id == client.id(of: "fraud-scoring").appending("deployments", "blue"))
            #expect(blue.provisioningState == .succeeded && blue.computeType == "Managed")
            #expect(blue.instanceType == "Standard_DS3_v2" && blue.instanceCount == 2)
            #expect(blue.model?.hasSuffix("/models/fraud-xgb/versions/41") == true)
            #expect(blue.environmentID?.hasSuffix("/environments/fraud-serving/versions/12") == true)
            #expect(blue.scoringScript == "score.py" && blue.environmentVariables["AZUREML_ENTRY_SCRIPT"] == "score.py")
            #expect(blue.maxConcurrentRequestsPerInstance == 8 && blue.requestTimeout == .seconds(5))
            #expect(blue.maxQueueWait == .milliseconds(500))
            #expect(blue.livenessProbe?.failureThreshold == 30 && blue.livenessProbe?.period == .seconds(10))
        }
    }

    @Test func aKubernetesDeploymentScalesByItself() async throws {
        try await SimulatedAzure.withClient { _, client in
            let shelf = try await client.onlineDeployment("shelf-v3", of: "edge-k8s")
            #expect(shelf.computeType == "Kubernetes" && shelf.scaleType == "TargetUtilization")
            #expect(shelf.minInstances == 1 && shelf.maxInstances == 5)
        }
    }

    @Test func theFailedOperationSaysWhy() async throws {
        try await SimulatedAzure.withClient { _, client in
            let endpoint = try await client.onlineEndpoint("llm-gateway")
            let status = try await client.operationStatus(at: try #require(endpoint.lastOperationURL))
            #expect(status.isFailed && status.errorCode == "ResourceNotReady")
            #expect(status.errorMessage?.hasPrefix("User container has crashed") == true)
            #expect(try #require(status.startTime) < #require(status.endTime))

            let canary = try await client.onlineDeployment("canary", of: "llm-gateway")
            #expect(canary.provisioningState == .failed)
            let quota = try await client.operationStatus(at: try #require(canary.lastOperationURL))
            #expect(quota.isFailed && quota.errorCode == "OutOfQuota")
        }
    }

    @Test func aRunningOperationEnds() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let url = try #require(try await client.onlineEndpoint("churn").lastOperationURL)
            let before = try await client.operationStatus(at: url)
            #expect(before.isRunning && before.endTime == nil)
            #expect((1..<100).contains(try #require(before.percentComplete)))
            azure.clock.advance(by: 200)
            let after = try await client.operationStatus(at: url)
            #expect(after.isSucceeded && after.endTime != nil && after.percentComplete == 100)
            #expect(try await client.onlineEndpoint("churn").provisioningState == .succeeded)
        }
    }

    @Test func anOperationElsewhereGetsNoToken() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let error = await failure { try await client.operationStatus(at: "https://evil.example/operations/1") }
            #expect(error?.kind == .tokenForOtherHost(host: "evil.example"))
            #expect(azure.exchanges(.operationStatus).isEmpty)
        }
    }

    @Test func diagnosticSettingsSayWhetherTrafficIsLogged() async throws {
        try await SimulatedAzure.withClient { _, client in
            let byCategory = try await client.diagnosticSettings(of: client.id(of: "fraud-scoring"))
            #expect(byCategory.map(\.sendsTrafficLog) == [true])
            #expect(byCategory.first?.enabledCategories.contains("AmlOnlineEndpointTrafficLog") == true)
            let byGroup = try await client.diagnosticSettings(of: client.id(of: "churn"))
            #expect(byGroup.map(\.sendsTrafficLog) == [true])
            #expect(byGroup.first?.enabledCategoryGroups == ["allLogs"])
            #expect(byGroup.first?.workspaceID == byCategory.first?.workspaceID)
            #expect(try await client.diagnosticSettings(of: client.id(of: "kyc-ocr")).isEmpty)
        }
    }

    @Test func theLogWorkspaceBehindASettingIsRead() async throws {
        try await SimulatedAzure.withClient { _, client in
            let workspace = try await client.logWorkspace()
            #expect(workspace.name == "law-ml-krc" && workspace.id.resourceGroup == "rg-monitor")
            #expect(workspace.customerID.count == 36)
        }
    }
}
