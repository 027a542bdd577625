import Glibc

/// The folder and the file of the history, for their owner alone.
enum PrivateFolder {
    struct Trouble: Error {
        var number: Int32
        var isReadOnly: Bool { [EROFS, EACCES, EPERM].contains(number) }
    }

    /// Makes the folder (0700) and an empty file (0600) where there is none: SQLite gives what it puts beside the file
    /// the mode of the file.
    static func prepare(for path: String) throws(Trouble) {
        try makeFolders(to: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Trouble(number: errno) }
        // A file that others could read so far, as after a careless copy.
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & 0o077 != 0, status.st_uid == geteuid() {
            fchmod(descriptor, 0o600)
        }
        close(descriptor)
    }

    private static func makeFolders(to path: String) throws(Trouble) {
        let parts = path.split(separator: "/").dropLast()
        var folder = ""
        for part in parts {
            folder += "/" + part
            guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
            // Folders above ours may be none of our business to make; only whether they are there counts.
            var status = stat()
            guard stat(folder, &status) == 0 else { throw Trouble(number: errno) }
        }
    }
}
