@testable import AzureML
import AzureCore
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TrafficLogRowTests {
    private static func row(_ number: Int = 0, requestID: String = "") -> TrafficLogRow {
        TrafficLogRow(
            time: Date(timeIntervalSince1970: 1_746_109_986.123 + Double(number)),
            endpointName: "fraud-scoring",
            deploymentName: "blue",
            method: "POST",
            path: "/score",
            responseCode: 200,
            userAgent: "python-requests/2.32 (a long one)",
            requestID: requestID,
            authType: "AADToken",
            identity: "1f3a0000-0000-4000-8000-000000000001",
            resourceID: ResourceID("/subscriptions/s/onlineEndpoints/fraud-scoring")
        )
    }

    @Test(
        arguments: [
            "0123abcd-ef01-2345-6789-abcdef012345", "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff", "0123ABCD-EF01-2345-6789-ABCDEF012345", "",
            "0123abcd-ef01-2345-6789-abcdef01234", "0123abcdeef01-2345-6789-abcdef012345", "한국어", "a\u{0}b",
            "0123abcd-ef01-2345-6789-abcdef01234g",
        ])
    func anIdentifierComesBackLetterByLetter(_ text: String) {
        var row = Self.row(requestID: text)
        #expect(row.requestID == text)
        row.clientRequestID = text
        #expect(row.clientRequestID == text)
        let isGUID =
            text.utf8.count == 36 && text == text.lowercased() && !text.hasSuffix("g")
            && Array(text.utf8)[8] == UInt8(ascii: "-")
        if case .guid = CompactIdentifier(text) { #expect(isGUID) } else { #expect(!isGUID) }
    }

    @Test func everyFieldCanBeReadAndChanged() {
        var row = Self.row()
        let other = row
        row.time = Date(timeIntervalSince1970: 5)
        row.endpointName = "e"
        row.deploymentName = "d"
        row.resourceID = ResourceID("/x")
        row.method = "GET"
        row.path = "/p"
        row.responseReason = "r"
        row.modelStatusReason = "m"
        row.userAgent = "u"
        row.authType = "Key"
        row.identity = ""
        row.responseCode = 424
        row.modelStatusCode = 500
        row.totalMilliseconds = 1
        row.requestMilliseconds = 2
        row.responseMilliseconds = 3
        row.requestThrottlingMilliseconds = 4
        row.responseThrottlingMilliseconds = 5
        row.requestBytes = 6
        row.responseBytes = 7
        let expected = TrafficLogRow(
            time: Date(timeIntervalSince1970: 5),
            endpointName: "e",
            deploymentName: "d",
            method: "GET",
            path: "/p",
            responseCode: 424,
            responseReason: "r",
            modelStatusCode: 500,
            modelStatusReason: "m",
            userAgent: "u",
            totalMilliseconds: 1,
            requestMilliseconds: 2,
            responseMilliseconds: 3,
            requestThrottlingMilliseconds: 4,
            responseThrottlingMilliseconds: 5,
            requestBytes: 6,
            responseBytes: 7,
            authType: "Key",
            resourceID: ResourceID("/X")
        )
        #expect(row == expected && row.hashValue == expected.hashValue)
        #expect(row.isFailure && !row.isClientError && row.modelStatusCode == 500)
        #expect(other == Self.row() && other.endpointName == "fraud-scoring" && other.modelStatusCode == nil)
        row.modelStatusCode = nil
        #expect(row.modelStatusCode == nil && row != expected)
    }

    @Test func numbersBeyondReasonAreKeptWithinBounds() {
        var row = Self.row()
        row.totalMilliseconds = .max
        row.requestBytes = -5
        row.responseCode = 1_000_000
        row.modelStatusCode = -1
        #expect(row.totalMilliseconds == 4_294_967_295 && row.requestBytes == 0)
        #expect(row.responseCode == 32_767 && row.modelStatusCode == 0)
    }

    @Test func rowsShareWhatTheyHaveInCommon() {
        // A hundred thousand rows must fit 25 MiB, so one may take 262 bytes, its share of the common parts included.
        #expect(MemoryLayout<TrafficLogRow>.size <= 112)
        let target = LogTarget(
            endpointName: "e",
            deploymentName: "d",
            location: "",
            resourceID: ResourceID("/long/enough/for/heap")
        )
        #expect(Shared.one(target) === Shared.one(target))
    }
}
