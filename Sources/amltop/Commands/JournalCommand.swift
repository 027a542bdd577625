import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import Foundation
import History
import JSONValue

/// `amltop journal`: what was done to credentials from here.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: text(.commandJournal),
        subcommands: [List.self, Export.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: text(.commandJournalList))

        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        func run() throws {
            let entries = try JournalCommand.read().entries
            try output.print(
                .array(entries.map(\.json)),
                table: TextTable(
                    titles: [
                        text(.columnTime), text(.columnName), text(.journalColumnSlot), text(.journalColumnEvent),
                        text(.journalColumnState), text(.journalColumnWho),
                    ],
                    rows: entries.map { entry in
                        [
                            Format.dateTime(entry.at, in: .local(at: entry.at)), entry.endpoint.name,
                            entry.slot.rawValue, entry.event.rawValue,
                            [entry.outcome?.state, entry.outcome?.reason].compactMap(\.self).joined(separator: " "),
                            entry.who,
                        ]
                    }
                )
            )
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: text(.commandJournalExport)
        )

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case json, markdown
        }

        @Option(name: .long, help: ArgumentHelp(text(.optionJournalFormat)))
        var format: Format = .json

        @OptionGroup var globals: GlobalOptions

        func run() throws {
            let entries = try JournalCommand.read().entries
            switch format {
            case .json: writeToStandardOutput(JournalExport.json(entries))
            case .markdown:
                writeToStandardOutput(JournalExport(texts: .chosen, zone: { .local(at: $0) }).markdown(entries))
            }
        }
    }

    /// The journal; what is wrong with it is told, and what can be read is given all the same.
    private static func read() throws -> JournalReading {
        do {
            let invocation = try Invocation.ofProcess()
            let store = JournalStore(environment: invocation.environment)
            let reading = try runBlocking {
                let reading = await store.read()
                await store.history.close()
                return reading
            }
            if let trouble = reading.trouble {
                writeToStandardError("amltop: \(text(RotationWording.key(trouble)))\n")
            }
            return reading
        } catch {
            throw try CommandFailure(wrapping: error)
        }
    }
}
