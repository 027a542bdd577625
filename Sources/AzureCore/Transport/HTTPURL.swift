/// The address of a request, `https://host:port/path?query`, strict enough that a token cannot go astray.
///
/// User names in front of the host, fragments, white space, control characters and anything beyond ASCII are refused.
public struct HTTPURL: Hashable, Sendable, CustomStringConvertible {
    public var isEncrypted: Bool
    /// In lower case; IPv6 in its brackets.
    public var host: String
    /// Nil for the scheme's own.
    public var port: Int?
    /// Starts with a slash.
    public var path: String
    /// Without the question mark.
    public var query: String?

    /// Nil where the text is no such address.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#"), !text.contains("\\") else {
            return nil
        }
        let schemeEnd = text.firstRange(of: "://")
        guard let schemeEnd else { return nil }
        switch text[..<schemeEnd.lowerBound].lowercased() {
        case "https": isEncrypted = true
        case "http": isEncrypted = false
        default: return nil
        }
        let rest = text[schemeEnd.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard let (host, port) = Self.hostAndPort(rest[..<authorityEnd]) else { return nil }
        self.host = host
        self.port = port == (isEncrypted ? 443 : 80) ? nil : port
        let pathAndQuery = rest[authorityEnd...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = pathAndQuery.first.map(String.init) ?? ""
        if !path.hasPrefix("/") { path = "/" + path }
        query = pathAndQuery.count > 1 ? String(pathAndQuery[1]) : nil
    }

    private static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
        guard !authority.contains("@") else { return nil }
        var host = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else {
                return nil
            }
            port = number
            host = authority[..<colon]
        }
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        guard !host.isEmpty, isLiteral || host.utf8.allSatisfy(\.isHostByte) else { return nil }
        return (host.lowercased(), port)
    }

    /// Scheme, host and port: what tokens are bound to.
    public var origin: String {
        (isEncrypted ? "https://" : "http://") + host + (port.map { ":\($0)" } ?? "")
    }

    public var description: String {
        origin + path + (query.map { "?\($0)" } ?? "")
    }
}

extension HTTPURL {
    /// This address with `path` behind its own and with that query.
    ///
    /// Path segments and query values are given as they read; they are percent-encoded here.
    public func appending(path segments: String, query items: [(name: String, value: String)] = []) -> HTTPURL {
        var url = self
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        url.path = base + (segments.hasPrefix("/") ? "" : "/") + PercentEncoding.path(segments)
        if !items.isEmpty {
            url.query = items.map { "\($0.name)=\(PercentEncoding.query($0.value))" }.joined(separator: "&")
        }
        return url
    }
}

extension UInt8 {
    fileprivate var isHostByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
