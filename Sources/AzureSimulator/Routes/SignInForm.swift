/// The fields of a form to the token endpoint; of a repeated one the first.
struct SignInForm: Sendable {
    let exchange: Exchange
    private let fields: [String: String]

    init(_ exchange: Exchange) {
        self.exchange = exchange
        fields = Dictionary(
            PercentCoding.pairs(String(decoding: exchange.body, as: UTF8.self)).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// `nil` for one that is empty, too.
    subscript(name: String) -> String? {
        fields[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// - Throws: `SignInError` in Microsoft Entra's words where it is missing.
    func field(_ name: String) throws(SignInError) -> String {
        guard let value = self[name] else {
            throw SignInError(
                .invalidRequest,
                900_144,
                "The request body must contain the following parameter: '\(name)'.",
                exchange
            )
        }
        return value
    }

    /// - Throws: `SignInError` where the claims that are asked for make no sense.
    func demand() throws(SignInError) -> ClaimsDemand {
        guard let demand = ClaimsDemand(self["claims"]) else {
            throw SignInError(
                .invalidRequest,
                50_193,
                "The 'claims' parameter is not a valid JSON object.",
                exchange
            )
        }
        return demand
    }
}
