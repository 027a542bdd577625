import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Looks at a certificate that was not accepted, because the TLS library does not say why it was not.
///
/// Connects once more, takes the dates of the certificate and breaks off: nothing is sent.
final class CertificateInspection: Sendable {
    private static let patience = TimeAmount.seconds(2)

    private let url: HTTPURL
    private let validity = Mutex<ClosedRange<Int>?>(nil)

    private init(_ url: HTTPURL) {
        self.url = url
    }

    /// `.expired` where the server's own certificate is outside its dates, `.unknownAuthority` otherwise.
    static func problem(
        ofServerAt url: HTTPURL,
        using group: any EventLoopGroup
    ) async -> AzureError.CertificateProblem {
        let inspection = CertificateInspection(url)
        await inspection.look(using: group)
        let now = Int(Date().timeIntervalSince1970)
        let validity = inspection.validity.withLock { $0 }
        return validity.map { $0.contains(now) } ?? true ? .unknownAuthority : .expired
    }

    private func look(using group: any EventLoopGroup) async {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(Self.patience).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let context = try NIOSSLContext(configuration: .makeClientConfiguration())
                // The name only chooses the certificate where a server has several.
                let name = self.url.host.contains { $0.isLetter } ? self.url.host : nil
                let handler = try NIOSSLClientHandler(context: context, serverHostname: name) {
                    (chain: [NIOSSLCertificate], verdict: EventLoopPromise<NIOSSLVerificationResult>) in
                    self.note(chain.first)
                    verdict.succeed(.failed)
                }
                try channel.pipeline.syncOperations.addHandlers([handler, FirstErrorHandler()])
                channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
            }
        }
        guard let channel = try? await bootstrap.connect(host: url.host, port: url.port ?? 443).get() else { return }
        try? await channel.closeFuture.get()
    }

    private func note(_ certificate: NIOSSLCertificate?) {
        guard let certificate, certificate.notValidBefore <= certificate.notValidAfter else { return }
        validity.withLock { $0 = Int(certificate.notValidBefore)...Int(certificate.notValidAfter) }
    }
}

/// Closes the connection with the first error: the one that ends the inspection.
private final class FirstErrorHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
