import FoundationEssentials
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that only grows, one JSON object a line, open to its owner alone.
///
/// A line that a kill cut short is passed over when the file is read again.
final class AppendedFile: Sendable {
    private let path: String
    private let lock = Mutex(())

    init(path: String) {
        self.path = path
    }

    func lines<Line: Decodable>(as type: Line.Type) -> [Line] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        let decoder = JSONDecoder()
        return data.split(separator: UInt8(ascii: "\n")).compactMap { try? decoder.decode(type, from: Data($0)) }
    }

    /// The line is in the hands of the system before this returns: a kill of this process loses nothing.
    ///
    /// A full disk loses the line; the simulator goes on with what it has in memory.
    func append(_ line: some Encodable) {
        // The break comes first as well, in case the last line has none.
        guard let data = try? JSONEncoder().encode(line) else { return }
        let bytes = [UInt8(ascii: "\n")] + Array(data) + [UInt8(ascii: "\n")]
        lock.withLock { _ in
            let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return }
            defer { close(descriptor) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
            }
        }
    }
}
