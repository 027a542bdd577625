import ArgumentParser
import AzureCore
import AzureML

/// A command that asks Azure something and prints the answer.
protocol AzureCommand: ParsableCommand {
    associatedtype Outcome: Sendable
    var workspace: WorkspaceOptions { get }
    /// Whether the question is about a workspace, which then has to be named.
    var needsWorkspace: Bool { get }
    /// - Throws: `AzureError`.
    var question: @Sendable (LiveAzure) async throws -> Outcome { get }
    /// - Throws: `CommandFailure`.
    func print(_ outcome: Outcome) throws
}

extension AzureCommand {
    var needsWorkspace: Bool { true }

    func run() throws {
        do {
            let invocation = try Invocation.ofProcess()
            let settings = try invocation.resolver.settings(workspace, needsWorkspace: needsWorkspace)
            let logger = try ProgramLog.logger(invocation)
            let question = question
            let outcome = try runBlocking {
                let azure = LiveAzure(logger: logger) { settings }
                do {
                    let outcome = try await question(azure)
                    await azure.shutdown()
                    return outcome
                } catch {
                    await azure.shutdown()
                    throw error
                }
            }
            try print(outcome)
        } catch {
            throw try CommandFailure(wrapping: error)
        }
    }
}

extension CommandFailure {
    /// Words for whatever a command may throw; what is none of ours is left to the parser.
    init(wrapping error: any Error) throws {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as AzureError: self.init(error)
        case let error as ConfigurationError: self.init(error)
        case let problem as SettingsResolver.Problem: self.init(problem)
        default: throw error
        }
    }
}
