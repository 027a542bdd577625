import AzureCore
import AzureML
import HTTPTypes
import JSONValue
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct KeyTests {
    private static let endpoint = ResourceID(
        "/subscriptions/S/resourceGroups/RG/providers/Microsoft.MachineLearningServices/workspaces/ws/onlineEndpoints/E"
    )

    @Test func aSlotHasTheWordsOfBothInterfaces() {
        #expect(KeySlot.allCases.map(\.restValue) == ["Primary", "Secondary"])
        #expect(KeySlot.allCases.map(\.cliValue) == ["primary", "secondary"])
        #expect(KeySlot(rest: "SECONDARY") == .secondary && KeySlot(rest: "third") == nil)
        #expect(KeySlot.primary.other == .secondary && KeySlot.secondary.other == .primary)
    }

    @Test func keysAreReadAndChangedBySlot() {
        var keys = EndpointKeys(primaryKey: Secret("a"), secondaryKey: Secret("b"))
        keys[.primary] = Secret("c")
        #expect(keys[.primary] == Secret("c") && keys[.secondary] == Secret("b"))
        keys[.secondary] = keys[.primary]
        #expect(keys.secondaryKey == Secret("c"))
    }

    /// The digits come from `printf 'amltop-key-v1\0…\0swordfish' | sha256sum`.
    @Test func aFingerprintIsTheStartOfTheHashOverTheEndpointAndTheKey() {
        let fingerprint = KeyFingerprint(of: Secret("swordfish"), endpoint: Self.endpoint)
        #expect(fingerprint.text == "7805e65446")
        #expect(KeyFingerprint(of: Secret("swordfish"), endpoint: ResourceID(Self.endpoint.lowercased)) == fingerprint)
        #expect(KeyFingerprint(of: Secret("swordfisi"), endpoint: Self.endpoint) != fingerprint)
        let neighbour = ResourceID(Self.endpoint.text + "2")
        #expect(KeyFingerprint(of: Secret("swordfish"), endpoint: neighbour) != fingerprint)
    }

    @Test func aFingerprintThatWasWrittenDownIsReadAgain() {
        let fingerprint = KeyFingerprint(of: Secret("k"), endpoint: Self.endpoint)
        #expect(KeyFingerprint(text: fingerprint.text) == fingerprint)
        for text in ["", "0123", "0123456789a", "012345678G", "012345678A"] {
            #expect(KeyFingerprint(text: text) == nil)
        }
        let keys = EndpointKeys(primaryKey: Secret("k"), secondaryKey: Secret("l"))
        #expect(keys.fingerprints(of: Self.endpoint)[.primary] == fingerprint)
    }

    @Test(arguments: KeySlot.allCases)
    func onlyTheTypeOfTheKeyIsSent(_ slot: KeySlot) async throws {
        let azure = CannedAzure(responding: { _, _ in
            AzureResponse(
                status: 202,
                headerFields: [.location: "https://management.azure.com/result", .retryAfter: "10"]
            )
        })
        _ = try await azure.client.regenerateKeys(of: "e", slot: slot)
        let request = try #require(azure.sent.first)
        #expect(request.method == .post && request.url.path.hasSuffix("/onlineEndpoints/e/regenerateKeys"))
        #expect(request.url.query == "api-version=2024-10-01")
        #expect(request.headerFields[.contentType] == "application/json")
        #expect(try JSONValue.parse(request.body ?? []) == ["keyType": .string(slot.restValue)])
    }

    @Test func theAnswerSaysHowToFollowTheOperation() async throws {
        let asyncOperation = try #require(HTTPField.Name("Azure-AsyncOperation"))
        let requestID = try #require(HTTPField.Name("x-ms-request-id"))
        let azure = CannedAzure(responding: { _, _ in
            AzureResponse(
                status: 202,
                headerFields: [
                    .location: "https://management.azure.com/result", .retryAfter: "10", requestID: "r-1",
                    asyncOperation: "https://management.azure.com/status",
                ]
            )
        })
        let handle = try await azure.client.regenerateKeys(of: "e", slot: .primary)
        #expect(
            handle
                == OperationHandle(
                    operation: .endpointRegenerateKeys,
                    statusURL: "https://management.azure.com/status",
                    resultURL: "https://management.azure.com/result",
                    retryAfter: .seconds(10),
                    requestID: "r-1"
                )
        )
        #expect(!handle.isDone && handle.wait == .seconds(10))
    }

    @Test func anAnswerOf200LeavesNothingToFollow() async throws {
        let handle = try await CannedAzure("").client.regenerateKeys(of: "e", slot: .primary)
        #expect(handle.isDone)
    }

    @Test(arguments: [AzureError.Kind.unreachable(.reset), .unreachable(.closedEarly), .timedOut(after: .seconds(30))])
    func aRequestOfUnknownOutcomeIsNotSentAgain(_ kind: AzureError.Kind) async throws {
        let azure = CannedAzure(retry: RetrySettings(), responding: { _, _ in throw AzureError(kind) })
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.regenerateKeys(of: "e", slot: .primary)
        }
        #expect(error?.leavesOutcomeOpen == true && error?.operation == .endpointRegenerateKeys)
        #expect(azure.sent.count == 1)
    }

    @Test(arguments: [500, 503, 504, 408])
    func aServerErrorIsNotTriedAgainEither(_ status: Int) async throws {
        let azure = CannedAzure(retry: RetrySettings(), responding: { _, _ in AzureResponse(status: status) })
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.regenerateKeys(of: "e", slot: .primary)
        }
        #expect(error?.leavesOutcomeOpen == true && azure.sent.count == 1)
    }

    @Test(arguments: [(400, AzureError.Kind.badRequest), (409, .conflict), (429, .throttled(retryAfter: nil))])
    func aRefusalLeavesNoDoubt(_ status: Int, _ kind: AzureError.Kind) async throws {
        let error = await #expect(throws: AzureError.self) {
            try await CannedAzure("{}", status: status).client.regenerateKeys(of: "e", slot: .primary)
        }
        #expect(error?.kind == kind && error?.leavesOutcomeOpen == false)
    }

    @Test func aReadOnlyConnectionRefusesBeforeAnythingLeaves() async throws {
        let azure = CannedAzure(allowance: .readOnly, responding: { _, _ in AzureResponse(status: 202) })
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.regenerateKeys(of: "e", slot: .primary)
        }
        #expect(error?.kind == .readOnly(method: "POST") && azure.sent.isEmpty)
    }
}
