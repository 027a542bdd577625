import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ResourceManagerTests {
    @Test func aMissingTokenNamesTheTenantToSignInTo() async throws {
        try await Harness.run { harness in
            let answer = try await harness.send(.GET, "\(harness.arm)\(harness.subscription)?api-version=2022-12-01")
            #expect(answer.status == 401)
            #expect(answer.code == "AuthenticationFailed")
            let challenge = answer.headers.first(name: "WWW-Authenticate") ?? ""
            let tenant = harness.environment["AZURE_TENANT_ID"] ?? ""
            #expect(challenge.hasPrefix("Bearer authorization_uri=\"https://login.windows.net/\(tenant)\""))
            #expect(challenge.contains("error=\"invalid_token\""))
        }
    }

    @Test func eachBadTokenIsRefusedInItsOwnWords() async throws {
        try await Harness.run { harness in
            let path = harness.workspace
            let good = try await harness.token()
            #expect(try await harness.manage(path, token: good).status == 200)
            #expect(try await harness.manage(path, token: "abc").code == "InvalidAuthenticationToken")
            let forged = good.dropLast(6) + "AAAAAA"
            #expect(try await harness.manage(path, token: String(forged)).code == "InvalidAuthenticationToken")
            let data = try await harness.token("https://ml.azure.com")
            let wrong = try await harness.manage(path, token: data)
            #expect(wrong.code == "InvalidAuthenticationTokenAudience")
            #expect(wrong.text.contains("'https://ml.azure.com'"))
            let guest = try await harness.token(tenant: harness.simulator.guestTenantID)
            #expect(try await harness.manage(path, token: guest).code == "InvalidAuthenticationTokenTenant")
            harness.clock.advance(seconds: 3_599)
            let expired = try await harness.manage(path, token: good)
            #expect(expired.status == 401)
            #expect(expired.code == "ExpiredAuthenticationToken")
            #expect(expired.text.contains("11/24/2026 6:29:59 AM"))
        }
    }

    @Test func theOwnURLIsAnAudienceToo() async throws {
        try await Harness.run { harness in
            let token = try await harness.token(harness.arm)
            #expect(try await harness.manage(harness.workspace, token: token).status == 200)
        }
    }

    @Test(arguments: [
        ("?api-version=2024-13", 400, "InvalidApiVersionParameter"),
        ("?x=api-version", 400, "MissingApiVersionParameter"),
        ("/onlineEndpoints/nobody", 404, "UserError"),
        ("/onlineEndpoints/my-endpoint/deployments/nobody", 404, "UserError"),
        ("/nothings", 404, "InvalidResourceType"),
    ])
    func whatIsNotThereIsSaidAsAzureDoes(suffix: String, status: Int, code: String) async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let answer = try await harness.manage(harness.workspace + suffix, token: token)
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func unknownScopesAreNotFoundByLevel() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let other = "/subscriptions/00000000-0000-4000-8000-000000000000"
            #expect(try await harness.manage(other, token: token).code == "SubscriptionNotFound")
            let group = "\(harness.subscription)/resourceGroups/nope"
            #expect(try await harness.manage(group, token: token).code == "ResourceGroupNotFound")
            let workspace = harness.workspace.replacing("ws-fraud-krc", with: "nope")
            let answer = try await harness.manage(workspace, token: token)
            #expect(answer.code == "ResourceNotFound")
            #expect(
                answer.text.contains("'Microsoft.MachineLearningServices/workspaces/nope' under resource group 'rg-ml'")
            )
        }
    }

    @Test func pathsAreReadWithoutRegardToCase() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let path = harness.workspace.uppercased() + "/ONLINEENDPOINTS/My-Endpoint/Deployments/BLUE"
            let answer = try await harness.manage(path, token: token)
            #expect(answer.status == 200)
            #expect(answer.json["name"].string == "blue")
        }
    }

    @Test func idsComeBackInDifferentCase() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let list = try await harness.manage("\(harness.workspace)/onlineEndpoints", token: token).json["value"]
                .items
            let groups = Set(list.compactMap { $0["id"].string?.split(separator: "/")[3] })
            #expect(groups == ["rg-ml", "RG-ML"])
            let inner = list[0]["properties"]["properties"]["azureml.onlineendpointid"].string
            #expect(inner == list[0]["id"].string?.lowercased())
        }
    }

    @Test func pagesFollowTheLinkToTheEndWithoutLoss() async throws {
        try await Harness.run({ options in
            options.endpointCount = 17
            options.pageSize = 5
        }) { harness in
            let token = try await harness.token()
            var names: [String] = []
            var next: String? = "\(harness.workspace)/onlineEndpoints?api-version=2022-02-01-preview"
            var pages = 0
            while let path = next {
                let page = try await harness.manage(path, token: token)
                #expect(page.status == 200)
                names += page.json["value"].items.compactMap { $0["name"].string }
                next = page.json["nextLink"].string
                if let next {
                    #expect(next.hasPrefix("https://localhost:") && next.contains("api-version=2022-02-01-preview"))
                }
                pages += 1
            }
            #expect(pages == 4)
            #expect(names.count == 17)
            #expect(Set(names).count == 17)
            #expect(names[1] == "my-endpoint")
        }
    }

    @Test func writingIsRefusedHonestly() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/my-endpoint"
            let answer = try await harness.manage(path, token: token, method: .PUT, body: "{}")
            #expect(answer.status == 405)
            #expect(answer.code == "HttpMethodNotAllowed")
            #expect(answer.headers.first(name: "Allow") == "GET")
            #expect(try await harness.manage(path, token: token, method: .DELETE).status == 405)
        }
    }

    @Test func everyModeGivesItsOwnCredentialOnly() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            func post(_ endpoint: String, _ action: String) async throws -> Answer {
                try await harness.manage(
                    "\(harness.workspace)/onlineEndpoints/\(endpoint)/\(action)",
                    token: token,
                    method: .POST
                )
            }
            let keys = try await post("my-endpoint", "listKeys").json
            #expect((keys["primaryKey"].string?.count ?? 0) >= 32)
            #expect(keys["primaryKey"].string != keys["secondaryKey"].string)
            let amlToken = try await post("pricing-kr", "token").json
            let now = Int(harness.clock.now.timeIntervalSince1970)
            #expect(amlToken["expiryTimeUtc"].int == now + 7_200)
            #expect(amlToken["refreshAfterTimeUtc"].int == now + 3_600)
            #expect(try await post("my-endpoint", "token").status == 400)
            #expect(try await post("pricing-kr", "listKeys").status == 400)
            #expect(try await post("fraud-scoring", "listKeys").status == 400)
        }
    }

    @Test func theFailedEndpointTellsWhyAtItsOperation() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let endpoint = try await harness.manage("\(harness.workspace)/onlineEndpoints/llm-gateway", token: token)
                .json
            #expect(endpoint["properties"]["provisioningState"].string == "Failed")
            let url = try #require(endpoint["properties"]["properties"]["AzureAsyncOperationUri"].string)
            let operation = try await harness.manage(url, token: token).json
            #expect(operation["status"].string == "Failed")
            #expect(operation["error"]["code"].string == "ResourceNotReady")
            #expect(!operation["endTime"].isNull)
            let result = url.replacing("mfeOperationsStatus", with: "mfeOperationResults")
            #expect(try await harness.manage(result, token: token).status == 400)
        }
    }

    @Test func theUpdatingEndpointGetsDoneAndStartsAgain() async throws {
        try await Harness.run({ $0.operationSeconds = 60 }) { harness in
            func state() async throws -> [String?] {
                let token = try await harness.token()
                let json = try await harness.manage("\(harness.workspace)/onlineEndpoints/churn", token: token).json
                let url = json["properties"]["properties"]["AzureAsyncOperationUri"].string ?? ""
                let answer = try await harness.manage(url, token: token)
                return [
                    json["properties"]["provisioningState"].string, answer.json["status"].string,
                    answer.headers.first(name: "Retry-After"),
                ]
            }
            let first = try await state()
            #expect(first == ["Updating", "InProgress", "5"])
            harness.clock.advance(seconds: 61)
            let second = try await state()
            #expect(second == ["Succeeded", "Succeeded", nil])
            harness.clock.advance(seconds: 360)
            let third = try await state()
            #expect(third == ["Updating", "InProgress", "5"])
        }
    }

    @Test func answersCarryTheHeadersOfAzureAndTheWorldsDate() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let answer = try await harness.manage(harness.workspace, token: token)
            #expect(answer.headers.first(name: "Date") == "Tue, 24 Nov 2026 05:30:00 GMT")
            #expect(answer.headers.first(name: "x-ms-ratelimit-remaining-subscription-reads") == "249")
            #expect(answer.headers.first(name: "x-ms-ratelimit-remaining-subscription-global-reads") == "3749")
            #expect(answer.headers.first(name: "x-ms-ratelimit-remaining-subscription-writes") == nil)
            #expect(GUID.isValid(answer.headers.first(name: "x-ms-request-id") ?? ""))
            let log = try await harness.manage(
                "\(harness.workspace)/onlineEndpoints/my-endpoint/listKeys",
                token: token,
                method: .POST
            )
            #expect(log.headers.first(name: "x-ms-ratelimit-remaining-subscription-writes") == "199")
        }
    }

    @Test func anEmptyBucketThrottlesAndRefills() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            var last = try await harness.manage(harness.subscription, token: token)
            for _ in 0..<250 { last = try await harness.manage(harness.subscription, token: token) }
            #expect(last.status == 429)
            #expect(last.headers.first(name: "Retry-After") == "1")
            #expect(last.code == "SubscriptionRequestsThrottled")
            harness.clock.advance(seconds: 1)
            #expect(try await harness.manage(harness.subscription, token: token).status == 200)
        }
    }

    @Test(arguments: [
        ("name=CHURN", ["churn"]), ("computeType=Kubernetes", ["edge-k8s"]),
        ("tags=%ED%8C%80=%EA%B0%80%EA%B2%A9", ["pricing-kr"]),
        ("tags=tier,owner=recsys", ["recsys-home"]), ("orderBy=CreatedAtDesc&count=2", ["kyc-ocr", "my-endpoint"]),
        ("orderBy=UpdatedAtDesc&count=2", ["churn", "llm-gateway"]),
    ])
    func listsAreNarrowedAndOrdered(query: String, names: [String]) async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let page = try await harness.manage("\(harness.workspace)/onlineEndpoints?\(query)", token: token)
            #expect(page.json["value"].items.map { $0["name"].string } == names)
        }
    }

    @Test func subscriptionsGroupsAndWorkspacesAreThere() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let subscriptions = try await harness.manage("/subscriptions", token: token).json["value"].items
            #expect(subscriptions.first?["subscriptionId"].string == harness.environment["AZURE_SUBSCRIPTION_ID"])
            #expect(subscriptions[0]["tenantId"].string == harness.environment["AZURE_TENANT_ID"])
            let group = try await harness.manage("\(harness.subscription)/resourcegroups/RG-ML", token: token)
            #expect(group.json["name"].string == "rg-ml")
            let provider = "providers/Microsoft.MachineLearningServices/workspaces"
            for path in [
                "\(harness.subscription)/\(provider)", "\(harness.subscription)/resourceGroups/rg-ml/\(provider)",
            ] {
                let list = try await harness.manage(path, token: token).json["value"].items
                #expect(list.map { $0["name"].string } == ["ws-fraud-krc"])
            }
        }
    }

    @Test func settingsAreReadByNameAndCategoriesListed() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let base = "\(harness.workspace)/onlineEndpoints/recsys-home/providers/microsoft.insights"
            let setting = try await harness.manage("\(base)/diagnosticSettings/TO-LAW", token: token).json
            #expect(setting["properties"]["logs"][0]["categoryGroup"].string == "allLogs")
            #expect(setting["properties"]["logs"][0]["enabled"].isNull == false)
            #expect(try await harness.manage("\(base)/diagnosticSettings/nope", token: token).status == 404)
            let categories = try await harness.manage("\(base)/diagnosticSettingsCategories", token: token).json[
                "value"
            ].items
            #expect(categories.compactMap { $0["name"].string }.contains("AmlOnlineEndpointTrafficLog"))
        }
    }

    @Test func thereAreNoRegistries() async throws {
        try await Harness.run { harness in
            let url = "\(harness.arm)/registrymanagement/v1.0/registries/azureml/discovery?api-version=v1.0"
            let answer = try await harness.send(.GET, url)
            #expect(answer.status == 404)
        }
    }
}
