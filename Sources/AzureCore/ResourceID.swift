/// The identifier of an Azure resource, `/subscriptions/…/resourceGroups/…/providers/…`.
///
/// Azure spells the same identifier in differing case, so two of them are equal when they differ in case only. The text
/// is kept as it came.
public struct ResourceID: Sendable, CustomStringConvertible {
    public let text: String
    /// Of the text in lower case; made once, because ids are the keys of everything.
    private let foldedHash: UInt64

    public init(_ text: String) {
        self.text = text
        // FNV-1a, 64 bits: short, and no secret is at stake.
        foldedHash = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1.lowercasedASCII)) &* 0x100_0000_01B3 }
    }

    public var description: String { text }

    /// The last segment: the name of the resource.
    public var name: String {
        segments.last.map(String.init) ?? ""
    }

    public var subscriptionID: String? { value(after: "subscriptions") }
    public var resourceGroup: String? { value(after: "resourceGroups") }

    /// The workspace the resource is, or is in.
    public var workspaceName: String? { value(after: "workspaces") }
    /// The online endpoint the resource is, or is in.
    public var endpointName: String? { value(after: "onlineEndpoints") }
    /// The online deployment the resource is.
    public var deploymentName: String? { value(after: "deployments") }

    /// The text in lower case, for keys of tables and for queries.
    public var lowercased: String { text.lowercased() }

    /// The segment behind the one called `type`, whatever its case.
    public func value(after type: String) -> String? {
        // Byte by byte: a fleet has thousands of ids, and each is asked for several of its parts.
        let bytes = text.utf8
        let slash = UInt8(ascii: "/")
        var isNext = false
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: slash) ?? bytes.endIndex
            let segment = bytes[start..<end]
            if isNext, !segment.isEmpty { return String(Substring(segment)) }
            isNext = isNext || segment.elementsEqual(type.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
            start = end < bytes.endIndex ? bytes.index(after: end) : end
        }
        return nil
    }

    /// Whether it names something inside another resource.
    public func isInside(_ other: ResourceID) -> Bool {
        let bytes = text.utf8
        let count = other.text.utf8.count
        guard bytes.count > count + 1 else { return false }
        return bytes.prefix(count).elementsEqual(other.text.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
            && bytes.dropFirst(count).first == UInt8(ascii: "/")
    }

    /// The identifier of a resource inside this one.
    public func appending(_ type: String, _ name: String) -> ResourceID {
        ResourceID("\(text)/\(type)/\(name)")
    }

    /// The resource this one is in: the identifier without its last type and name.
    public var parent: ResourceID? {
        let segments = segments
        guard segments.count > 2 else { return nil }
        return ResourceID("/" + segments.dropLast(2).joined(separator: "/"))
    }

    private var segments: [Substring] { text.split(separator: "/") }
}

extension ResourceID: Hashable {
    public static func == (left: ResourceID, right: ResourceID) -> Bool {
        guard left.foldedHash == right.foldedHash else { return false }
        return left.text == right.text
            || left.text.utf8.elementsEqual(right.text.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(foldedHash)
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
