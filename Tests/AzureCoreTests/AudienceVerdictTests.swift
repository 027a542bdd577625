import AzureCore
import Testing

@Suite struct AudienceVerdictTests {
    @Test(arguments: [
        "https://management.azure.com", "https://management.azure.com/", "https://management.core.windows.net",
        "https://management.core.windows.net/", "HTTPS://Management.Azure.com/",
    ])
    func everySpellingOfTheControlPlaneFitsItAlone(_ audience: String) {
        let verdicts = Cloud.azureCloud.verdicts(on: [audience])
        #expect(verdicts.map(\.finding) == [.fits, .doesNotFit, .doesNotFit])
        #expect(Cloud.azureCloud.home(ofClaim: audience) == AudienceHome(use: .resourceManager, otherCloud: nil))
    }

    @Test func theDataPlaneAndLogAnalyticsHaveTheirOwn() {
        let findings = { (audience: String) in Cloud.azureCloud.verdicts(on: [audience]).map(\.finding) }
        #expect(findings("https://ml.azure.com") == [.doesNotFit, .fits, .doesNotFit])
        #expect(findings("https://api.loganalytics.azure.com/") == [.doesNotFit, .doesNotFit, .fits])
        #expect(findings("https://graph.microsoft.com") == [.doesNotFit, .doesNotFit, .doesNotFit])
    }

    @Test func anApplicationsIDCannotBeJudged() {
        let verdicts = Cloud.azureCloud.verdicts(on: ["ef1da9d4-ff77-4c3e-a005-840c3f830745"])
        #expect(verdicts.allSatisfy { $0.finding == .unknown })
        #expect(Cloud.azureCloud.verdicts(on: []).allSatisfy { $0.finding == .unknown })
    }

    @Test func theAudienceOfAnotherCloudIsKnown() {
        #expect(
            Cloud.azureCloud.home(ofClaim: "https://ml.azure.us")
                == AudienceHome(use: .machineLearning, otherCloud: "AzureUSGovernment")
        )
        #expect(Cloud.azureCloud.home(ofClaim: "https://graph.microsoft.com") == nil)
        #expect(Cloud.azureCloud.home(ofClaim: "an-application") == nil)
    }

    @Test func aTokenForAnotherServiceIsRefusedWithWhereItBelongs() {
        let token = AccessToken(secret: Secret("t"), claims: TokenClaims(audience: "https://ml.azure.com"))
        let error = #expect(throws: AzureError.self) { try Cloud.azureCloud.check(token, isFor: .resourceManager) }
        #expect(error?.kind == .wrongAudience("https://ml.azure.com"))
        #expect(error?.misuse?.offeredTo == .resourceManager && error?.misuse?.home?.use == .machineLearning)
        #expect(error?.misuse?.wanted == "https://management.azure.com")
        #expect(throws: Never.self) { try Cloud.azureCloud.check(token, isFor: .machineLearning) }
        let opaque = AccessToken(secret: Secret("t"))
        #expect(throws: Never.self) { try Cloud.azureCloud.check(opaque, isFor: .resourceManager) }
    }
}
