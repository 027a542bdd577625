@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

@Suite struct CatalogueTests {
    @Test(arguments: Language.allCases, TextKey.allCases)
    func everyKeyHasAText(_ language: Language, _ key: TextKey) {
        let text = Catalogue(language)[dynamic: key.rawValue]
        #expect(text?.isEmpty == false)
    }

    @Test(arguments: Language.allCases)
    func noTextIsWithoutAKey(_ language: Language) {
        let known = Set(TextKey.allCases.map(\.rawValue))
        let unknown = Catalogue(language).keys.filter { !known.contains($0) && !$0.hasPrefix("operation.") }
        #expect(unknown == [])
    }

    @Test(
        arguments: Language.allCases,
        [
            OperationName.cloudMetadata, .token, .workspaceShow, .endpointsList, .endpointShow, .endpointToken,
            .deploymentsList, .deploymentShow, .operationStatus, .diagnosticSettingsList, .logWorkspaceShow,
            .trafficLogQuery, .trafficAggregatesQuery, .endpointMetrics, .deploymentMetrics, .lastTraffic,
            .endpointKeys, .scoring, .subscriptionsList, .workspacesList, .workspacesQuery, .fleetQuery,
            .endpointSchema,
        ]
    )
    func everyOperationHasItsWords(_ language: Language, _ operation: OperationName) {
        #expect(Catalogue(language)[dynamic: "operation.\(operation.rawValue)"] != nil, "\(operation.rawValue)")
    }

    @Test func valuesAreFilledInAndUnknownOnesStay() {
        #expect(Catalogue.fill("{a} and {b} of {a}", ["a": "1", "b": "{a}"]) == "1 and {a} of 1")
        #expect(Catalogue.fill("{nobody} {", ["a": "1"]) == "{nobody} {")
        #expect(Catalogue.fill("", [:]) == "")
    }

    @Test(arguments: Language.allCases)
    func everyKeyThatIsUsedInAFooterIsInTheHelp(_ language: Language) {
        let state = Samples.state(Size(width: 120, height: 80))
        var walk = Walkthrough(state: state)
        walk.press(.character("?"))
        let frame = render(walk.state, texts: Catalogue(language))
        let shown = (0..<80).map { frame.text(ofRow: $0) }.joined(separator: "\n")
        for binding in KeyMap.standard.bindings {
            #expect(shown.contains(Catalogue(language)[binding.help]))
            for key in binding.keys { #expect(shown.contains(key.label), "\(key.label)") }
        }
    }

    @Test(arguments: Self.situations)
    func noKeyHasTwoMeanings(_ keys: [Key]) {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        for key in keys { walk.press(key) }
        let enabled = KeyMap.standard.bindings.filter { $0.isEnabled(walk.state) }.flatMap(\.keys)
        #expect(Set(enabled).count == enabled.count)
    }

    private static let situations: [[Key]] = [
        [], [.character("2")], [.character("4")], [.character("5")], [.character(" ")], [.character("?")], [.enter],
        [.enter, .tab], [.enter, .tab, .tab], [.enter, .tab, .character("/"), .character("a"), .enter],
        [.character("5"), .enter, .tab], [.character("/"), .character("a"), .enter],
    ]
}
