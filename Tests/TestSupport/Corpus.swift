package import FoundationEssentials

/// Recorded answers and hostile texts kept outside the project: in the folder `AMLTOP_SHARED` names, else in `shared`
/// beside the package.
package enum Corpus {
    package static var folder: String {
        if let folder = ProcessInfo.processInfo.environment["AMLTOP_SHARED"], !folder.isEmpty { return folder }
        let package = #filePath.split(separator: "/").dropLast(3)
        return "/" + (package.dropLast() + ["shared"]).joined(separator: "/")
    }

    package static var exists: Bool { FileManager.default.fileExists(atPath: folder + "/corpus") }

    package static func data(_ path: String) throws -> Data {
        try Data(contentsOf: URL(filePath: folder + "/" + path))
    }

    package static func text(_ path: String) throws -> String {
        String(decoding: try data(path), as: UTF8.self)
    }
}

extension Corpus {
    /// One text made to break a terminal.
    package struct HostileText: Decodable, Sendable {
        private enum CodingKeys: String, CodingKey {
            case id, replacement
            case given = "text"
            case encoded = "bytes_base64"
        }

        package var id: String
        private var given: String?
        private var encoded: String?
        /// What broken UTF-8 has to look like.
        package var replacement: String?

        /// Bytes that are no UTF-8 come as a decoder leaves them.
        package var text: String {
            given ?? String(decoding: Data(base64Encoded: encoded ?? "") ?? Data(), as: UTF8.self)
        }
    }

    package static func hostileTexts() throws -> [HostileText] {
        let folder = folder + "/corpus/hostile"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
        return try files.sorted().flatMap { file in
            try data("corpus/hostile/" + file).split(separator: UInt8(ascii: "\n")).map { line in
                try JSONDecoder().decode(HostileText.self, from: Data(line))
            }
        }
    }
}
