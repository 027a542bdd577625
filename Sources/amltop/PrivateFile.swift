import Glibc

/// What the system said when a file could not be written.
struct SystemError: Error {
    var number: Int32
}

/// A file for its owner alone, which is there whole or not at all.
enum PrivateFile {
    /// Writes beside the place with mode 0600, then renames into it.
    static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws(SystemError) {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    /// Writes beside the place with mode 0600, then renames into it.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(SystemError) {
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw SystemError(number: errno) }
        do throws(SystemError) {
            if mode != 0o600 { fchmod(descriptor, mode) }
            try write(bytes, to: descriptor)
            close(descriptor)
            guard rename(draft, path) == 0 else { throw SystemError(number: errno) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                let error = SystemError(number: errno)
                close(descriptor)
                throw error
            }
        }
    }
}
