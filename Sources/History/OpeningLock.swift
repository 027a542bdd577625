import Glibc

/// Keeps other processes from opening the same history at the same moment.
///
/// SQLite waits for its own locks nearly everywhere, but not where a file becomes one with a write-ahead log, and two that
/// both find the tables missing both make them.
struct OpeningLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for whoever is at it, as long as `seconds`; nil where that was not enough.
    ///
    /// A folder where no lock can be made has none to wait for.
    init?(beside path: String, seconds: Double) {
        descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let end = ContinuousClock.now + .seconds(seconds)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < end else {
                close(descriptor)
                return nil
            }
            usleep(2_000)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
