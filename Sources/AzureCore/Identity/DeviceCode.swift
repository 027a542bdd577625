import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What somebody has to enter in a browser, and until when.
public struct DeviceCode: Hashable, Sendable {
    /// What is typed into the page, `A1B2C3D4` for example. No secret: it is worthless without somebody's own sign-in.
    public var userCode: String
    /// The page, `https://microsoft.com/devicelogin`.
    public var verificationURL: String
    /// By the clock of the caller.
    public var expiresAt: Date

    public init(userCode: String, verificationURL: String, expiresAt: Date) {
        self.userCode = userCode
        self.verificationURL = verificationURL
        self.expiresAt = expiresAt
    }
}

/// The code as the issuer gave it, with what the polling needs.
struct IssuedDeviceCode {
    let shown: DeviceCode
    let secret: Secret
    /// How long to wait between two questions.
    var intervalSeconds: Double

    /// - Throws: `AzureError` of kind `.malformedAnswer`: what goes on a screen and what is visited must look like it.
    init(_ answer: JSONValue, now: Date) throws(AzureError) {
        func text(_ field: String) throws(AzureError) -> String {
            guard let text = answer[field]?.stringValue, !text.isEmpty, text.utf8.count <= 8192 else {
                throw AzureError(.malformedAnswer(.unexpectedShape(field: field)))
            }
            return text
        }
        let code = try text("user_code")
        let isCode = code.utf8.count <= 32 && code.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isCode else { throw AzureError(.malformedAnswer(.unexpectedShape(field: "user_code"))) }
        let page = try answer["verification_uri"] == nil ? text("verification_url") : text("verification_uri")
        guard HTTPURL(page)?.isEncrypted == true else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "verification_uri")))
        }
        secret = Secret(try text("device_code"))
        intervalSeconds = min(max(ExpiryTime.lifeSeconds(answer["interval"]) ?? 5, 1), 60)
        let life = ExpiryTime.lifeSeconds(answer["expires_in"]) ?? 900
        shown = DeviceCode(userCode: code, verificationURL: page, expiresAt: now.addingTimeInterval(life))
    }
}
