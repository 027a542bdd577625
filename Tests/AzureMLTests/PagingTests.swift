import AzureCore
import AzureML
import HTTPTypes
import Testing

@Suite struct PagingTests {
    private static let next = "https://management.azure.com/subscriptions/s/next?api-version=x&$skip=%2Fopaque%3D"

    private func names(_ azure: CannedAzure) async throws -> [[String]] {
        var pages: [[String]] = []
        for try await page in azure.client.onlineEndpoints() {
            pages.append(page.items.map(\.name))
        }
        return pages
    }

    @Test func linksAreFollowedAsTheyCome() async throws {
        let azure = CannedAzure { _, index in
            [
                (200, #"{"value":[{"name":"a"},{"name":"b"}],"nextLink":"\#(Self.next)"}"#),
                (200, #"{"value":[],"nextLink":"\#(Self.next)2"}"#),
                (200, #"{"value":[{"name":"c"}],"nextLink":""}"#),
            ][index]
        }
        #expect(try await names(azure) == [["a", "b"], [], ["c"]])
        #expect(azure.sent[1].url.description == Self.next)
        #expect(azure.sent.allSatisfy { $0.headerFields[.authorization] != nil })
    }

    @Test func theNextPageIsAskedForWhenItIsWanted() async throws {
        let azure = CannedAzure(#"{"value":[{"name":"a"}],"nextLink":"\#(Self.next)"}"#)
        for try await page in azure.client.onlineEndpoints() {
            #expect(!page.isLast)
            break
        }
        #expect(azure.sent.count == 1)
    }

    @Test func aLinkThatLeadsAwayGetsNoToken() async {
        let azure = CannedAzure(#"{"value":[],"nextLink":"https://evil.example/next"}"#)
        let error = await #expect(throws: AzureError.self) { try await names(azure) }
        #expect(error?.kind == .tokenForOtherHost(host: "evil.example"))
        #expect(error?.operation == .endpointsList)
        #expect(azure.sent.count == 1)
    }

    @Test func aCircleOfLinksEnds() async {
        let azure = CannedAzure(#"{"value":[{"name":"a"}],"nextLink":"\#(Self.next)"}"#)
        let error = await #expect(throws: AzureError.self) { try await names(azure) }
        #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: "nextLink")))
        #expect(azure.sent.count == 2)
    }

    @Test(
        arguments: [
            (#"{}"#, "value"), (#"{"value":null}"#, "value"), (#"{"value":[{"id":5}]}"#, "name"),
            (#"{"value":[],"nextLink":"not a link"}"#, "nextLink"),
        ])
    func aListOfAnotherShapeNamesTheField(_ body: String, _ field: String) async {
        let error = await #expect(throws: AzureError.self) { try await names(CannedAzure(body)) }
        #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: field)))
    }

    @Test func pagesMadeByHandComeInOrder() async throws {
        var pages: [[Int]] = []
        var last: [Bool] = []
        for try await page in Pager(pages: [[1, 2], [], [3]]) {
            pages.append(page.items)
            last.append(page.isLast)
        }
        #expect(pages == [[1, 2], [], [3]] && last == [false, false, true])
        #expect(try await Pager<Int>(pages: []).all().isEmpty)
    }
}
