import AzureCore
import Testing

@Suite struct SecretStorageTests {
    @Test func nothingButTheWaysOutShowsIt() {
        let secret = Secret("s3cret")
        #expect("\(secret)" == Secret.mask && String(reflecting: secret) == Secret.mask)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("s3cret") && dumped.contains(Secret.mask))
        #expect(secret.reveal() == "s3cret" && secret.withText(\.count) == 6)
    }

    @Test func equalTextsAreEqualSecrets() {
        #expect(Secret("a") == Secret("a") && Secret("a") != Secret("b") && Secret("") == Secret(""))
        #expect(Set([Secret("a"), Secret("a"), Secret("b")]).count == 2)
        #expect(Secret("").isEmpty && !Secret("ä").isEmpty && Secret("ä").reveal() == "ä")
    }

    @Test func wipedBytesAreZero() {
        let storage = SecretStorage("s3cret")
        #expect(storage.text == "s3cret" && storage.count == 6)
        storage.wipe()
        #expect(storage.text == "\0\0\0\0\0\0")
    }
}
