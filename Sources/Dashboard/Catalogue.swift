internal import CResources

/// The texts a user reads, by key.
public enum Catalogue {
    /// How many files are embedded.
    public static var fileCount: Int {
        var count = 0
        _ = cresources_files(&count)
        return count
    }
}
