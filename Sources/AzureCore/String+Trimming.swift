extension String {
    /// Without the slash at its end, if there is one.
    var withoutTrailingSlash: String {
        hasSuffix("/") ? String(dropLast()) : self
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmingSpace: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
