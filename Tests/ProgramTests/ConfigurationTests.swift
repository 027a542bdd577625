import Dashboard
import TerminalUI
import Testing

@testable import amltop

@Suite struct ConfigurationTests {
    private func configuration(_ text: String) throws -> Configuration {
        try Configuration(yaml: text, path: "config.yaml")
    }

    @Test func everythingTheDocumentationNamesIsRead() throws {
        let configuration = try configuration(
            """
            current: prod
            contexts:
              - {name: prod, tenant: t, subscription: s, resource_group: g, workspace: w, cloud: AzureCloud, production: true, read_only: true, scoring: false, accent: red}
              - name: dev
                subscription: s2
                resource_group: g2
                workspace: w2
            thresholds:                      # warning, alert
              token_expiry: [10m, 2m]
              key_age: [90d, 180d]
              error_share: [2%, 0.1]
              p95: [250ms, 2s]
              silence: 1h
            language: ko
            theme: light
            time: utc
            log_window: 2h
            """
        )
        #expect(configuration.current == "prod" && configuration.contexts.count == 2)
        #expect(
            configuration.context(named: "prod")
                == WorkspaceContext(
                    name: "prod",
                    subscription: "s",
                    resourceGroup: "g",
                    workspace: "w",
                    tenant: "t",
                    cloud: "AzureCloud",
                    isProduction: true,
                    isReadOnly: true,
                    allowsScoring: false,
                    accent: .red
                )
        )
        #expect(configuration.context(named: "dev")?.isReadOnly == false)
        #expect(configuration.thresholds.tokenExpirySeconds == (600, 120))
        #expect(configuration.thresholds.keyAgeSeconds == (7_776_000, 15_552_000))
        #expect(configuration.thresholds.errorShare == (0.02, 0.1))
        #expect(configuration.thresholds.p95Milliseconds == (250, 2_000))
        #expect(configuration.thresholds.silenceSeconds == 3_600)
        #expect(configuration.language == .korean && configuration.theme == .light)
        #expect(configuration.usesUTC == true && configuration.logWindowSeconds == 7_200)
        #expect(configuration.unknownKeys.isEmpty)
    }

    @Test func anEmptyFileAndAMissingOneChangeNothing() throws {
        var plain = Configuration()
        plain.path = "config.yaml"
        #expect(try configuration("") == plain)
        #expect(try configuration("# nothing\n") == plain)
        plain.path = "/nowhere/config.yaml"
        #expect(try Configuration(file: "/nowhere/config.yaml") == plain)
    }

    @Test func unknownKeysAreNotedWithTheirLines() throws {
        let configuration = try configuration(
            "colour: blue\nthresholds:\n  p99: [1s, 2s]\ncontexts:\n- name: a\n  subscription: s\n  resource_group: g\n  workspace: w\n  secret: x\n"
        )
        #expect(
            configuration.unknownKeys == [
                .init(line: 1, field: "colour"), .init(line: 3, field: "thresholds.p99"),
                .init(line: 9, field: "contexts[1].secret"),
            ]
        )
    }

    @Test(arguments: [
        ("time: now", 1, "time", ConfigurationError.Problem.notOneOf(["local", "utc"])),
        ("language: fr", 1, "language", .notOneOf(["en", "ko"])),
        ("\ntheme: [dark]", 2, "theme", .notText),
        ("thresholds: fast", 1, "thresholds", .notMapping),
        ("thresholds:\n  p95: [1s]", 2, "thresholds.p95", .notPair),
        ("thresholds:\n  p95: [1s, soon]", 2, "thresholds.p95", .notSpan),
        ("thresholds:\n  p95: [2s, 1s]", 2, "thresholds.p95", .wrongOrder),
        ("thresholds:\n  token_expiry: [2m, 10m]", 2, "thresholds.token_expiry", .wrongOrder),
        ("thresholds:\n  error_share: [1%, 200%]", 2, "thresholds.error_share", .notShare),
        ("log_window: 1s", 1, "log_window", .outOfRange("5m–24h")),
        ("contexts: {}", 1, "contexts", .notList),
        ("contexts:\n- {name: a, subscription: s, workspace: w}", 2, "contexts[1].resource_group", .missing),
        ("contexts:\n- {name: a, read_only: maybe}", 2, "contexts[1].read_only", .notSwitch),
        ("current: prod", 1, "current", .unknownContext("prod")),
    ])
    func whatIsWrongIsNamedWithLineAndField(
        _ text: String,
        _ line: Int,
        _ field: String,
        _ problem: ConfigurationError.Problem
    ) {
        #expect(throws: ConfigurationError(path: "config.yaml", line: line, field: field, problem: problem)) {
            try configuration(text)
        }
    }

    @Test func aNameStandsOnce() {
        let entry = "- {name: a, subscription: s, resource_group: g, workspace: w}\n"
        let error = ConfigurationError(path: "config.yaml", line: 3, field: "contexts[2].name", problem: .repeatedName)
        #expect(throws: error) { try configuration("contexts:\n" + entry + entry) }
    }

    @Test func whatIsNoYAMLIsNamedWithItsLine() {
        let error = #expect(throws: ConfigurationError.self) { try configuration("language: en\ntheme: [dark\n") }
        #expect(error?.line == 3 || error?.line == 2)
        guard case .notYAML? = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        ("500ms", 0.5), ("90s", 90), ("15m", 900), ("15 min", 900), ("1.5h", 5_400), ("90d", 7_776_000), ("", nil),
        ("5", nil), ("m", nil), ("-5m", nil), ("5y", nil), ("1e3s", nil), ("1.2.3s", nil),
    ])
    func spansOfTime(_ text: String, _ seconds: Double?) {
        #expect(ConfigurationReader.span(text) == seconds)
    }

    @Test(arguments: [("1%", 0.01), ("0.5 %", 0.005), ("0.2", 0.2), ("101%", nil), ("x", nil), ("", nil), ("-1%", nil)])
    func shares(_ text: String, _ share: Double?) {
        #expect(ConfigurationReader.share(text) == share)
    }

    @Test func theFileIsBelowTheFolderOfConfigurations() {
        #expect(Configuration.path(in: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/amltop/config.yaml")
        #expect(Configuration.path(in: ["XDG_CONFIG_HOME": "", "HOME": "/h"]) == "/h/.config/amltop/config.yaml")
        #expect(Configuration.path(in: [:]) == nil)
    }
}
