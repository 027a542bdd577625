import ArgumentParser
import AzureSimulator
import Dashboard
import Glibc

/// The simulator alone, for scripts, tests and the official SDKs.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: text(.commandSimulate),
        discussion: text(.commandSimulateDiscussion)
    )

    @Option(help: ArgumentHelp(text(.optionPort)))
    var port = 0

    @Option(help: ArgumentHelp(text(.optionState), valueName: "dir"), completion: .directory)
    var state: String?

    @Option(help: ArgumentHelp(text(.optionWriteEnv), valueName: "file"), completion: .file())
    var writeEnv: String?

    @Option(
        help: ArgumentHelp(
            Catalogue.chosen.text(
                .optionSignIn,
                ["names": SignInMethod.allCases.map(\.rawValue).joined(separator: ", ")]
            ),
            valueName: "way"
        ),
        completion: .list(SignInMethod.allCases.map(\.rawValue)),
        transform: { word in
            guard let method = SignInMethod(rawValue: word) else { throw SimulatorError(.optionOutOfRange("sign-in")) }
            return method
        }
    )
    var signIn = SignInMethod.secret

    @OptionGroup var flags: SimulatorFlags
    @OptionGroup var globals: GlobalOptions

    func run() throws {
        let signals = SignalWait([SIGINT, SIGTERM, SIGHUP])
        do {
            let simulator = try Simulator(options: flags.options(port: port, stateDirectory: state, signIn: signIn))
            try runBlocking { try await simulator.start() }
            try announce(simulator)
            let number = signals.wait()
            waitBriefly { await simulator.stop() }
            if let writeEnv { unlink(writeEnv) }
            if number == SIGINT { Glibc.exit(130) }
        } catch let error as SimulatorError {
            throw CommandFailure(error)
        }
    }

    /// The export lines: to the file, whole and private, or to stdout.
    private func announce(_ simulator: Simulator) throws {
        let lines = Simulator.exportLines(simulator.environment)
        guard let writeEnv else {
            writeToStandardOutput(lines)
            return
        }
        do {
            try PrivateFile.write(lines, to: writeEnv)
        } catch {
            let reason = String(cString: strerror(error.number))
            throw CommandFailure(
                Catalogue.chosen.text(.errorWriteFile, ["path": writeEnv, "reason": reason]),
                .failed
            )
        }
        guard !GlobalFlags.ofProcess.showsOnlyErrors else { return }
        writeToStandardError(Catalogue.chosen.text(.simulateReady, ["path": writeEnv]) + "\n")
    }
}

extension CommandFailure {
    init(_ error: SimulatorError) {
        let texts = Catalogue.chosen
        switch error.kind {
        case .unknownScenario(let name), .unreadableScenario(let name):
            self.init(texts.text(.errorScenario, ["name": name]), .usage)
        case .optionOutOfRange(let name): self.init(texts.text(.errorOption, ["name": name]), .usage)
        case .state(let path): self.init(texts.text(.errorState, ["path": path]), .failed)
        case .port(let port): self.init(texts.text(.errorPort, ["port": "\(port)"]), .failed)
        case .certificates: self.init(texts[.errorCertificates], .failed)
        }
    }
}
