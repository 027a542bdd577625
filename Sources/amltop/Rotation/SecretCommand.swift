import AzureCore
import Subprocess

/// A command line of the person's that is given a secret on its standard input, and nowhere else.
struct SecretCommand {
    var line: String
    var environment: [String: String]

    /// Variables that hold secrets of ours, or open the door to one.
    private static let secretVariables: Set<String> = [
        "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "IDENTITY_HEADER", "MSI_SECRET",
    ]

    /// The environment without what is none of the command's business.
    static func scrubbed(_ environment: [String: String]) -> [String: String] {
        environment.filter { !secretVariables.contains($0.key) && !$0.key.hasPrefix("AMLTOP_") }
    }

    /// Runs it to its end; whether it took the secret and was content.
    ///
    /// Its output goes nowhere: it could repeat what it read.
    func take(_ secret: Secret) async -> Bool {
        var options = PlatformOptions()
        options.createSession = true
        let variables = Self.scrubbed(environment).map { (Environment.Key(stringLiteral: $0), $1) }
        do {
            let result = try await Subprocess.run(
                .name("sh"),
                arguments: Arguments(["-c", line]),
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                platformOptions: options,
                input: .string(secret.reveal()),
                output: .discarded,
                error: .discarded
            )
            return result.terminationStatus == .exited(0)
        } catch {
            return false
        }
    }
}
