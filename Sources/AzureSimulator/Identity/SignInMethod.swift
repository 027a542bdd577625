/// How the environment that the simulator hands out signs in.
public enum SignInMethod: String, Sendable, CaseIterable {
    /// An application with a secret.
    case secret
    /// The same application with a certificate and its key in a PEM file.
    case certificate
    /// The same certificate in a PFX file with a password.
    case pfx
    /// The same application vouched for by a cluster, whose token is in a file.
    case workload
    /// The identity of the machine, from the instance metadata service.
    case managed
}
