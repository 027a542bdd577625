public import JSONValue

/// What can be read in a token without asking anybody: its form, its claims, and what is odd about it.
///
/// The signature is never checked, and the token itself is not kept. Values are bounded (`TokenInspection.Limits`), so
/// that a hostile token shows as what it is and costs nothing.
public struct TokenInspection: Hashable, Sendable {
    /// What kind of thing it is.
    public enum Form: Hashable, Sendable {
        /// Header, claims and a signature of that many bytes: a token of Microsoft Entra reads so (JWS).
        case signed(signatureBytes: Int)
        /// Five parts: only who has the key can read it (JWE).
        case encrypted
        /// One word without parts that can be read, as keys and the tokens of some services are.
        case opaque
        /// That many parts, where three are needed.
        case wrongPartCount(Int)
        case broken(Part, Damage)
        case empty
        /// More bytes than a token ever has.
        case tooLong(bytes: Int)
    }

    public enum Part: Hashable, Sendable {
        case header, claims, signature
    }

    /// Why a part cannot be read.
    public enum Damage: Error, Hashable, Sendable {
        /// A character that the encoding (base64url) does not have.
        case foreignCharacter
        /// A length that the encoding cannot have: the end is missing.
        case cut
        case notText
        case notJSON
        case notObject
        /// Nested deeper than anything sensible.
        case tooDeep
    }

    public var form: Form
    /// Bounded; empty where it cannot be read.
    public var header: JSONObject
    /// Bounded; empty where they cannot be read.
    public var claims: JSONObject
    public var facts: TokenFactSheet
    public var remarks: [Remark]
}

extension TokenInspection {
    /// What is worth a word about a token, apart from its claims.
    public enum Remark: Hashable, Sendable {
        /// `alg` is `none`, or there is no signature.
        case unsigned
        /// These claims are there more than once; the last of each counts here, the first may elsewhere.
        case repeated([String])
        /// Written with padding or the letters of plain base64; services refuse that.
        case looselyEncoded
        /// The header says where to fetch a key; nobody followed it.
        case namesKeySource([String])
        /// No expiry, or none that can be read.
        case noExpiry
        /// The expiry counts milliseconds, which no service takes.
        case expiryInMilliseconds
        case expiryNotNumber
        /// More than one audience.
        case severalAudiences
        /// Something was left out or cut because it was too long or too deep.
        case bounded
    }

    /// The bounds of what is kept of a token.
    public enum Limits {
        /// Bytes of a whole token; those of Microsoft Entra have a few thousand.
        public static let tokenBytes = 4 << 20
        /// Characters of a text.
        public static let textLength = 600
        /// Characters of a name.
        public static let nameLength = 80
        public static let memberCount = 120
        public static let elementCount = 60
        public static let depth = 6
    }
}
