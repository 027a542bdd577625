/// The inference protocol version 2 of KServe and Triton, with its extension for binary data.
extension SimulatedModel {
    private struct Output {
        let name: String
        let isBinary: Bool
    }

    private static let sizes = [
        "BOOL": 1, "INT8": 1, "UINT8": 1, "INT16": 2, "UINT16": 2, "FP16": 2, "BF16": 2, "INT32": 4, "UINT32": 4,
        "FP32": 4,
        "INT64": 8, "UINT64": 8, "FP64": 8,
    ]
    private static let mostValues = 1 << 20

    /// Numbers for each output that is asked for; `nil` where the body is no inference request.
    func inference(_ request: ModelRequest) throws(ModelFault) -> ModelAnswer? {
        guard let (json, data) = try parts(of: request) else { return nil }
        guard case .array(let inputs)? = json.member("inputs"), !inputs.isEmpty,
            inputs.allSatisfy({ $0.member("datatype") != nil })
        else { return nil }
        var seed = UInt64(0)
        var rest = data[...]
        var count = 0
        for input in inputs {
            let (fingerprint, values) = try read(input, &rest)
            seed = SeededRandom.mix(seed ^ fingerprint)
            count = max(count, values)
        }
        guard rest.isEmpty else { throw .badInput("Unexpected \(rest.count) bytes behind the inputs' binary data.") }
        return answer(outputs(of: json), count: count, seed: seed)
    }

    /// The JSON of the request, and the binary data behind it.
    private func parts(of request: ModelRequest) throws(ModelFault) -> (json: JSON, data: [UInt8])? {
        guard let length = request.binaryHeaderLength else {
            return request.json.flatMap { request.isDeclaredOtherThanJSON ? nil : ($0, []) }
        }
        guard (0...request.body.count).contains(length), let json = JSON.parse(request.body[..<length]) else {
            throw .badInput("Inference-Header-Content-Length is \(length), but so many bytes are no JSON.")
        }
        return (json, Array(request.body[length...]))
    }

    private func read(_ input: JSON, _ rest: inout ArraySlice<UInt8>) throws(ModelFault) -> (UInt64, Int) {
        guard case .string(let name)? = input.member("name"), case .string(let type)? = input.member("datatype"),
            case .array(let shape)? = input.member("shape")
        else { throw .badInput("Every input must have a name, a shape and a datatype.") }
        var count = 1
        for dimension in shape {
            guard case .int(let size) = dimension, (0...Int64(Self.mostValues)).contains(size) else {
                throw .badInput("The shape of input '\(name)' must be numbers of 0 or more.")
            }
            count = min(Self.mostValues, count * Int(size))
        }
        if case .int(let size)? = input.member("parameters")?.member("binary_data_size") {
            let wanted = Self.sizes[type].map { $0 * count } ?? Int(clamping: size)
            guard size == wanted, size <= rest.count else {
                throw .badInput("Input '\(name)' needs \(wanted) bytes of binary data, \(size) are announced.")
            }
            let bytes = rest.prefix(wanted)
            rest = rest.dropFirst(wanted)
            return (bytes.reduce(UInt64(name: name)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, count)
        }
        guard case .array(let values)? = input.member("data") else {
            throw .badInput("Input '\(name)' has neither data nor binary_data_size.")
        }
        return (JSON.array(values).fingerprint ^ UInt64(name: name), count)
    }

    private func outputs(of json: JSON) -> [Output] {
        let isBinary = json.member("parameters")?.member("binary_data_output").isTrueWord
        guard case .array(let wanted)? = json.member("outputs"), !wanted.isEmpty else {
            return [Output(name: "OUTPUT0", isBinary: isBinary ?? false)]
        }
        return wanted.enumerated().map { index, output in
            let name = if case .string(let name)? = output.member("name") { name } else { "OUTPUT\(index)" }
            return Output(
                name: name,
                isBinary: output.member("parameters")?.member("binary_data").isTrueWord ?? isBinary ?? false
            )
        }
    }

    private func answer(_ outputs: [Output], count: Int, seed: UInt64) -> ModelAnswer {
        var data: [UInt8] = []
        let told = outputs.map { output -> JSON in
            let values = (0..<count).map { Float(numbers.score(seed ^ UInt64(name: output.name), $0)) }
            let head: JSON = ["name": .string(output.name), "datatype": "FP32", "shape": [1, .int(count)]]
            guard output.isBinary else { return head.adding("data", .array(values.map { .double(Double($0)) })) }
            for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 } }
            return head.adding("parameters", ["binary_data_size": .int(values.count * 4)])
        }
        let json: JSON = [
            "model_name": .string(deployment.specification.model),
            "model_version": .string(deployment.specification.modelVersion), "outputs": .array(told),
        ]
        guard !data.isEmpty else { return .json(json) }
        let head = json.bytes
        return .reply(
            Reply(200, body: head + data, contentType: "application/octet-stream")
                .with("Inference-Header-Content-Length", String(head.count))
        )
    }
}

extension JSON? {
    /// `nil` where it is no truth value.
    fileprivate var isTrueWord: Bool? {
        guard case .bool(let flag)? = self else { return nil }
        return flag
    }
}
