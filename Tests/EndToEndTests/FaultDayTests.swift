import Testing

/// Every trouble the simulator can make on demand, through the built program: what was known stays, dimmed and with its
/// age, the border says what is wrong and which key helps, and all is well again when Azure is.
@Suite(.serialized) struct FaultDayTests {
    private static let html = "<!doctype html><html><body>Please sign in to the guest network.</body></html>"

    /// A fault of the endpoints' list, and what the border says of it.
    private static var faults: [(fault: String, says: Regex<Substring>)] {
        [
            (#"{"kind": "status", "status": 401}"#, /the token was not accepted/),
            (#"{"kind": "status", "status": 403}"#, /not allowed/),
            (#"{"kind": "status", "status": 429}"#, /throttled \(TooManyRequests\)/),
            (#"{"kind": "status", "status": 429, "headers": {"Retry-After": "7"}}"#, /throttled, wait 7 s/),
            (#"{"kind": "status", "status": 500}"#, /Azure answered 500/),
            (#"{"kind": "status", "status": 503}"#, /Azure answered 503/),
            (#"{"kind": "status", "status": 502, "body": "\#(html)"}"#, /Azure answered 502/),
            (#"{"kind": "status", "status": 200, "body": "\#(html)"}"#, /answered with text\/html, not JSON/),
            (#"{"kind": "status", "status": 404}"#, /it does not exist|no such/),
            (#"{"kind": "reset"}"#, /cut the connection/),
            (#"{"kind": "half-body"}"#, /hung up before its answer was complete/),
            (#"{"kind": "malformed-json"}"#, /the answer broke off|not JSON/),
            (#"{"kind": "status", "status": 200, "body": "{}"}"#, /the answer lacks value/),
            (#"{"kind": "status", "status": 200, "body": ""}"#, /the answer was empty/),
        ]
    }

    @Test func everyWrongAnswerIsNamedAndPassesByItself() async throws {
        let day = try await BadDay()
        try await day.begin()
        for (fault, says) in Self.faults {
            try day.azure.order(fault, on: BadDay.listPath)
            day.refresh()
            // Who is not let in is asked to sign in; asking again helps with everything else.
            try await day.waitForTrouble(says, key: fault.contains("401") ? "S signs in" : "F5")
            try await day.recoverAtOnce()
        }
        // The last of all, and nobody touches a key afterwards.
        try day.azure.order(#"{"kind": "status", "status": 503}"#)
        day.refresh()
        try await day.waitForTrouble(/Azure answered 503/)
        try await day.recoverByItself()
        try await day.quit()
    }

    @Test func silenceIsNamedWhenItHasLastedAndTheOthersGoOn() async throws {
        let day = try await BadDay()
        try await day.begin()
        try day.azure.order(#"{"kind": "drop"}"#, on: BadDay.listPath)
        try day.azure.order(#"{"kind": "delay", "ms": 1500}"#, on: "/deployments", count: 1)
        day.refresh()
        // What is asked of other sources comes meanwhile.
        try await day.terminal.wait(for: "fresh deployments") {
            day.border(of: "2 Deployments").contains(/\b[0-3] s ago/) && day.border.contains(/1\d s ago/)
        }
        try await day.waitForTrouble(/no answer within 30 s/)
        try await day.recoverByItself()
        try await day.quit()
    }

    @Test func refusedAndLapsedTokensAreReplacedUnseen() async throws {
        let day = try await BadDay()
        try await day.begin()
        for kind in ["revoke-tokens", "expire-tokens"] {
            try day.azure.order(#"{"kind": "\#(kind)"}"#, count: 1)
            day.refresh()
            try await day.terminal.wait(for: "fresh endpoints") { day.border.contains(/\b[01] s ago/) }
            try await day.waitUntilCalm()
        }
        try await day.quit()
    }

    @Test func aClockThatIsAnHourOffIsSaidAndCountdownsStayRight() async throws {
        for (seconds, sign) in [(3_600, /\+3 ?(599|600|601) s off/), (-3_600, /-3 ?(599|600|601) s off/)] {
            let day = try await BadDay()
            try day.azure.order(#"{"kind": "clock-skew", "seconds": \#(seconds)}"#)
            try await day.terminal.wait(forText: BadDay.endpoint)
            try await day.terminal.wait(for: sign)
            try await day.terminal.wait(for: /control plane\s+management\S+[ █▉▊▋▌▍▎▏]+\s+(?:59:\d\d|1:00:0\d)/)
            #expect(!day.terminal.screen.text.contains("lapsed"))
            try day.azure.clearFaults()
            day.refresh()
            try await day.terminal.wait(forText: "clock in step")
            try await day.quit()
        }
    }

    @Test func aWorkspaceThatIsDeletedWhileItIsShownStays() async throws {
        let day = try await BadDay()
        try await day.begin()
        let body =
            #"{"error": {"code": "ResourceNotFound", "message": "The Resource 'Microsoft.MachineLearningServices/workspaces/x' under resource group 'y' was not found."}}"#
        try day.azure.order(#"{"kind": "status", "status": 404, "body": \#(body)}"#, on: "/workspaces/")
        day.refresh()
        try await day.waitForTrouble(/no such workspace/)
        try await day.recoverByItself()
        try await day.quit()
    }

    @Test func operationsThatStickOrFailDisturbNothing() async throws {
        let day = try await BadDay()
        try await day.begin()
        try day.azure.order(#"{"kind": "stuck-operation"}"#)
        try day.azure.order(#"{"kind": "fail-operation", "code": "OutOfQuota", "message": "Not enough quota."}"#)
        day.refresh()
        try await day.terminal.wait(for: "fresh endpoints") { day.border.contains(/\b[01] s ago/) }
        try await day.recoverByItself()
        try await day.quit()
    }
}
