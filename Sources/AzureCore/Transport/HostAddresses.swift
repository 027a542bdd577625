import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The addresses of a host, by the system's own rules.
struct HostAddresses: Sendable {
    var version4: [SocketAddress] = []
    var version6: [SocketAddress] = []

    /// Asks the system, on a thread that may wait.
    ///
    /// - Returns: Fails with an `AzureError` of kind `.unreachable(.nameNotFound)`.
    static func find(_ host: String, port: Int, on eventLoop: any EventLoop) -> EventLoopFuture<HostAddresses> {
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            let addresses = HostAddresses(host, port)
            guard !addresses.version4.isEmpty || !addresses.version6.isEmpty else {
                throw AzureError(.unreachable(.nameNotFound))
            }
            return addresses
        }
    }

    private init(_ host: String, _ port: Int) {
        var hints = addrinfo()
        hints.ai_socktype = SocketAddress.streamType
        hints.ai_protocol = CInt(IPPROTO_TCP)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &first) == 0 else { return }
        defer { freeaddrinfo(first) }
        var next = first
        while let info = next?.pointee {
            next = info.ai_next
            guard let address = info.ai_addr else { continue }
            switch info.ai_family {
            case AF_INET:
                let address = UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self)
                version4.append(SocketAddress(address, host: host))
            case AF_INET6:
                let address = UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self)
                version6.append(SocketAddress(address, host: host))
            default: break
            }
        }
    }
}

extension SocketAddress {
    /// The C libraries disagree about the type of this constant.
    fileprivate static var streamType: CInt {
        #if canImport(Glibc)
            CInt(SOCK_STREAM.rawValue)
        #else
            CInt(SOCK_STREAM)
        #endif
    }
}

/// Gives a bootstrap the addresses that were found before, so that it tries both families as it always does.
final class FoundAddresses: Resolver, Sendable {
    private let addresses: HostAddresses
    private let eventLoop: any EventLoop

    init(_ addresses: HostAddresses, eventLoop: any EventLoop) {
        self.addresses = addresses
        self.eventLoop = eventLoop
    }

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        eventLoop.makeSucceededFuture(addresses.version4)
    }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        eventLoop.makeSucceededFuture(addresses.version6)
    }

    func cancelQueries() {}
}
