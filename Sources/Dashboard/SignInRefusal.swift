import AzureCore

/// What Microsoft Entra's number for a refused sign-in means, and what to do about it.
struct SignInRefusal {
    let why: TextKey
    let next: TextKey

    /// Nil for a number of which there is nothing to say beyond what the service says itself.
    init?(_ error: AzureError) {
        guard let code = error.code, let found = Self.meaning(of: code) else { return nil }
        (why, next) = found
    }

    private static func meaning(of code: String) -> (TextKey, TextKey)? {
        switch code {
        case "AADSTS7000215": (.errorWhySignInSecret, .errorNextSignInSecret)
        case "AADSTS7000222": (.errorWhySignInSecretExpired, .errorNextSignInSecretExpired)
        case "AADSTS700016": (.errorWhySignInApp, .errorNextSignInApp)
        case "AADSTS90002": (.errorWhySignInTenant, .errorNextSignInTenant)
        case "AADSTS700027": (.errorWhySignInCertificate, .errorNextSignInCertificate)
        case "AADSTS700024": (.errorWhySignInAssertionTime, .errorNextSignInAssertionTime)
        case "AADSTS700211", "AADSTS700212", "AADSTS700213", "AADSTS70021":
            (.errorWhySignInFederation, .errorNextSignInFederation)
        case "AADSTS50076", "AADSTS50079": (.errorWhySignInMfa, .errorNextSignInMfa)
        case "AADSTS53003": (.errorWhySignInBlocked, .errorNextSignInBlocked)
        case "AADSTS65001": (.errorWhySignInConsent, .errorNextSignInConsent)
        case "AADSTS70008", "AADSTS700082", "AADSTS50173": (.errorWhySignInLapsed, .errorNextSignInLapsed)
        case "AADSTS500011", "AADSTS50001": (.errorWhySignInResource, .errorNextSignInResource)
        case "AADSTS90055": (.errorWhySignInTenantThrottled, .errorNextWait)
        case "insufficient_claims": (.errorWhySignInClaims, .errorNextSignInClaims)
        case "authorization_declined": (.errorWhySignInDeclined, .errorNextSignInDeclined)
        case "expired_token", "code_expired", "bad_verification_code":
            (.errorWhySignInCodeExpired, .errorNextSignInDeclined)
        default: nil
        }
    }
}

extension AzureError.FileProblem {
    var key: TextKey {
        switch self {
        case .notFound: .errorWhyFileNotFound
        case .forbidden: .errorWhyFileForbidden
        case .empty: .errorWhyFileEmpty
        case .notAFile: .errorWhyFileNotAFile
        case .tooLarge: .errorWhyFileTooLarge
        case .unexpectedContent: .errorWhyFileContent
        case .noCertificate: .errorWhyFileNoCertificate
        case .noPrivateKey: .errorWhyFileNoKey
        case .passwordMissing: .errorWhyFilePasswordMissing
        case .passwordWrong: .errorWhyFilePasswordWrong
        case .unsupportedKey: .errorWhyFileKey
        case .keyOfAnotherCertificate: .errorWhyFileOtherKey
        }
    }
}
