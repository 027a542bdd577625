import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import Foundation
import Glibc
import History
import JSONValue

extension OnlineEndpointCommand {
    /// Makes a new key in one slot and proves what came of it: the rotation of the wizard, for scripts.
    struct RegenerateKeys: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "regenerate-keys",
            abstract: text(.commandOnlineEndpointRegenerateKeys)
        )

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionEndpointName)))
        var name: String

        @Option(name: .long, help: ArgumentHelp(text(.optionKeyType)))
        var keyType: KeyType

        @Option(name: .long, help: ArgumentHelp(text(.optionProbe), valueName: "file"), completion: .file())
        var probe: String?

        @Flag(name: [.customShort("y"), .long], help: ArgumentHelp(text(.optionYes)))
        var yes = false

        @Flag(name: .long, help: ArgumentHelp(text(.optionDryRun)))
        var dryRun = false

        @Flag(name: .long, help: ArgumentHelp(text(.optionNoWait)))
        var noWait = false

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        func run() throws {
            do {
                let invocation = try Invocation.ofProcess()
                let settings = try invocation.resolver.settings(workspace, needsWorkspace: true)
                let logger = try ProgramLog.logger(invocation)
                try checkUse(settings)
                let outcome = try runBlocking {
                    let azure = LiveAzure(logger: logger) { settings }
                    do {
                        let outcome = try await rotate(azure, invocation)
                        await azure.shutdown()
                        return outcome
                    } catch {
                        await azure.shutdown()
                        throw error
                    }
                }
                try finish(outcome)
            } catch {
                throw try CommandFailure(wrapping: error)
            }
        }

        /// The words of `--key-type`.
        enum KeyType: String, ExpressibleByArgument, CaseIterable {
            case primary, secondary

            var slot: KeySlot { self == .primary ? .primary : .secondary }
        }

        private enum Outcome: Sendable {
            case dryRun(JSONValue)
            case rotated(RotationCommandRun.Report)
        }

        private var payload: ProbePayload? { probe.map { .file(path: $0) } }

        /// What can be refused without asking anybody.
        private func checkUse(_ settings: AzureSettings) throws {
            if let probe {
                do {
                    _ = try PayloadFile(path: probe)
                } catch {
                    throw CommandFailure(Catalogue.chosen.text(.rotateBadPayload, ["path": probe]), .usage)
                }
            }
            guard !dryRun else { return }
            if settings.allowance.forbidsChanges(in: settings.workspace) {
                throw AzureError(.readOnly(method: "POST"), operation: .endpointRegenerateKeys)
            }
            guard yes || (isatty(0) == 1 && isatty(2) == 1) else {
                throw CommandFailure(text(.rotateNeedsYes), .usage)
            }
        }

        private func rotate(_ azure: LiveAzure, _ invocation: Invocation) async throws -> Outcome {
            let client = try await azure.client()
            let endpoint = try await client.onlineEndpoint(name)
            guard endpoint.authMode == .key else {
                let values = ["endpoint": endpoint.name, "mode": endpoint.authMode.cliValue]
                throw CommandFailure(Catalogue.chosen.text(.rotateNoKeys, values), .failed)
            }
            if dryRun {
                let request = RegenerateKeysRequest(endpoint: endpoint.id, slot: keyType.slot)
                return .dryRun(request.dryRun(client.connection.cloud.resourceManager))
            }
            let store = JournalStore(environment: invocation.environment)
            let desk = RotationDesk(
                azure: azure,
                history: store.history,
                claims: store.claims,
                environment: invocation.environment
            )
            let claims = try await client.connection.token(for: .resourceManager).claims
            let run = RotationCommandRun(
                endpoint: endpoint,
                slot: keyType.slot,
                payload: payload,
                isConfirmed: yes,
                isWaiting: !noWait,
                isQuiet: invocation.flags.showsOnlyErrors
            )
            let report = try await run.run(desk, await store.read(), who: claims?.identityLine ?? "?") { Date() }
            await store.history.close()
            return .rotated(report)
        }

        private func finish(_ outcome: Outcome) throws {
            switch outcome {
            case .dryRun(let json): try output.print(json, table: .object(json))
            case .rotated(let report):
                try output.print(report.json, table: .object(report.json))
                if let trouble = report.journalTrouble {
                    writeToStandardError("amltop: \(text(RotationWording.key(trouble)))\n")
                }
                let status = report.status(payload: payload)
                guard status != .done else { return }
                let wording = Catalogue.chosen.text(
                    RotationWording.key(report.rotation.outcome ?? .unknown),
                    RotationWording.values(report.rotation)
                )
                throw CommandFailure(
                    report.rotation.trouble.map { Wording(texts: .chosen).line($0) } ?? wording,
                    status
                )
            }
        }
    }
}

extension RequestAllowance {
    fileprivate func forbidsChanges(in workspace: WorkspaceAddress) -> Bool {
        isReadOnly || readOnlyResources.contains { $0 == workspace.id || workspace.id.isInside($0) }
    }
}
