/// Which proxy requests go through, as the environment says.
///
/// Never for this machine nor for the identity service of a virtual machine, whatever the environment says.
public struct ProxySettings: Sendable {
    /// One proxy: `http://user:password@host:port`.
    struct Proxy: Hashable, Sendable {
        var host: String
        var port: Int
        /// `user:password`, as it is sent.
        var credentials: Secret?
    }

    private(set) var encrypted: Proxy?
    private(set) var plain: Proxy?
    private let exceptions: [ProxyException]

    /// Straight to every host.
    public static let none = ProxySettings()

    private init() {
        exceptions = []
    }

    /// From `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; in lower case they come first.
    ///
    /// - Throws: `AzureError` of kind `.configuration(.invalidURL)` where a variable holds no proxy that can be used; the
    ///   value is shown without user name and password.
    public init(environment: [String: String]) throws(AzureError) {
        func text(_ name: String) -> (name: String, value: String)? {
            for name in [name.lowercased(), name] {
                if let value = environment[name]?.trimmingSpace, !value.isEmpty { return (name, value) }
            }
            return nil
        }
        let all = text("ALL_PROXY")
        encrypted = try (text("HTTPS_PROXY") ?? all).map { (pair) throws(AzureError) in try Proxy(pair) }
        plain = try (text("HTTP_PROXY") ?? all).map { (pair) throws(AzureError) in try Proxy(pair) }
        exceptions = (text("NO_PROXY")?.value ?? "").split { $0 == "," || $0.isWhitespace }
            .compactMap { ProxyException(String($0)) }
    }

    /// Nil for straight.
    func proxy(for url: HTTPURL) -> Proxy? {
        guard let proxy = url.isEncrypted ? encrypted : plain, !Self.isNear(url.host) else { return nil }
        let port = url.port ?? (url.isEncrypted ? 443 : 80)
        return exceptions.contains { $0.covers(url.host, port) } ? nil : proxy
    }

    private static func isNear(_ host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
        guard let address = IPv4Address(host) else { return false }
        return address.value >> 24 == 127 || host == "169.254.169.254"
    }
}

extension ProxySettings.Proxy {
    fileprivate init(_ variable: (name: String, value: String)) throws(AzureError) {
        var rest = variable.value[...]
        var isUsable = true
        if let scheme = rest.firstRange(of: "://") {
            isUsable = rest[..<scheme.lowerBound].lowercased() == "http"
            rest = rest[scheme.upperBound...]
        }
        let user = rest.lastIndex(of: "@").map { rest[..<$0] }
        if let user { rest = rest[rest.index(after: user.endIndex)...] }
        guard isUsable, let url = HTTPURL("http://" + rest), url.path == "/", url.query == nil else {
            let shown = user == nil ? variable.value : "…@" + rest
            throw AzureError(.configuration(.invalidURL(name: variable.name, value: shown)))
        }
        host = url.host.hasPrefix("[") ? String(url.host.dropFirst().dropLast()) : url.host
        port = url.port ?? 80
        credentials = user.map { Secret(PercentEncoding.decoded($0)) }
    }
}

/// One entry of `NO_PROXY`: a name with all below it, an address, a range of addresses, or `*`; with a port or without.
struct ProxyException: Sendable {
    private enum Hosts: Sendable {
        case all
        case name(String)
        case range(IPv4Address, bits: Int)
    }

    private let hosts: Hosts
    private let port: Int?

    /// Nil for an entry that makes no sense.
    init?(_ text: String) {
        var name = text.lowercased()
        var port: Int?
        if let colon = name.lastIndex(of: ":"), !name[..<colon].contains(":") || name[..<colon].hasSuffix("]") {
            guard let number = Int(name[name.index(after: colon)...]) else { return nil }
            port = number
            name = String(name[..<colon])
        }
        self.port = port
        if name == "*" {
            hosts = .all
        } else if let slash = name.firstIndex(of: "/") {
            guard let address = IPv4Address(String(name[..<slash])), let bits = Int(name[name.index(after: slash)...]),
                (0...32).contains(bits)
            else { return nil }
            hosts = .range(address, bits: bits)
        } else {
            if name.hasPrefix("*") { name.removeFirst() }
            if name.hasPrefix(".") { name.removeFirst() }
            guard !name.isEmpty else { return nil }
            if name.contains(":"), !name.hasPrefix("[") { name = "[\(name)]" }
            hosts = .name(name)
        }
    }

    func covers(_ host: String, _ port: Int) -> Bool {
        if let own = self.port, own != port { return false }
        switch hosts {
        case .all: return true
        case .name(let name): return host == name || host.hasSuffix("." + name)
        case .range(let network, let bits):
            guard let address = IPv4Address(host) else { return false }
            return bits == 0 || (address.value ^ network.value) >> UInt32(32 - bits) == 0
        }
    }
}

/// Four numbers with dots between them.
struct IPv4Address: Sendable {
    let value: UInt32

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let byte = UInt8(part) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        self.value = value
    }
}
