import AzureCore
import AzureML
import JSONValue
import Testing

@Suite struct CommandFormTests {
    @Test func anEndpointIsPrintedAsTheCLIPrintsIt() async throws {
        let azure = CannedAzure(
            #"""
            {"id":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws/onlineEndpoints/my-ep",
            "name":"my-ep","location":"westus2","kind":"Managed","tags":{"on":"yes","팀":"사기탐지"},
            "identity":{"type":"SystemAssigned,UserAssigned","principalId":"p","tenantId":"t","userAssignedIdentities":{"/ua/1":{}}},
            "properties":{"authMode":"AADToken","provisioningState":"Succeeded","scoringUri":"https://my-ep/score",
            "traffic":{"green":10,"blue":90},"mirrorTraffic":{"shadow":5},"publicNetworkAccess":"Enabled","properties":{"a":"1"}},
            "systemData":{"createdBy":"Ada","createdAt":"2025-05-01T14:33:06.1234567Z"}}
            """#
        )
        let endpoint = try await azure.client.onlineEndpoint("my-ep")
        let id =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws/onlineEndpoints/my-ep"
        #expect(
            endpoint.commandForm(deployments: ["blue", "idle", "shadow"]).yaml() == """
                auth_mode: aad_token
                id: \(id)
                identity:
                  principal_id: p
                  tenant_id: t
                  type: system_assigned,user_assigned
                  user_assigned_identities:
                  - resource_id: /ua/1
                kind: Managed
                location: westus2
                mirror_traffic:
                  shadow: 5
                name: my-ep
                properties:
                  a: '1'
                  createdAt: 2025-05-01T14:33:06.123456+0000
                  createdBy: Ada
                provisioning_state: Succeeded
                public_network_access: enabled
                resourceGroup: rg
                scoring_uri: https://my-ep/score
                tags:
                  'on': 'yes'
                  팀: 사기탐지
                traffic:
                  blue: 90
                  green: 10
                  idle: 0

                """
        )
        #expect(endpoint.commandForm()["traffic"]?.objectValue?.count == 2)
    }

    @Test func aDeploymentHasTheNamesOfItsFile() async throws {
        let azure = CannedAzure(
            #"""
            {"id":"/subscriptions/s/resourceGroups/rg/providers/x/y/workspaces/ws/onlineEndpoints/ep/deployments/blue","name":"blue",
            "sku":{"name":"Default","capacity":2},"properties":{"endpointComputeType":"Managed","provisioningState":"Updating",
            "model":"/subscriptions/s/models/m/versions/1","environmentId":"azureml://registries/r/environments/e/versions/2",
            "instanceType":"Standard_DS3_v2","requestSettings":{"requestTimeout":"PT5S","maxConcurrentRequestsPerInstance":3},
            "livenessProbe":{"initialDelay":"PT10S","period":"PT1M","failureThreshold":30},
            "scaleSettings":{"scaleType":"TargetUtilization","minInstances":1,"maxInstances":4},"environmentVariables":{"A":"1"}}}
            """#
        )
        let deployment = try await azure.client.onlineDeployment("blue", of: "ep")
        #expect(
            deployment.commandForm().yaml() == """
                endpoint_name: ep
                environment: azureml://registries/r/environments/e/versions/2
                environment_variables:
                  A: '1'
                id: /subscriptions/s/resourceGroups/rg/providers/x/y/workspaces/ws/onlineEndpoints/ep/deployments/blue
                instance_count: 2
                instance_type: Standard_DS3_v2
                liveness_probe:
                  failure_threshold: 30
                  initial_delay: 10
                  period: 60
                model: azureml:/subscriptions/s/models/m/versions/1
                name: blue
                properties: {}
                provisioning_state: Updating
                request_settings:
                  max_concurrent_requests_per_instance: 3
                  request_timeout_ms: 5000
                resourceGroup: rg
                scale_settings:
                  max_instances: 4
                  min_instances: 1
                  type: target_utilization
                tags: {}
                type: managed

                """
        )
    }
}
