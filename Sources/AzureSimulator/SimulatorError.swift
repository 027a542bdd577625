/// Why a simulator could not be made or started.
public struct SimulatorError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// No such file below `Resources/scenarios`.
        case unknownScenario(String)
        /// The scenario is there but is not what it should be.
        case unreadableScenario(String)
        /// An option is outside its range; its name as in `SimulatorOptions`.
        case optionOutOfRange(String)
        /// A file of the state folder could not be read or written.
        case state(path: String)
        /// A port could not be bound on the loopback interface.
        case port(Int)
        /// The certificates could not be made.
        case certificates
    }

    public let kind: Kind

    public init(_ kind: Kind) {
        self.kind = kind
    }
}
