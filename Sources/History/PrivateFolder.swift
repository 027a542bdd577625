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
        var status = stat()
        guard lstat(path, &status) != 0 else {
            // Never opened here: closing it again would let go of the locks that SQLite has on it in this process.
            guard status.st_mode & S_IFMT == S_IFREG else { throw Trouble(number: ELOOP) }
            // A file that others could read so far, as after a careless copy.
            if status.st_mode & 0o077 != 0, status.st_uid == geteuid() { chmod(path, 0o600) }
            return
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 || errno == EEXIST else { throw Trouble(number: errno) }
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes the folders above a file, each for the owner alone, where there are none.
    static func makeFolders(to path: String) throws(Trouble) {
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
