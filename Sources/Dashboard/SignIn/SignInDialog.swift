package import AzureCore

/// Who can sign in, why nobody has, and the two ways to do it from here.
package struct SignInDialog: Equatable, Sendable {
    /// How far it has come.
    package enum Stage: Equatable, Sendable {
        /// Which way is still to be chosen.
        case choosing
        /// A code was asked for.
        case asking
        /// Somebody has to enter it elsewhere.
        case waiting(DeviceCode)
        /// It did not work.
        case failed(AzureError)
        /// `az login` came to a bad end; nil where there is no such program.
        case azureCLIFailed(status: Int32?)
    }

    package var stage = Stage.choosing
    /// What became of each credential of the chain.
    package var verdicts: [CredentialVerdict] = []
    /// The first line that is shown, where not all fit.
    package var offset = 0

    /// Whether a code is out, or about to be.
    var isUnderWay: Bool {
        switch stage {
        case .asking, .waiting: true
        case .choosing, .failed, .azureCLIFailed: false
        }
    }
}

/// What signing in asks the world to do.
package enum SignInEffect: Equatable, Sendable {
    /// Says what became of each credential.
    case explain
    case beginDeviceCode
    case cancelDeviceCode
    /// Hands the terminal to `az login`.
    case runAzureCLI
}

/// What comes back from it.
package enum SignInEvent: Equatable, Sendable {
    case explained([CredentialVerdict])
    case code(DeviceCode)
    case signedIn
    case failed(AzureError)
    /// With the program's exit code; nil where there is no such program.
    case azureCLIEnded(status: Int32?)
}
