import Crypto
import FoundationEssentials

/// The keys of endpoints: derived, so that they need no storing, from the secret of the state folder.
struct EndpointCredentials: Sendable {
    enum Slot: String, Codable, CaseIterable, Sendable { case primary, secondary }

    private let seed: SymmetricKey

    init(seed: [UInt8]) {
        self.seed = SymmetricKey(data: seed)
    }

    /// 43 letters and digits: the key of the beginning, or the one that an operation made.
    func key(_ slot: Slot, of endpoint: SimulatedEndpoint, madeBy operationID: String? = nil) -> String {
        let maker = operationID.map { "/\($0)" } ?? ""
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(endpoint.name.lowercased())/\(slot.rawValue)\(maker)".utf8),
            using: seed
        )
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        let more = SHA256.hash(data: Data(code))
        return String((Array(code) + Array(more)).prefix(43).map { alphabet[Int($0) % alphabet.count] })
    }
}
