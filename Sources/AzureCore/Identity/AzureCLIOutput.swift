import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `az account get-access-token` prints, and what its ends mean.
enum AzureCLIOutput {
    /// Nil unless it is an object with a token in it.
    static func token(_ output: [UInt8]) -> AccessToken? {
        guard let answer = try? JSONValue.parse(output), let text = answer["accessToken"]?.stringValue, !text.isEmpty
        else { return nil }
        let claims = TokenClaims.decode(text)
        return AccessToken(secret: Secret(text), expiresAt: expiry(answer) ?? claims?.expiresAt, claims: claims)
    }

    /// Versions before 2.54 have only `expiresOn`, the clock on the wall.
    private static func expiry(_ answer: JSONValue) -> Date? {
        ExpiryTime.date(answer["expires_on"]) ?? ExpiryTime.date(answer["expiresOn"])
    }

    static func reason(for failure: ProgramRun.Failure) -> UnavailableCredential.Reason {
        switch failure {
        case .timedOut(let limit): .timedOut(after: limit)
        case .outputTooLong: .malformedOutput
        case .couldNotStart: .couldNotStart("az")
        }
    }

    /// Never called for a success. The CLI says `Please run 'az login' to setup account.`; where Microsoft Entra has
    /// something to say, that is the reason.
    static func reason(for end: ProgramRun.End) -> UnavailableCredential.Reason {
        if end.exitCode == 127 { return .programNotFound("az") }
        let message = redacted(String(decoding: end.errorOutput.prefix(4000), as: UTF8.self)).trimmingSpace
        let saysLogin = message.contains("az login") || message.contains("az account set")
        if saysLogin, !message.contains("AADSTS") { return .notLoggedIn }
        return .programFailed(exitCode: end.exitCode, message: message)
    }

    /// The text with what looks like a token in it covered.
    static func redacted(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: "\"accessToken\"") {
            result += rest[..<range.upperBound]
            rest = rest[range.upperBound...]
            guard let open = rest.firstIndex(of: "\"") else { break }
            let value = rest[rest.index(after: open)...]
            result += rest[...open] + "••••••••"
            rest = value[(value.firstIndex(of: "\"") ?? value.endIndex)...]
        }
        result += rest
        return result.split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.contains("eyJ") && $0.count > 40 ? "••••••••" : $0 }
            .joined(separator: " ")
    }
}
