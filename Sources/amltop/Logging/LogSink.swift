import FoundationEssentials
import Glibc

/// Where log lines go: a file of its owner alone, or stderr.
///
/// Every line is one write to a descriptor that appends, so that several processes may share a file.
final class LogSink: Sendable {
    private let descriptor: Int32
    private let isOurs: Bool

    /// To stderr.
    init() {
        descriptor = 2
        isOurs = false
    }

    /// To the end of a file, which is made with mode 0600 where it does not exist, and brought to it where it does.
    ///
    /// - Throws: `SystemError`.
    init(path: String) throws(SystemError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw SystemError(number: errno) }
        isOurs = true
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = facts?[.posixPermissions] as? Int
        guard facts?[.type] as? FileAttributeType == .typeRegular, mode != 0o600 else { return }
        guard fchmod(descriptor, 0o600) == 0 else {
            let number = errno
            close(descriptor)
            throw SystemError(number: number)
        }
    }

    deinit {
        if isOurs { close(descriptor) }
    }

    /// A log that cannot be written must not end the program: what does not fit on the disk is lost.
    func write(line: String) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }
}
