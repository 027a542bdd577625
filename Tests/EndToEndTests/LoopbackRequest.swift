#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One plain HTTP request to a port of this machine: all that ordering a fault takes.
struct LoopbackRequest {
    struct Failure: Error {
        let message: String
    }

    let method: String
    let path: String
    var body = ""

    /// Sends it and gives the status of the answer.
    func send(to port: Int) throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(message: "no socket: \(errno)") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Failure(message: "no connection to port \(port): \(errno)") }
        let request =
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        var rest = Array(request.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure(message: "could not write: \(errno)") }
            rest = rest.dropFirst(count)
        }
        var answer = [UInt8](repeating: 0, count: 512)
        let count = answer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        let head = String(decoding: answer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        guard head.count > 1, let status = Int(head[1]) else {
            throw Failure(message: "no answer to \(method) \(path)")
        }
        return status
    }
}
