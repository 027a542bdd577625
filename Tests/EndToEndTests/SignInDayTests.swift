import FoundationEssentials
import Testing

/// Days on which nobody, or the wrong one, is signed in.
@Suite(.serialized) struct SignInDayTests {
    /// A folder with an `az` of its own, and nothing else on the path but the system's.
    private struct FakeCLI {
        let folder: String

        init(_ script: String?) throws {
            folder = FileManager.default.temporaryDirectory.path + "/az-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            guard let script else { return }
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: folder + "/az"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/az")
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static let withoutSecret = ["AZURE_CLIENT_ID": "", "AZURE_CLIENT_SECRET": "", "AZURE_TENANT_ID": ""]

    private static var troubles: [(script: String?, says: Regex<Substring>)] {
        [
            (nil, /no program az|az is not|az: not found|\baz\b/),
            (
                #"echo "ERROR: Please run 'az login' to setup account." >&2; exit 1"#,
                /not signed in|not logged in|az login/
            ),
            (#"printf '\033]0;owned\007\033[31m<html>garbage'"#, /no token|nothing here can sign in/),
            (#"printf 'boom \033[2J\n' >&2; exit 3"#, /boom|nothing here can sign in/),
        ]
    }

    @Test func anAzureCLIOfNoUseIsNamedAndAnotherOneHelpsByItself() async throws {
        for (script, says) in Self.troubles {
            let fake = try FakeCLI(script)
            defer { fake.remove() }
            let environment = Self.withoutSecret.merging(["PATH": fake.folder + ":/usr/bin:/bin"]) { $1 }
            let day = try await BadDay(environment: environment)
            try await day.terminal.wait(forText: "nothing here can sign in")
            try await day.terminal.wait(for: says)
            #expect(day.terminal.screen.text.contains("az login"), "\(day.terminal.screen.text)")
            #expect(!day.terminal.output.contains(7))
            try await day.quit()
        }
    }

    @Test func aTokenThatIsNoTokenIsRefusedAndSaidSo() async throws {
        let day = try await BadDay(environment: ["AMLTOP_ARM_TOKEN": "this is no token"])
        try await day.terminal.wait(forText: "the token was not accepted")
        try await day.terminal.wait(forText: "F5")
        try await day.quit()
    }

    @Test func aSignInThatGivesNoTokenIsTriedAgainByItself() async throws {
        let day = try await BadDay(["--token-seconds", "20"])
        try await day.begin()
        let body = #"{"token_type": "Bearer", "expires_in": 20, "access_token": "garbage"}"#
        try day.azure.order(#"{"kind": "status", "status": 200, "body": \#(body)}"#, on: "/oauth2/v2.0/token")
        try day.azure.order(#"{"kind": "revoke-tokens"}"#, on: BadDay.listPath, count: 1)
        day.refresh()
        try await day.waitForTrouble(/the token was not accepted/, key: "S signs in")
        try await day.recoverByItself()
        try await day.quit()
    }

    @Test func aSecretThatIsRevokedWhileTheDashboardIsOpen() async throws {
        let day = try await BadDay(["--token-seconds", "20"])
        try await day.begin()
        let body =
            #"{"error": "invalid_client", "error_description": "AADSTS7000222: The provided client secret keys for app are expired.", "error_codes": [7000222]}"#
        try day.azure.order(#"{"kind": "status", "status": 401, "body": \#(body)}"#, on: "/oauth2/v2.0/token")
        try day.azure.order(#"{"kind": "revoke-tokens"}"#, on: BadDay.listPath, count: 1)
        day.refresh()
        try await day.waitForTrouble(/the client secret has expired.*AADSTS7000222/, key: "S signs in")
        try await day.terminal.wait(for: /▲\d/)
        try await day.recoverByItself()
        try await day.quit()
    }
}
