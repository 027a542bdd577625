#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A pipe that one thread waits on and any thread may write to.
struct WakePipe: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let result = pipe(&ends)
        precondition(result == 0, "no pipe left for the terminal's thread")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    func signal() {
        var byte: UInt8 = 1
        // A full pipe wakes as well as one more byte would.
        _ = write(writeEnd, &byte, 1)
    }

    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { bytes in
            while read(readEnd, bytes.baseAddress, bytes.count) == bytes.count {}
        }
    }
}

/// What a read of a descriptor gave.
enum ReadResult: Equatable {
    case bytes(Int)
    case nothing
    case end

    /// Reads once into `buffer`, at most its count.
    static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> ReadResult {
        let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
        if count > 0 { return .bytes(count) }
        if count < 0, errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK { return .nothing }
        return .end
    }
}

/// What to wait for: one descriptor each, in the order given.
struct Poller {
    private var entries: [pollfd]

    init(_ descriptors: [Int32]) {
        entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    /// Waits until a descriptor is ready or the time is over; nil waits for ever.
    mutating func wait(milliseconds: Int32?) {
        for index in entries.indices { entries[index].revents = 0 }
        if poll(&entries, nfds_t(entries.count), milliseconds ?? -1) < 0 {
            for index in entries.indices { entries[index].revents = 0 }
        }
    }

    func isReadable(_ index: Int) -> Bool { entries[index].revents & Int16(POLLIN) != 0 }

    /// Whether nobody is at the other end any more; to be asked before `isReadable`, which is true then as well.
    func isGone(_ index: Int) -> Bool { entries[index].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 }
}

/// Whether a descriptor is a terminal.
func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

/// The value of an environment variable that is set to something.
func environmentValue(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}

/// The reason for the last failed system call.
var lastSystemError: Int32 { errno }

/// Signal numbers the loop tells apart.
enum Signal {
    static let windowChanged = UInt8(SIGWINCH)
    static let stop = UInt8(SIGTSTP)
    static let resume = UInt8(SIGCONT)
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
