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
    func print(_ outcome: Outcome)
}

extension AzureCommand {
    var needsWorkspace: Bool { true }

    func run() throws {
        do {
            let variables = [String: String].process
            let nowhere = WorkspaceAddress(subscriptionID: "", resourceGroup: "", name: "")
            let address = needsWorkspace ? try workspace.address(in: variables) : nowhere
            let settings = AzureSettings(variables: variables, workspace: address)
            let question = question
            let outcome = try runBlocking {
                let azure = LiveAzure { settings }
                do {
                    let outcome = try await question(azure)
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
