import ArgumentParser
import AzureCore
import AzureML

/// A command that asks Azure something and prints the answer.
protocol AzureCommand: ParsableCommand {
    associatedtype Outcome: Sendable
    var workspace: WorkspaceOptions { get }
    /// - Throws: `AzureError`.
    var question: @Sendable (MachineLearningClient) async throws -> Outcome { get }
    func print(_ outcome: Outcome)
}

extension AzureCommand {
    func run() throws {
        do {
            let variables = [String: String].process
            let settings = AzureSettings(variables: variables, workspace: try workspace.address(in: variables))
            let question = question
            let outcome = try runBlocking {
                let azure = LiveAzure { settings }
                do {
                    let outcome = try await question(try await azure.client())
                    await azure.shutdown()
                    return outcome
                } catch {
                    await azure.shutdown()
                    throw error
                }
            }
            print(outcome)
        } catch let error as AzureError {
            throw CommandFailure(error)
        }
    }
}
