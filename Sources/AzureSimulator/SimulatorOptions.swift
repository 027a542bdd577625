/// What a simulated Azure is made of.
public struct SimulatorOptions: Sendable {
    public var port: Int

    public init(port: Int = 0) {
        self.port = port
    }
}
