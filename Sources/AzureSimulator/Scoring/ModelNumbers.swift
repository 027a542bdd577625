/// The numbers a model makes out of an input: always the same for the same input and deployment, and for two deployments of
/// one endpoint nearly the same.
struct ModelNumbers: Sendable {
    /// Drawn from for the endpoint, and for the deployment.
    let common: UInt64
    let own: UInt64

    /// By how much two deployments differ at most.
    private static let difference = 0.02

    /// 0 to 1, six decimals.
    func score(_ input: UInt64, _ position: Int = 0) -> Double {
        var base = SeededRandom(common, input, UInt64(position))
        var shift = SeededRandom(own, input, UInt64(position))
        let value = base.unit() + (shift.unit() - 0.5) * Self.difference
        return (min(1, max(0, value)) * 1_000_000).rounded() / 1_000_000
    }

    func score(_ input: JSON, _ position: Int = 0) -> JSON {
        .double(score(input.fingerprint, position))
    }
}

extension JSON {
    /// A number that follows from the value: whole numbers count the same however they are written.
    var fingerprint: UInt64 {
        switch self {
        case .null: return 1
        case .bool(let flag): return flag ? 3 : 2
        case .int(let number): return SeededRandom.mix(Double(number).bitPattern)
        case .double(let number): return SeededRandom.mix(number.bitPattern)
        case .string(let text): return UInt64(name: text)
        case .array(let items):
            return items.reduce(5) { SeededRandom.mix($0 &* 31 &+ $1.fingerprint) }
        case .object(let members):
            // In whatever order they come.
            return members.reduce(7) { $0 &+ SeededRandom.mix(UInt64(name: $1.key) ^ $1.value.fingerprint) }
        }
    }
}
