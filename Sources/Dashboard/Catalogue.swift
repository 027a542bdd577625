internal import CResources

/// The texts a user reads, by key, in one language.
///
/// A text may hold values in braces: `{count} rows`. The file is one entry a line, `key = text`; lines that begin with
/// `#` are comments.
package struct Catalogue: Sendable {
    private let texts: [String: String]

    package static let english = Catalogue(file: "texts/en.strings")
    package static let korean = Catalogue(file: "texts/ko.strings")

    package init(_ language: Language) {
        switch language {
        case .english: self = .english
        case .korean: self = .korean
        }
    }

    init(file path: String) {
        self.init(Self.embeddedText(path) ?? "")
    }

    init(_ source: String) {
        var texts: [String: String] = [:]
        for line in source.split(separator: "\n") where !line.hasPrefix("#") {
            guard let equals = line.firstRange(of: " = ") else { continue }
            texts[String(line[..<equals.lowerBound])] = String(line[equals.upperBound...])
        }
        self.texts = texts
    }

    package var keys: [String] { Array(texts.keys) }

    /// The text of a key; a key that is missing shows as itself, so that it is noticed and still says something.
    package subscript(_ key: TextKey) -> String { self[dynamic: key.rawValue] ?? key.rawValue }

    /// The text of a key that is made from data, such as the name of an operation; nil when there is none.
    package subscript(dynamic key: String) -> String? { texts[key] }

    /// The text of a key with its values filled in.
    package func text(_ key: TextKey, _ values: KeyValuePairs<String, String>) -> String {
        Self.fill(self[key], values)
    }

    package func text(_ key: TextKey, _ values: [String: String]) -> String { Self.fill(self[key], values) }

    static func fill(_ template: String, _ values: some Sequence<(key: String, value: String)>) -> String {
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            text += rest[..<open]
            text += values.first { $0.key == name }?.value ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    private static func embeddedText(_ path: String) -> String? {
        var count = 0
        guard let files = cresources_files(&count) else { return nil }
        for index in 0..<count where String(cString: files[index].path) == path {
            let bytes = UnsafeBufferPointer(start: files[index].bytes, count: files[index].count)
            return String(decoding: bytes, as: UTF8.self)
        }
        return nil
    }
}
