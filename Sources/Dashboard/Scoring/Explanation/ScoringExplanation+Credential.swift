internal import AzureCore
internal import AzureML
internal import TerminalUI

/// Answers that are about the credential.
extension ScoringExplanation {
    /// 401: which of the reasons it can be, by what was sent.
    mutating func explainUnauthorized(_ answer: ScoringAnswer) {
        let hint = String(decoding: answer.body.prefix(200), as: UTF8.self)
        defer { add(.ruledOut, .meaningOutRouting) }
        if sent.credential == .none {
            add(.cause, .meaningNoCredential)
            return step(.tab, .stepCredential)
        }
        if !sent.credential.fits(sent.authMode) {
            add(.cause, .meaningWrongMode)
            return step(.tab, .stepCredential)
        }
        add(.ruledOut, .meaningOutMode)
        if hint.contains("key_auth_bad_header_forbidden") {
            add(.cause, .meaningBadHeader)
            return step(.function(9), .stepAgainRenewed)
        }
        if let left = sent.secondsLeft, left <= 0 {
            add(.cause, .meaningExpired)
            return step(.function(9), .stepAgainRenewed)
        }
        add(.ruledOut, sent.credentialExpiresAt != nil ? .meaningOutExpiry : .meaningOutNoExpiry)
        explainRefused()
    }

    /// Nothing is wrong with the credential that could be seen before sending.
    private mutating func explainRefused() {
        switch sent.credential {
        case .primary, .secondary:
            add(.cause, .meaningWrongKey)
            add(.note, .meaningKeySpreads)
            step(.function(9), .stepAgainRenewed)
            step(.tab, .stepOtherSlot)
        case .amlToken:
            add(.cause, .meaningTokenRefused)
            step(.function(9), .stepAgainRenewed)
        case .entra, .none:
            add(.cause, .meaningNoScoreAction)
            add(.ruledOut, .meaningOutAudience)
            step(roleAssignment, .stepRole)
        }
    }

    mutating func explainForbidden(_ answer: ScoringAnswer) {
        let hint = String(decoding: answer.body.prefix(200), as: UTF8.self)
        if hint.contains("Tenant mismatch") {
            add(.cause, .meaningTenant)
            return step("az login --tenant TENANT", .stepTenant)
        }
        if hint.contains("key_auth_bad_header_forbidden") {
            add(.cause, sent.credential == .none ? .meaningNoCredential : .meaningBadHeader)
            return step(.tab, .stepCredential)
        }
        if sent.isPublicAccessDisabled {
            add(.cause, .meaningPrivateOnly)
            return step("amltop online-endpoint show -n \(CommandWord.name(sent.endpoint))", .stepNetwork)
        }
        add(.cause, sent.credential == .entra ? .meaningNoScoreAction : .meaningForbidden)
        if let left = sent.secondsLeft, left > 0 { add(.ruledOut, .meaningOutExpiry) }
        if sent.credential == .entra {
            add(.ruledOut, .meaningOutAudience)
            step(roleAssignment, .stepRole)
        } else {
            step("amltop online-endpoint show -n \(CommandWord.name(sent.endpoint))", .stepNetwork)
        }
    }

    /// The line that gives the missing role, to whom it is missing and for this endpoint, as far as both are known.
    private var roleAssignment: String {
        let role = RoleAdvice.role(granting: Self.scoreAction) ?? "AzureML Data Scientist"
        let assignee = CommandWord.name(sent.callerObjectID, orElse: "OBJECT_ID")
        let scope = sent.endpointID.map { ShellWords.quoted($0.text) } ?? "ENDPOINT_ID"
        return "az role assignment create --role \"\(role)\" --assignee \(assignee) --scope \(scope)"
    }

    private static let scoreAction = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action"
}
