#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Recorded answers kept outside the project: in the folder `AMLTOP_SHARED` names, else in `shared` beside the package.
enum Corpus {
    static var folder: String {
        if let folder = ProcessInfo.processInfo.environment["AMLTOP_SHARED"], !folder.isEmpty { return folder }
        let package = #filePath.split(separator: "/").dropLast(4)
        return "/" + (package.dropLast() + ["shared"]).joined(separator: "/")
    }

    static var exists: Bool { FileManager.default.fileExists(atPath: folder + "/corpus") }

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
    }
}
