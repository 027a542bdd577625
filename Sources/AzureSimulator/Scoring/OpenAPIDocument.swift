/// What the scoring container tells of the bodies it takes, as OpenAPI 2 or 3 (API.md f.5).
struct OpenAPIDocument {
    let model: SimulatedModel
    let title: String

    /// The document; a 404 with a `message` where there is none.
    ///
    /// - Parameter version: `2`, which is what it is without one, `3` or `3.1`.
    /// - Returns: The answer to `GET {swaggerUri}`.
    func reply(version: String?) -> Reply {
        guard let input = input else { return Reply(404, ["message": "Swagger not present: the model has no schema."]) }
        switch version ?? "2" {
        case "2", "2.0": return Reply(200, second(input))
        case "3", "3.0": return Reply(200, third(input, "3.0.3"))
        case "3.1": return Reply(200, third(input, "3.1.0"))
        default: return Reply(404, ["message": "Swagger version must be 2, 3 or 3.1."])
        }
    }

    private static let output: JSON = ["type": "array", "items": ["type": "number"]]

    /// The schema of the input, from the first shape that has one; a container of one's own has none.
    private var input: JSON? {
        model.shapes.lazy.compactMap { shape -> JSON? in
            switch shape {
            case .tabular:
                Self.object(
                    ["data": ["type": "array", "items": ["type": "array", "items": ["type": "number"]]]],
                    example: ["data": [[1, 2, 3, 4]]]
                )
            case .mlflow:
                Self.object(
                    [
                        "input_data": [
                            "type": "object",
                            "properties": [
                                "columns": ["type": "array", "items": ["type": "string"]],
                                "index": ["type": "array", "items": ["type": "integer"]],
                                "data": ["type": "array", "items": ["type": "array", "items": ["type": "number"]]],
                            ],
                        ]
                    ],
                    example: [
                        "input_data": [
                            "columns": ["store", "weekday", "promotion"], "index": [0], "data": [[12, 4, 0]],
                        ]
                    ]
                )
            case .text:
                Self.object(
                    ["inputs": ["type": "array", "items": ["type": "string"]]],
                    example: ["inputs": ["Where is my order?"]]
                )
            case .chat, .flow, .image, .kserve, .instances, .object: nil
            }
        }.first
    }

    private static func object(_ properties: JSON, example: JSON) -> JSON {
        ["type": "object", "properties": properties, "example": example]
    }

    private func second(_ input: JSON) -> JSON {
        [
            "swagger": "2.0",
            "info": ["title": .string(title), "version": "1.0"],
            "schemes": ["https"], "consumes": ["application/json"], "produces": ["application/json"],
            "paths": [
                "/score": [
                    "post": [
                        "operationId": "RunMLService",
                        "parameters": [
                            [
                                "name": "serviceInputPayload", "in": "body",
                                "schema": ["$ref": "#/definitions/ServiceInput"],
                            ]
                        ],
                        "responses": [
                            "200": ["description": "The scores", "schema": ["$ref": "#/definitions/ServiceOutput"]]
                        ],
                    ]
                ]
            ],
            "definitions": ["ServiceInput": input, "ServiceOutput": Self.output],
        ]
    }

    private func third(_ input: JSON, _ version: String) -> JSON {
        func content(_ name: String) -> JSON {
            ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(name)")]]]
        }
        return [
            "openapi": .string(version),
            "info": ["title": .string(title), "version": "1.0"],
            "paths": [
                "/score": [
                    "post": [
                        "operationId": "RunMLService",
                        "requestBody": ["required": true, "content": content("ServiceInput")],
                        "responses": ["200": ["description": "The scores", "content": content("ServiceOutput")]],
                    ]
                ]
            ],
            "components": ["schemas": ["ServiceInput": input, "ServiceOutput": Self.output]],
        ]
    }
}
