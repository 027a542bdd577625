import ArgumentParser

@main
struct Amltop: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "amltop")
}
