#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finding a program as a shell does, but never in the folder one happens to be in.
enum ProgramSearch {
    /// The first file of that name that may be run; folders of the list that are not absolute are passed over.
    static func path(of name: String, in list: String?) -> String? {
        (list ?? "").split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }
            .first(where: isProgram)
    }

    private static func isProgram(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
