import FoundationEssentials
import NIOCore
import NIOHTTP1
import Testing

@testable import AzureSimulator

/// The kinds of bodies that the models of the world take, and what they answer.
@Suite struct ModelTests {
    /// What a deployment answers to a body, without the way to it.
    private static func answer(
        _ endpoint: String,
        _ body: String,
        deployment: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door(endpoint)
            let pin = deployment.map { [("azureml-model-deployment", $0)] } ?? []
            return try await harness.score(uri, credential, headers: headers + pin, body: body)
        }
    }

    /// Every number of an answer, in order.
    private static func numbers(_ json: JSON) -> [Double] {
        switch json {
        case .int(let number): [Double(number)]
        case .double(let number): [number]
        case .array(let items): items.flatMap(numbers)
        case .object(let members): members.flatMap { numbers($0.value) }
        case .null, .bool, .string: []
        }
    }

    @Test(arguments: [
        ("my-endpoint", #"{"data":[[1,2.5],[3,4]]}"#, 2),
        ("my-endpoint", #"{"data":{"a":[1,2,3],"b":["x","y","z"]}}"#, 3),
        ("my-endpoint", #"{"data":{"a":1}}"#, 1), ("my-endpoint", "[[1],[2]]", 2),
        ("demand-forecast", #"{"input_data":{"columns":["a","b"],"index":[0],"data":[[1,2]]}}"#, 1),
        ("demand-forecast", #"{"input_data":[[1,2],[3,4]]}"#, 2),
    ])
    func tablesGetANumberForEachRow(endpoint: String, body: String, count: Int) async throws {
        let answer = try await Self.answer(endpoint, body)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json.items.compactMap(\.double).count == count)
        #expect(answer.json.items.allSatisfy { (0...1).contains($0.double ?? -1) })
    }

    @Test(arguments: [
        #"{"dataframe_split":{"columns":["a"],"index":[0,1],"data":[[1],[2]]}}"#,
        #"{"dataframe_records":[{"a":1},{"a":2}]}"#,
    ])
    func theServerOfMLflowNamesItsPredictions(body: String) async throws {
        let answer = try await Self.answer("demand-forecast", body)
        #expect(answer.json["predictions"].items.compactMap(\.double).count == 2)
    }

    @Test func columnsThatDoNotFitAreBadInput() async throws {
        let body = #"{"input_data":{"columns":["a","b"],"index":[0],"data":[[1,2,3]]}}"#
        let answer = try await Self.answer("demand-forecast", body)
        #expect(answer.status == 424)
        #expect(answer[header: "ms-azureml-model-error-statuscode"] == "400")
        #expect(answer.json["message"].string == "2 columns passed, passed data had 3 columns.")
    }

    /// Two deployments of one endpoint say nearly the same, the same deployment exactly so.
    @Test func answersAreTheSameForTheSameAndNearForTheOther() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("fraud-scoring")
            func scores(_ deployment: String, _ body: String) async throws -> [Double] {
                let pin = [("azureml-model-deployment", deployment)]
                return Self.numbers(try await harness.score(uri, token, headers: pin, body: body).json)
            }
            let blue = try await scores("blue", #"{"data":[[1,2],[3,4],[5,6]]}"#)
            #expect(try await scores("blue", #"{ "data": [[1.0, 2], [3, 4.00], [5, 6e0]] }"#) == blue)
            #expect(try await scores("blue", #"{"data":[[3,4]]}"#) == [blue[1]])
            let green = try await scores("green", #"{"data":[[1,2],[3,4],[5,6]]}"#)
            #expect(green != blue)
            for (left, right) in zip(blue, green) { #expect(abs(left - right) <= 0.02) }
            #expect(Set(blue).count == 3)
        }
    }

    @Test func textsBecomeVectorsLabelsOrAnswers() async throws {
        let vectors = try await Self.answer("doc-embed", #"{"inputs":["one","two"]}"#)
        #expect(vectors.json.items.map { $0.items.compactMap(\.double).count } == [8, 8])
        let labels = try await Self.answer(
            "doc-embed",
            #"{"inputs":"late again","parameters":{"candidate_labels":"praise, complaint"}}"#
        )
        #expect(Set(labels.json["labels"].items.compactMap(\.string)) == ["praise", "complaint"])
        let sum = labels.json["scores"].items.compactMap(\.double).reduce(0, +)
        #expect(abs(sum - 1) < 0.001)
        let found = try await Self.answer(
            "doc-embed",
            #"{"inputs":{"question":["Where?"],"context":["In Berlin, not far"]}}"#
        )
        let text = found.json[0]["answer"].string ?? "?"
        #expect("In Berlin, not far".contains(text))
        #expect(found.json[0]["end"].int == (found.json[0]["start"].int ?? 0) + text.count)
    }

    @Test func anImageIsTheSameImageHoweverItComes() async throws {
        let bytes = (0..<64).map { UInt8($0) }
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("vision-batch")
            let authorization = ("Authorization", "Bearer \(key)")
            let pin = ("azureml-model-deployment", "yolo")
            var answers: [String] = []
            for type in ["image/png", "application/octet-stream"] {
                let headers = [authorization, pin, ("Content-Type", type)]
                answers.append(try await harness.send(.POST, uri, headers: headers, bytes: bytes).text)
            }
            let encoded = Data(bytes).base64EncodedString()
            for body in [
                "{\"input_data\":{\"columns\":[\"image\"],\"index\":[0],\"data\":[[\"\(encoded)\"]]}}",
                "{\"image\":\"data:image/png;base64,\(encoded)\"}",
            ] {
                answers.append(try await harness.score(uri, key, headers: [pin], body: body).text)
            }
            #expect(Set(answers).count == 1)
            let boxes = JSON.parse(Array((answers.first ?? "").utf8))?[0]["boxes"].items ?? []
            #expect(!boxes.isEmpty)
            #expect(boxes.allSatisfy { $0["score"].double != nil && $0["label"].string != nil })
        }
    }

    @Test func inferenceIsAnsweredInJSONOrInBytes() async throws {
        let input = #"{"name":"IN","shape":[1,3],"datatype":"FP32","data":[1,2,3]}"#
        let json = try await Self.answer("recsys-home", "{\"inputs\":[\(input)]}")
        #expect(json.json["model_name"].string == "two-tower")
        #expect(json.json["outputs"][0]["data"].items.compactMap(\.double).count == 3)
        let binary = try await Self.answer(
            "recsys-home",
            "{\"inputs\":[\(input)],\"outputs\":[{\"name\":\"OUT\",\"parameters\":{\"binary_data\":true}}]}"
        )
        #expect(binary[header: "Content-Type"] == "application/octet-stream")
        let length = try #require(Int(binary[header: "Inference-Header-Content-Length"] ?? ""))
        let head = try #require(JSON.parse(binary.body.prefix(length)))
        #expect(head["outputs"][0]["parameters"]["binary_data_size"].int == 12)
        #expect(binary.body.count == length + 12)
    }

    @Test func aRouteOfTheInferenceProtocolLeadsThere() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("recsys-home")
            let url = uri.replacing("/score", with: "/v2/models/two-tower/infer")
            let body = #"{"inputs":[{"name":"IN","shape":[1],"datatype":"INT64","data":[7]}]}"#
            #expect(try await harness.score(url, token, body: body).json["outputs"][0]["shape"][1].int == 1)
            #expect(try await harness.score(url, token, body: #"{"data":[[1]]}"#).status == 424)
        }
    }

    @Test func aChatIsCompletedAsOpenAIDoes() async throws {
        let body = #"{"messages":[{"role":"user","content":"hello"}],"max_tokens":5,"logprobs":true}"#
        let json = try await Self.answer("llm-gateway", body).json
        #expect(json["object"].string == "chat.completion")
        #expect(json["choices"][0]["message"]["role"].string == "assistant")
        #expect(json["choices"][0]["finish_reason"].string == "length")
        #expect(json["choices"][0]["logprobs"]["content"].items.compactMap { $0["logprob"].double }.count == 5)
        #expect(json["usage"]["completion_tokens"].int == 5)
    }

    @Test(arguments: [#"{"messages":[{"content":"hello"}]}"#, #"{"prompt":1}"#, #"{"data":[[1]]}"#])
    func aChatThatIsNoneIsBadInput(body: String) async throws {
        let answer = try await Self.answer("llm-gateway", body)
        #expect(answer.status == 424)
        #expect(answer[header: "ms-azureml-model-error-statuscode"] == "400")
        #expect(answer.json["message"].string?.isEmpty == false)
    }

    // MARK: Real payloads

    private static let corpus: String? = {
        let package = #filePath.split(separator: "/").dropLast(3)
        let sibling = "/" + (package.dropLast() + ["shared"]).joined(separator: "/")
        let given = ProcessInfo.processInfo.environment["AMLTOP_SHARED"] ?? ""
        let folder = (given.isEmpty ? sibling : given) + "/corpus/scoring"
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }()

    /// An endpoint of the world that takes payloads of a name's beginning, the more particular first.
    private static let takers = [
        ("aml-chat", "llm-gateway"), ("base64-image", "vision-batch"), ("hf-inputs", "doc-embed"),
        ("input-data-other-bf", "llm-gateway"), ("input-data", "demand-forecast"), ("json-list", "llm-gateway"),
        ("kserve", "recsys-home"), ("mlflow", "demand-forecast"), ("openai-chat", "llm-gateway"),
        ("other-object-bd", "llm-gateway"), ("other-object", "recsys-home"), ("promptflow", "llm-gateway"),
        ("raw-image", "vision-batch"), ("sklearn-data-bd", "doc-embed"), ("sklearn", "my-endpoint"),
        ("tf-instances", "recsys-home"), ("triton", "recsys-home"),
    ]

    @Test(.enabled(if: corpus != nil, "the recorded payloads are absent: set AMLTOP_SHARED"))
    func everyRecordedPayloadHasAnEndpointThatTakesIt() async throws {
        let folder = try #require(Self.corpus)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix("MANIFEST") }
        #expect(files.count > 40)
        try await Harness.run { harness in
            for file in files.sorted() {
                let taker = try #require(Self.takers.first { file.hasPrefix($0.0) }?.1, "\(file)")
                let (uri, credential) = try await harness.door(taker)
                let type =
                    file.hasSuffix(".png")
                    ? "image/png" : file.hasSuffix(".bin") ? "application/octet-stream" : "application/json"
                var headers = [("Authorization", "Bearer \(credential)"), ("Content-Type", type)]
                if taker == "vision-batch" { headers.append(("azureml-model-deployment", "yolo")) }
                if file.hasSuffix(".bin") { headers.append(("Inference-Header-Content-Length", "308")) }
                let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
                let answer = try await harness.send(.POST, uri, headers: headers, bytes: bytes)
                #expect(answer.status == 200, "\(file): \(answer.text)")
                #expect(!answer.body.isEmpty)
            }
        }
    }
}
