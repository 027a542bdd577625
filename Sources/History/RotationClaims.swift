import Glibc
import Synchronization

/// Who is at which rotation, over all processes of this machine: one lock for each, which ends with its process.
package final class RotationClaims: Sendable {
    private let folder: String?
    private let held = Mutex<[String: Int32]>([:])

    /// - Parameter folder: Where the locks are; nil for none, so that everything can be claimed.
    package init(folder: String?) {
        self.folder = folder
    }

    /// Claims a rotation; false where another process is at it.
    package func claim(_ rotation: String) -> Bool {
        guard let folder, Self.isName(rotation) else { return true }
        return held.withLock { held in
            if held[rotation] != nil { return true }
            let descriptor = open(
                "\(folder)/rotation-\(rotation).lock",
                O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                0o600
            )
            // Where no file can be made nothing can be told apart either.
            guard descriptor >= 0 else { return true }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                return false
            }
            held[rotation] = descriptor
            return true
        }
    }

    /// Lets go of a rotation that came to its end.
    package func release(_ rotation: String) {
        guard let folder else { return }
        held.withLock { held in
            guard let descriptor = held.removeValue(forKey: rotation) else { return }
            unlink("\(folder)/rotation-\(rotation).lock")
            close(descriptor)
        }
    }

    /// Whether another process is at a rotation right now.
    package func isHeldElsewhere(_ rotation: String) -> Bool {
        guard let folder, Self.isName(rotation), !held.withLock({ $0[rotation] != nil }) else { return false }
        let descriptor = open("\(folder)/rotation-\(rotation).lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    /// The name comes from a file: it must not lead elsewhere.
    private static func isName(_ rotation: String) -> Bool {
        !rotation.isEmpty
            && rotation.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }
    }
}
