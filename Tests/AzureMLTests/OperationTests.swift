import AzureCore
import AzureML
import HTTPTypes
import Testing

@Suite struct OperationTests {
    private static let status = "https://management.azure.com/operations/1?api-version=2024-10-01"
    private static let result = "https://management.azure.com/results/1?api-version=2024-10-01"

    private func handle(status: String? = nil, result: String? = nil) -> OperationHandle {
        OperationHandle(operation: .endpointRegenerateKeys, statusURL: status, resultURL: result, retryAfter: nil)
    }

    private func step(
        _ status: Int,
        _ body: String = "",
        _ fields: HTTPFields = [:],
        of handle: OperationHandle
    ) async throws -> OperationStep {
        let azure = CannedAzure(responding: { _, _ in
            AzureResponse(status: status, headerFields: fields, body: Array(body.utf8))
        })
        let step = try await azure.client.step(of: handle)
        #expect(azure.sent.count == 1 && azure.sent.first?.method == .get)
        return step
    }

    @Test func theStatusIsAskedBeforeTheResult() async throws {
        let azure = CannedAzure(#"{"status": "Succeeded"}"#)
        let step = try await azure.client.step(of: handle(status: Self.status, result: Self.result))
        #expect(step == .done && azure.sent.map(\.url.path) == ["/operations/1"])
    }

    @Test(arguments: ["Running", "InProgress", "Accepted", "SomethingNew"])
    func aWordThatIsNoEndMeansThatItRuns(_ word: String) async throws {
        let step = try await step(
            200,
            #"{"status": "\#(word)"}"#,
            [.retryAfter: "7"],
            of: handle(status: Self.status)
        )
        var next = handle(status: Self.status)
        next.retryAfter = .seconds(7)
        #expect(step == .running(next))
    }

    @Test func withoutAWaitTheUsualOneIsTaken() async throws {
        var asked = handle(status: Self.status)
        asked.retryAfter = .seconds(60)
        let step = try await step(200, #"{"status": "Running"}"#, of: asked)
        guard case .running(let next) = step else {
            Issue.record("it runs")
            return
        }
        #expect(next.wait == OperationHandle.usualWait)
    }

    @Test(arguments: ["succeeded", "Succeeded", "Completed"])
    func aGoodEndIsDone(_ word: String) async throws {
        #expect(try await step(200, #"{"status": "\#(word)"}"#, of: handle(status: Self.status)) == .done)
    }

    @Test(arguments: ["Failed", "Canceled", "Cancelled"])
    func aBadEndTellsItsWordItsCodeAndItsMessage(_ word: String) async throws {
        let body = #"{"status": "\#(word)", "error": {"code": "BadRequest", "message": "no"}}"#
        guard case .failed(let error) = try await step(200, body, of: handle(status: Self.status)) else {
            Issue.record("it failed")
            return
        }
        #expect(error.kind == .operationFailed(status: word) && error.operation == .endpointRegenerateKeys)
        #expect(error.code == "BadRequest" && error.message == "no")
    }

    @Test func theResultIsOutstandingWith202AndTheNewestAddressIsFollowed() async throws {
        let moved = "https://westus2.management.azure.com/results/2"
        let step = try await step(202, "", [.location: moved, .retryAfter: "3"], of: handle(result: Self.result))
        var next = handle(result: moved)
        next.retryAfter = .seconds(3)
        #expect(step == .running(next))
    }

    @Test(arguments: [200, 201, 204])
    func theResultHasComeWithAnyOtherSuccess(_ status: Int) async throws {
        #expect(try await step(status, of: handle(result: Self.result)) == .done)
    }

    @Test(arguments: [400, 404, 409])
    func aRefusalOfTheResultIsTheEndOfTheOperation(_ status: Int) async throws {
        let body = #"{"error": {"code": "UserError", "message": "no"}}"#
        guard case .failed(let error) = try await step(status, body, of: handle(result: Self.result)) else {
            Issue.record("it failed")
            return
        }
        #expect(error.kind == .operationFailed(status: "Failed") && error.code == "UserError")
    }

    @Test(arguments: [401, 403, 408, 429, 500, 503], [true, false])
    func troubleOnTheWaySaysNothingAboutTheOperation(_ status: Int, _ isStatus: Bool) async {
        let azure = CannedAzure("{}", status: status)
        let handle = isStatus ? handle(status: Self.status) : handle(result: Self.result)
        let error = await #expect(throws: AzureError.self) { try await azure.client.step(of: handle) }
        #expect(error?.operation == .operationStatus)
    }

    @Test func nothingIsAskedOfAnOperationThatWasDoneAtOnce() async throws {
        let azure = CannedAzure("")
        #expect(try await azure.client.step(of: handle()) == .done && azure.sent.isEmpty)
    }

    @Test func noTokenFollowsAnAddressThatLeadsElsewhere() async {
        let azure = CannedAzure("")
        for handle in [handle(status: "https://evil.example/x"), handle(result: "https://evil.example/x")] {
            let error = await #expect(throws: AzureError.self) { try await azure.client.step(of: handle) }
            #expect(error?.kind == .tokenForOtherHost(host: "evil.example"))
        }
        #expect(azure.sent.isEmpty)
    }
}
