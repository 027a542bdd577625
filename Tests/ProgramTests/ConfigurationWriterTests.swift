import AzureML
import Dashboard
import FoundationEssentials
import Testing

@testable import amltop

@Suite struct ConfigurationWriterTests {
    private let address = WorkspaceAddress(subscriptionID: "s9", resourceGroup: "RG-ML", name: "ws-new")
    private let writer = ConfigurationWriter(path: "config.yaml")

    private func configuration(_ text: String) throws -> Configuration { try Configuration(yaml: text, path: "c") }

    @Test(arguments: [
        "", "\n", "language: ko\n", "contexts: []\nlanguage: ko\n",
        "# mine\ncontexts:\n  - name: a\n    subscription: s\n    resource_group: g\n    workspace: w\n",
        "contexts:\n- name: a\n  subscription: s\n  resource_group: g\n  workspace: w\n\n# limits\nthresholds:\n  silence: 1h\n",
        "current: a\ncontexts:\n    - {name: a, subscription: s, resource_group: g, workspace: w}\ntime: utc",
        "time: utc\nunheard: of\n",
    ])
    func theContextIsAddedAndTheRestStays(_ old: String) throws {
        let before = try configuration(old)
        let text = try writer.text(adding: address, as: "ws-new", to: old)
        let after = try configuration(text)
        #expect(after.contexts.dropLast() == before.contexts[...] && after.contexts.last?.address.id == address.id)
        #expect(after.current == before.current ?? "ws-new")
        #expect(
            after.language == before.language && after.thresholds == before.thresholds
                && after.usesUTC == before.usesUTC
        )
        for line in old.split(separator: "\n") where !line.hasPrefix("contexts:") { #expect(text.contains(line)) }
    }

    @Test(arguments: ["it's: odd", "#x", "- y", "true?", "한글", "a b", "{}"])
    func namesThatMeanSomethingToYAMLAreQuoted(_ name: String) throws {
        var address = address
        address.name = name
        let text = try writer.text(adding: address, as: name, to: "")
        #expect(try configuration(text).contexts.map(\.workspace) == [name])
        #expect(try configuration(text).current == name)
    }

    @Test func whatIsThereIsNotOverwritten() throws {
        let old = "contexts:\n  - {name: ws-new, subscription: s, resource_group: g, workspace: w}\n"
        #expect(throws: ConfigurationWriter.Failure.alreadyThere("ws-new")) {
            try writer.text(adding: address, as: "ws-new", to: old)
        }
        let same = "contexts:\n  - {name: a, subscription: S9, resource_group: rg-ml, workspace: WS-new}\n"
        #expect(throws: ConfigurationWriter.Failure.alreadyThere("a")) {
            try writer.text(adding: address, as: "b", to: same)
        }
    }

    @Test(arguments: ["contexts: [{name: a, subscription: s, resource_group: g, workspace: w}]\n"])
    func aFormThatCannotBeAddedToIsLeftAlone(_ old: String) {
        #expect(throws: ConfigurationWriter.Failure.unusualForm) {
            try writer.text(adding: address, as: "ws-new", to: old)
        }
    }

    @Test func aFileWithAMistakeIsLeftAlone() {
        #expect(throws: ConfigurationWriter.Failure.self) {
            try writer.text(adding: address, as: "ws-new", to: "language: fr\n")
        }
    }

    @Test func theFileIsMadeForItsOwnerAloneAndKeepsItsModeAndItsLink() throws {
        let folder = "/tmp/amltop-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/deep/config.yaml"
        try ConfigurationWriter(path: path).add(address, as: "one")
        #expect(try mode(path) == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let link = folder + "/link.yaml"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        var other = address
        other.name = "other"
        try ConfigurationWriter(path: link).add(other, as: "two")
        #expect(try mode(path) == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
        #expect(try Configuration(file: path).contexts.map(\.name) == ["one", "two"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/deep") == ["config.yaml"])
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
