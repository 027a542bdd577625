import ArgumentParser
import AzureSimulator
import Dashboard

/// What a simulated Azure is made of, as flags of `simulate` and `demo`.
struct SimulatorFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            Catalogue.chosen.text(
                .optionScenario,
                ["names": SimulatorOptions.scenarios.joined(separator: ", ")]
            )
        ),
        completion: .list(SimulatorOptions.scenarios)
    )
    var scenario = "steady"

    @Option(help: ArgumentHelp(text(.optionSeed)))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(text(.optionEndpoints)))
    var endpoints: Int?

    @Option(help: ArgumentHelp(text(.optionDeployments)))
    var deployments: Int?

    @Option(help: ArgumentHelp(text(.optionRows)))
    var rows: Int?

    @Option(help: ArgumentHelp(text(.optionLatency), valueName: "ms"))
    var latency = 0

    @Option(help: ArgumentHelp(text(.optionOperationSeconds), valueName: "s"))
    var operationSeconds = 180

    @Option(help: ArgumentHelp(text(.optionTokenSeconds), valueName: "s"))
    var tokenSeconds: Int?

    @Option(help: ArgumentHelp(text(.optionKeyGraceSeconds), valueName: "s"))
    var keyGraceSeconds = 0

    @Option(help: ArgumentHelp(text(.optionPrincipal)))
    var principal = PrincipalName.owner

    @Option(help: ArgumentHelp(text(.optionPageSize)))
    var pageSize = 20

    func options(port: Int, stateDirectory: String?, signIn: SignInMethod = .secret) -> SimulatorOptions {
        SimulatorOptions(
            scenario: scenario,
            seed: seed,
            port: port,
            stateDirectory: stateDirectory,
            endpointCount: endpoints,
            deploymentsPerEndpoint: deployments,
            rowsInLastHour: rows,
            latencyMilliseconds: latency,
            operationSeconds: operationSeconds,
            tokenSeconds: tokenSeconds,
            keyGraceSeconds: keyGraceSeconds,
            principal: principal.principal,
            pageSize: pageSize,
            signIn: signIn
        )
    }
}

/// The principals of the simulator as words of the command line.
enum PrincipalName: String, ExpressibleByArgument, CaseIterable {
    case owner, reader, scorer

    var principal: SimulatorPrincipal {
        switch self {
        case .owner: .owner
        case .reader: .reader
        case .scorer: .scorer
        }
    }
}
