import NIOCore
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The connections that are open, so that stopping does not wait for clients.
final class OpenChannels: Sendable {
    private struct Entry {
        let channel: any Channel
        let hangUp: HangUp
    }
    private let channels = Mutex<[ObjectIdentifier: Entry]>([:])

    func note(_ channel: any Channel, _ hangUp: HangUp) {
        let id = ObjectIdentifier(channel)
        channels.withLock { $0[id] = Entry(channel: channel, hangUp: hangUp) }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.channels.withLock { $0[id] = nil }
        }
    }

    /// Of a channel that has closed meanwhile, one that nobody will ever hear of again.
    func hangUp(of channel: any Channel) -> HangUp {
        channels.withLock { $0[ObjectIdentifier(channel)]?.hangUp } ?? HangUp()
    }

    func closeAll() {
        for entry in channels.withLock({ Array($0.values) }) {
            _ = entry.channel.tearDownNow(withReset: true)
        }
    }
}

extension Channel {
    /// Ends the TCP connection below TLS, after what was written has left.
    func tearDown(withReset reset: Bool) async throws {
        try await eventLoop.flatSubmit { self.tearDownNow(withReset: reset) }.get()
    }

    /// The same on the event loop; a reset sends RST instead of FIN.
    func tearDownNow(withReset reset: Bool) -> EventLoopFuture<Void> {
        guard let options = self as? any SocketOptionProvider else { return close() }
        return options.setSoLinger(linger(l_onoff: reset ? 1 : 0, l_linger: 0)).flatMap {
            // Closing above the TLS handler would first exchange a clean goodbye with the client.
            self.pipeline.context(handlerType: NIOSSLServerHandler.self).map { $0.close(promise: nil) }
        }.flatMapError { _ in self.close() }
    }
}
