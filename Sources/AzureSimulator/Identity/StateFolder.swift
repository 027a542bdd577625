import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What outlives a run: the certificate authority, the secrets, the ports, and when the world began.
struct SimulatorState: Codable, Sendable {
    /// The moment the world's own history is anchored to, so that a restarted simulator tells the same story.
    var bornAt: Date
    var certificates: CertificateAuthority
    /// The secret of the one registered application.
    var clientSecret: String
    /// What endpoint keys are derived from.
    var keySeed: [UInt8]
    /// The signing key of tokens, once one was needed.
    var tokenKeyPEM: String?
    /// The certificate of the application, once one was wanted.
    var clientKeys: ClientKeys.Made?
    /// The four ports in the order of `OriginName`, once bound.
    var ports: [Int]

    init(now: Date) throws {
        var random = SystemRandomNumberGenerator()
        bornAt = now
        certificates = try CertificateAuthority()
        clientSecret = Self.secret(length: 40, &random)
        keySeed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        ports = []
    }

    private static func secret(length: Int, _ random: inout SystemRandomNumberGenerator) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~-_.")
        let letters = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
        return String(letters)
    }
}

/// The folder the state lives in; private (0700), its files too (0600).
struct StateFolder: Sendable {
    let path: String
    private let isTemporary: Bool

    /// The certificate to trust: the value of `SSL_CERT_FILE`.
    var authorityPath: String { path + "/ca.pem" }
    /// What became of endpoints' keys, and what was done through Resource Manager.
    var keysPath: String { path + "/keys.jsonl" }
    var activityPath: String { path + "/activity.jsonl" }
    private var statePath: String { path + "/simulator.json" }
    /// Certificate and key of the application: the value of `AZURE_CLIENT_CERTIFICATE_PATH`.
    var clientPEMPath: String { path + "/client.pem" }
    var clientPFXPath: String { path + "/client.pfx" }
    /// What a cluster says of the workload: the value of `AZURE_FEDERATED_TOKEN_FILE`.
    var federatedTokenPath: String { path + "/federated-token" }

    /// - Parameter path: `nil` makes a private temporary folder.
    /// - Throws: `SimulatorError` with the path that could not be used.
    init(path: String?) throws(SimulatorError) {
        let files = FileManager.default
        isTemporary = path == nil
        self.path = path ?? "\(files.temporaryDirectory.path)/amltop-simulator-\(UUID().uuidString.lowercased())"
        do {
            try files.createDirectory(
                atPath: self.path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw SimulatorError(.state(path: self.path))
        }
    }

    /// The state of an earlier run, or a new one.
    func load(now: Date) throws(SimulatorError) -> SimulatorState {
        if FileManager.default.fileExists(atPath: statePath) {
            guard let data = FileManager.default.contents(atPath: statePath),
                var state = try? JSONDecoder().decode(SimulatorState.self, from: data)
            else { throw SimulatorError(.state(path: statePath)) }
            if state.certificates.expiresAt < Date() + 86_400 { state.certificates = try makeCertificates() }
            return state
        }
        do {
            return try SimulatorState(now: now)
        } catch {
            throw SimulatorError(.certificates)
        }
    }

    func save(_ state: SimulatorState) throws(SimulatorError) {
        try write(Data(state.certificates.authorityPEM.utf8), to: authorityPath)
        guard let data = try? JSONEncoder().encode(state) else { throw SimulatorError(.state(path: statePath)) }
        try write(data, to: statePath)
    }

    func removeIfTemporary() {
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }

    private func makeCertificates() throws(SimulatorError) -> CertificateAuthority {
        do {
            return try CertificateAuthority()
        } catch {
            throw SimulatorError(.certificates)
        }
    }

    /// Creates the file beside its place with its final mode and moves it there, so that it is never half there or open
    /// to others.
    func write(_ data: Data, to path: String) throws(SimulatorError) {
        let files = FileManager.default
        let beside = path + ".new"
        try? files.removeItem(atPath: beside)
        guard files.createFile(atPath: beside, contents: data, attributes: [.posixPermissions: 0o600]),
            rename(beside, path) == 0
        else { throw SimulatorError(.state(path: path)) }
    }
}
