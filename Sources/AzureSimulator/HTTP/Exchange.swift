import FoundationEssentials
import HTTPTypes

/// The four origins, apart as Azure's are; the raw value is the offset of the port.
enum OriginName: Int, CaseIterable, Sendable {
    /// Resource Manager, sign-in and cloud metadata.
    case resourceManager, logAnalytics, scoring, kubernetesScoring

    /// The word for it in the request counts.
    var label: String {
        switch self {
        case .resourceManager: "arm"
        case .logAnalytics: "logs"
        case .scoring: "scoring"
        case .kubernetesScoring: "kubernetes"
        }
    }
}

/// Where the origins listen: `https://localhost:50505`, without a slash at the end.
struct OriginAddresses: Hashable, Sendable {
    let ports: [Int]

    func url(_ origin: OriginName) -> String {
        let scheme = origin == .kubernetesScoring ? "http" : "https"
        return "\(scheme)://localhost:\(ports[origin.rawValue])"
    }
}

/// One request, read whole.
struct Exchange: Sendable {
    let origin: OriginName
    let method: HTTPRequest.Method
    /// Path and query as they came.
    let target: String
    /// Segments, decoded, without empty ones.
    let path: [String]
    let query: [(name: String, value: String)]
    let headers: HTTPFields
    var body: [UInt8]
    /// The id the answer carries as `x-ms-request-id`.
    let requestID: String
    let now: Date
    /// By how much the service's clock is wrong.
    var skewSeconds = 0.0
    /// How its body came in, where that is measured.
    var intake = ScoringIntake()
    /// Whose token it carried, once that was judged.
    var caller: AccessClaims?
    /// What time it is to whoever issues and judges tokens and writes the `Date` header.
    var serverTime: Date { now + skewSeconds }

    init(
        origin: OriginName,
        method: HTTPRequest.Method,
        target: String,
        headers: HTTPFields,
        body: [UInt8],
        requestID: String,
        now: Date
    ) {
        self.origin = origin
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.requestID = requestID
        self.now = now
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0].split(separator: "/").map { PercentCoding.decode($0) }
        query = parts.count < 2 ? [] : PercentCoding.pairs(parts[1])
    }

    /// The path's segments in lower case, which is how Resource Manager compares them.
    var lowercasedPath: [String] { path.map { $0.lowercased() } }

    /// The first value of a query key, compared without regard to case.
    func query(_ name: String) -> String? {
        query.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}

/// Percent coding of paths, queries and forms.
enum PercentCoding {
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            if byte == UInt8(ascii: "%") {
                let high = iterator.next().flatMap(digit)
                let low = iterator.next().flatMap(digit)
                if let high, let low { bytes.append(high << 4 | low) }
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The pairs of a query or of an `application/x-www-form-urlencoded` body.
    static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                decode(halves[0], plusIsSpace: true), halves.count > 1 ? decode(halves[1], plusIsSpace: true) : ""
            )
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
