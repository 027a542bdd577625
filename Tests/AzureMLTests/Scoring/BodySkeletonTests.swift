import AzureML
import JSONValue
import Testing

@Suite struct BodySkeletonTests {
    private func body(_ document: String, path: String = "/score") throws -> String? {
        BodySkeleton.body(from: try JSONValue.parse(document), path: path)?.text(pretty: false)
    }

    @Test func theExampleOfTheInferenceServerIsTaken() throws {
        let document = """
            {"swagger": "2.0", "paths": {"/": {"get": {}}, "/score": {"post": {"parameters": [
              {"name": "serviceInputPayload", "in": "body", "schema": {"$ref": "#/definitions/ServiceInput"}}]}}},
             "definitions": {"ServiceInput": {"type": "object", "properties": {"data": {"type": "array"}},
               "example": {"data": [[1, 2]]}}}}
            """
        #expect(try body(document) == #"{"data":[[1,2]]}"#)
    }

    @Test func aBodyIsMadeFromItsSchema() throws {
        let document = """
            {"openapi": "3.0.1", "paths": {"/score": {"post": {"requestBody": {"content": {"application/json": {"schema":
              {"$ref": "#/components/schemas/In"}}}}}}},
             "components": {"schemas": {"In": {"allOf": [{"$ref": "#/components/schemas/Base"}], "properties": {
               "when": {"type": "string", "format": "date"}, "n": {"type": ["null", "integer"], "minimum": 3},
               "rate": {"type": "number"}, "kind": {"enum": ["a", "b"]}, "rows": {"type": "array", "items": {"type": "boolean"}},
               "id": {"type": "string", "readOnly": true}}},
               "Base": {"type": "object", "properties": {"name": {"type": "string", "default": "x"}}}}}}
            """
        #expect(
            try body(document) == #"{"name":"x","when":"2025-01-31","n":3,"rate":0,"kind":"a","rows":[false]}"#
        )
    }

    @Test func theExampleOfTheRequestComesFirst() throws {
        let document = """
            {"paths": {"/v1/chat": {"post": {"requestBody": {"content": {"application/json": {
              "examples": {"one": {"value": {"q": 1}}}, "schema": {"type": "object"}}}}}}}}
            """
        #expect(try body(document, path: "/score") == #"{"q":1}"#)
    }

    @Test func aSchemaThatRefersToItselfComesToAnEnd() throws {
        let document = """
            {"paths": {"/score": {"post": {"parameters": [{"in": "body", "schema": {"$ref": "#/definitions/A"}}]}}},
             "definitions": {"A": {"type": "object", "properties": {"a": {"$ref": "#/definitions/A"}, "b": {"$ref": "#/definitions/A"}}},
               "Loop": {"$ref": "#/definitions/Loop"}}}
            """
        #expect(try #require(try body(document)).utf8.count < 100_000)
        let loop = document.replacing("definitions/A\"}}]", with: "definitions/Loop\"}}]")
        #expect(try body(loop) == "null")
    }

    @Test(arguments: ["null", "[]", "{}", #"{"paths": {}}"#, #"{"paths": {"/score": {"post": {}}}}"#])
    func aDocumentThatTellsOfNoBodyGivesNone(_ document: String) throws {
        #expect(try body(document) == nil)
    }
}
