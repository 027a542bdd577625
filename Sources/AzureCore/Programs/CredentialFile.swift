#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A small file with a credential in it, whose path came from a variable or from another service.
enum CredentialFile {
    /// Everything in it.
    ///
    /// Nothing else than a plain file is read, and none that is longer: a pipe would hold us up for ever.
    ///
    /// - Throws: `AzureError.FileProblem`.
    static func read(_ path: String, longest: Int) throws(AzureError.FileProblem) -> [UInt8] {
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .notFound : .forbidden }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard facts.st_size <= longest else { throw .tooLarge }
        // A byte more than allowed shows a file that grows meanwhile.
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        var count = 0
        while count <= longest {
            let more = bytes.withUnsafeMutableBytes { buffer in
                systemRead(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw .forbidden }
            if more == 0 { break }
            count += more
        }
        guard count <= longest else { throw .tooLarge }
        guard count > 0 else { throw .empty }
        return Array(bytes.prefix(count))
    }
}

/// By another name, because the function above hides it.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, buffer, count)
}

extension AzureError.FileProblem: Error {}
