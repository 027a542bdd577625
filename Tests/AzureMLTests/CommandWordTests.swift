import AzureML
import Testing

@Suite struct CommandWordTests {
    @Test(arguments: ["my-endpoint", "a", "7b", "v1_2-x"])
    func aNameOfAzureStandsAsItIs(_ name: String) {
        #expect(CommandWord.name(name) == name)
    }

    @Test(arguments: [nil, "", "-rf", "_x", "a b", "$(x)", "a;b", "a'b", "한", "a\u{202E}", "a\n"])
    func anythingElseDoesNotGetIntoACommand(_ name: String?) {
        #expect(CommandWord.name(name) == "NAME")
        #expect(CommandWord.name(name, orElse: "DEPLOYMENT") == "DEPLOYMENT")
    }
}
