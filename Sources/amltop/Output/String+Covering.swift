import AzureCore

extension String {
    /// The text with every word that begins as tokens do covered: the parser quotes what it does not understand.
    var coveringTokens: String {
        var covered = ""
        var rest = self[...]
        while let start = rest.firstRange(of: "eyJ") {
            covered += rest[..<start.lowerBound]
            let word = rest[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || "-_.=+/".contains($0) }
            covered += word.count > 20 ? Secret.mask[...] : word
            rest = rest[word.endIndex...]
        }
        return covered + rest
    }
}
