import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One run of another program to its end: no shell, no input, no terminal, the root as its folder, a limit of time.
///
/// It gets a session of its own, so that what it starts in turn can be ended with it, and so that it cannot write to
/// our terminal.
struct ProgramRun {
    var path: String
    var arguments: [String]
    var environment: [String: String]
    var timeout: Duration
    var time: TimeSource

    private static let longestOutput = 256 << 10

    struct End: Sendable {
        /// Minus the number of the signal that ended it.
        var exitCode: Int
        var output: [UInt8]
        var errorOutput: [UInt8]

        var isSuccess: Bool { exitCode == 0 }
    }

    enum Failure: Error {
        case timedOut(after: Duration)
        case outputTooLong
        case couldNotStart
    }

    /// The environment for a program that is none of ours.
    static func withoutSecrets(_ environment: [String: String]) -> [String: String] {
        environment.filter { !secretVariables.contains($0.key) && !$0.key.hasPrefix("AMLTOP_") }
    }

    private static let secretVariables: Set<String> = [
        "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD",
    ]

    /// - Throws: `Failure`, `CancellationError`; the program has ended then too.
    func run() async throws -> End {
        try await withThrowingTaskGroup(of: End?.self) { group in
            group.addTask { try await runToEnd() }
            group.addTask {
                try await time.sleep(timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let end = first else {
                throw Failure.timedOut(after: timeout)
            }
            // A program that was ended because nobody waits any more ends like any other.
            try Task.checkCancellation()
            return end
        }
    }

    private func runToEnd() async throws -> End {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(50))
        ]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)),
                arguments: Arguments(arguments),
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
                ),
                workingDirectory: FilePath("/"),
                platformOptions: options,
                input: .none,
                output: .bytes(limit: Self.longestOutput),
                error: .bytes(limit: Self.longestOutput)
            )
            return End(
                exitCode: result.terminationStatus.number,
                output: result.standardOutput,
                errorOutput: result.standardError
            )
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw error.code == .outputLimitExceeded ? Failure.outputTooLong : Failure.couldNotStart
        }
    }
}

extension TerminationStatus {
    fileprivate var number: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): -Int(signal)
        }
    }
}
