extension String {
    /// `SystemAssigned` as `system_assigned`: how the CLI writes Azure's words.
    var snakeCase: String {
        var text = ""
        for character in self {
            if character.isUppercase, !text.isEmpty, text.last != "_", text.last != "," { text.append("_") }
            text += character.lowercased()
        }
        return text
    }
}
