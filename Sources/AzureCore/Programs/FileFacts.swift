#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the system says of a file, links followed.
package struct FileFacts: Hashable, Sendable {
    package var isRegular: Bool
    /// The permission bits.
    package var mode: UInt32
    package var byteCount: Int

    /// Nil where there is none, or where nobody may look.
    package init?(path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        isRegular = facts.st_mode & S_IFMT == S_IFREG
        mode = UInt32(facts.st_mode) & 0o7777
        byteCount = Int(facts.st_size)
    }
}
