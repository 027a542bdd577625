import JSONValue

extension TokenInspection {
    /// Reads a token; whatever the text is, the answer says what it is.
    ///
    /// - Parameter token: The token alone, as `TokenText` finds it.
    public init(_ token: String) {
        let size = token.utf8.count
        let parts =
            size <= Limits.tokenBytes
            ? token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) : []
        switch (size, parts.count) {
        case (0, _): self.init(.empty)
        case (_, 0): self.init(.tooLong(bytes: size))
        case (_, 1): self.init(.opaque)
        case (_, 3): self.init(signed: parts)
        case (_, 5): self.init(encrypted: parts[0])
        default: self.init(.wrongPartCount(parts.count))
        }
    }

    public init(_ secret: Secret) {
        self = secret.withText { TokenInspection($0) }
    }

    private init(_ form: Form, header: JSONObject = JSONObject()) {
        self.form = form
        self.header = header.bounded
        claims = JSONObject()
        facts = TokenFactSheet(header: header, claims: claims)
        remarks = []
    }

    private init(encrypted part: Substring.UTF8View) {
        do throws(Damage) {
            self.init(.encrypted, header: try Self.object(in: part))
        } catch {
            self.init(.broken(.header, error))
        }
    }

    private init(signed parts: [Substring.UTF8View]) {
        var header = JSONObject()
        var part = Part.header
        do throws(Damage) {
            header = try Self.object(in: parts[0])
            part = .claims
            self.init(header: header, claims: try Self.object(in: parts[1]), parts: parts)
        } catch {
            self.init(.broken(part, error), header: header)
        }
    }

    private init(header: JSONObject, claims: JSONObject, parts: [Substring.UTF8View]) {
        // The signature is only weighed: one that cannot be decoded spoils nothing that is shown.
        let signature = Base64URL.decode(parts[2])
        let form =
            signature.map { Form.signed(signatureBytes: $0.count) } ?? .broken(.signature, Self.damage(of: parts[2]))
        self.init(form, header: header)
        self.claims = claims.bounded
        facts = TokenFactSheet(header: header, claims: claims)
        remarks = Self.remarks(header: header, claims: claims, parts: parts)
        if self.claims != claims || self.header != header { remarks.append(.bounded) }
    }

    /// Whether the claims can be read, be the signature what it may.
    public var isReadable: Bool {
        switch form {
        case .signed, .broken(.signature, _): true
        default: false
        }
    }

    private static func object(in part: Substring.UTF8View) throws(Damage) -> JSONObject {
        guard let bytes = Base64URL.decode(part) else { throw damage(of: part) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText }
        // A byte order mark is no JSON, though our reader of answers forgives it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw .notJSON }
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONValue.parse(bytes)
        } catch {
            throw error.kind == .tooDeep ? .tooDeep : .notJSON
        }
        guard let object = value.objectValue else { throw .notObject }
        return object
    }

    /// Of a part that could not be decoded.
    private static func damage(of part: Substring.UTF8View) -> Damage {
        part.contains { !$0.isBase64 } ? .foreignCharacter : .cut
    }

    private static func remarks(header: JSONObject, claims: JSONObject, parts: [Substring.UTF8View]) -> [Remark] {
        var remarks: [Remark] = []
        if header["alg"]?.stringValue?.lowercased() == "none" || parts[2].isEmpty { remarks.append(.unsigned) }
        let repeated = claims.repeatedNames + header.repeatedNames
        if !repeated.isEmpty { remarks.append(.repeated(repeated.prefix(8).map { $0.bounded(to: Limits.nameLength) })) }
        if parts.contains(where: { $0.contains(where: \.isLooseBase64) }) { remarks.append(.looselyEncoded) }
        let sources = ["jku", "x5u", "jwk"].filter { header[$0] != nil }
        if !sources.isEmpty { remarks.append(.namesKeySource(sources)) }
        switch claims["exp"] {
        case .number(let number)? where number.doubleValue >= 1e11 && number.doubleValue < 1e14:
            remarks.append(.expiryInMilliseconds)
        case .number(let number)? where ExpiryTime.date(epochSeconds: number.doubleValue) != nil: break
        case .string?: remarks.append(.expiryNotNumber)
        default: remarks.append(.noExpiry)
        }
        if claims["aud"]?.arrayValue.map({ $0.count > 1 }) == true { remarks.append(.severalAudiences) }
        return remarks
    }
}

extension JSONObject {
    /// Names that are there more than once, each once, in their order.
    fileprivate var repeatedNames: [String] {
        var seen: Set<String> = []
        var repeated: [String] = []
        for member in members where !seen.insert(member.name).inserted && !repeated.contains(member.name) {
            repeated.append(member.name)
        }
        return repeated
    }
}

extension UInt8 {
    fileprivate var isBase64: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: isLooseBase64
        }
    }

    /// Of plain base64, not of the letters a token is written in.
    fileprivate var isLooseBase64: Bool { [UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "=")].contains(self) }
}
