import FoundationEssentials

/// Models that look at images.
extension SimulatedModel {
    private static let labels = ["scratch", "dent", "stain", "crack", "carton", "bottle", "label", "missing"]
    private static let mostBoxes = 3

    /// What is found in the image, or in each of several; `nil` where the body holds none.
    func image(_ request: ModelRequest) -> ModelAnswer? {
        guard let images = images(of: request), !images.isEmpty else { return nil }
        return .json(.array(images.map { ["boxes": boxes($0)] }))
    }

    /// A number for each image that follows from its bytes alone, so that base64 and the file itself come to the same.
    private func images(of request: ModelRequest) -> [UInt64]? {
        if let json = request.json {
            guard !request.isDeclaredOtherThanJSON else { return nil }
            return Self.encoded(in: json).flatMap(Self.decoded)
        }
        let isImage = request.contentType.hasPrefix("image/") || request.contentType == "application/octet-stream"
        return isImage && !request.body.isEmpty ? [Self.fingerprint(request.body)] : nil
    }

    /// The texts of a column `image`, of a list `images`, or of `data` or `image` alone.
    private static func encoded(in json: JSON) -> [JSON]? {
        if let input = json.member("input_data") {
            guard case .array(let columns)? = input.member("columns"), case .array(let rows)? = input.member("data"),
                let column = columns.firstIndex(where: { if case .string("image") = $0 { true } else { false } })
            else { return nil }
            return rows.map { row in
                guard case .array(let values) = row, values.indices.contains(column) else { return row }
                return values[column]
            }
        }
        if case .array(let images)? = json.member("images") { return images }
        return (json.member("image") ?? json.member("data")).map { [$0] }
    }

    private static func decoded(_ texts: [JSON]) -> [UInt64]? {
        let images = texts.compactMap { item -> UInt64? in
            guard case .string(let text) = item else { return nil }
            // Behind a `data:` address, or alone.
            let encoded = text.hasPrefix("data:") ? String(text.split(separator: ",").last ?? "") : text
            return Data(base64Encoded: encoded, options: .ignoreUnknownCharacters).map { fingerprint($0) }
        }
        return images.count == texts.count ? images : nil
    }

    private static func fingerprint(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private func boxes(_ image: UInt64) -> JSON {
        var random = SeededRandom(numbers.common, image)
        let count = 1 + Int(random.next() % UInt64(Self.mostBoxes))
        return .array(
            (0..<count).map { box in
                let label = Self.labels[Int(random.next() % UInt64(Self.labels.count))]
                let corner = (0..<4).map { numbers.score(image, box * 5 + $0) }
                return [
                    "box": [
                        "topX": .double(min(corner[0], corner[1])), "topY": .double(min(corner[2], corner[3])),
                        "bottomX": .double(max(corner[0], corner[1])), "bottomY": .double(max(corner[2], corner[3])),
                    ],
                    "label": .string(label), "score": .double(numbers.score(image, box * 5 + 4)),
                ]
            }
        )
    }
}
