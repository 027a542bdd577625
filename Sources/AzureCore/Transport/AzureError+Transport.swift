import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension AzureError {
    /// What a failure below HTTP means. The libraries' own texts hold paths of the machine they were built on, so none of
    /// them is passed on.
    init(transport error: any Error) {
        self = (error as? AzureError) ?? AzureError(Self.kind(of: error))
    }

    private static func kind(of error: any Error) -> Kind {
        switch error {
        case let error as NIOConnectionError: kind(ofConnecting: error)
        case let error as IOError: kind(ofErrno: error.errnoCode)
        case let error as HTTPClientError: kind(of: error)
        case let error as NIOSSLError: kind(of: error)
        case is NIOSSLExtraError: .untrustedCertificate(.nameMismatch)
        case let error as ChannelError: kind(of: error)
        case let error as HTTPParserError: error == .invalidEOFState ? .unreachable(.closedEarly) : .notHTTP
        default: .unreachable(.other)
        }
    }

    private static func kind(ofConnecting error: NIOConnectionError) -> Kind {
        guard let first = error.connectionErrors.first else { return .unreachable(.nameNotFound) }
        return kind(of: first.error)
    }

    private static func kind(ofErrno code: CInt) -> Kind {
        switch code {
        case ECONNREFUSED: .unreachable(.refused)
        case ECONNRESET, EPIPE, ECONNABORTED: .unreachable(.reset)
        case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, ENETDOWN, EHOSTDOWN: .unreachable(.noRoute)
        case ETIMEDOUT: .timedOut(after: .seconds(10))
        default: .unreachable(.other)
        }
    }

    private static func kind(of error: HTTPClientError) -> Kind {
        switch error {
        case .remoteConnectionClosed: .unreachable(.closedEarly)
        case .proxyAuthenticationRequired: .unreachable(.proxyNeedsSignIn)
        case .invalidProxyResponse: .unreachable(.refusedByProxy)
        case .connectTimeout, .tlsHandshakeTimeout, .readTimeout, .writeTimeout, .deadlineExceeded,
            .getConnectionFromPoolTimeout:
            .timedOut(after: .seconds(10))
        case .cancelled: .cancelled
        default: .unreachable(.other)
        }
    }

    private static func kind(of error: NIOSSLError) -> Kind {
        switch error {
        case .handshakeFailed(.sslError(let stack)):
            stack.contains { "\($0)".contains("CERTIFICATE_VERIFY_FAILED") }
                ? .untrustedCertificate(.unknownAuthority) : .unreachable(.other)
        case .handshakeFailed: .unreachable(.closedEarly)
        case .unableToValidateCertificate, .noCertificateToValidate: .untrustedCertificate(.other)
        case .uncleanShutdown: .unreachable(.closedEarly)
        default: .unreachable(.other)
        }
    }

    private static func kind(of error: ChannelError) -> Kind {
        switch error {
        case .connectTimeout: .timedOut(after: .seconds(10))
        case .eof, .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed: .unreachable(.closedEarly)
        default: .unreachable(.other)
        }
    }
}

extension AzureError.Kind {
    /// Somebody answers there, but not with HTTP.
    fileprivate static let notHTTP = AzureError.Kind.malformedAnswer(.notJSON(contentType: nil))
}
