#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder with a program `az` in it, a shell script, and what that program noted.
struct FakeAzureCLI {
    let folder: String

    /// Runs `body` beside the script, then removes the folder.
    static func with<Value>(_ script: String, _ body: (FakeAzureCLI) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.path + "/az-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let fake = FakeAzureCLI(folder: folder)
        let result = await Result.of {
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: folder + "/az"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/az")
            return try await body(fake)
        }
        try FileManager.default.removeItem(atPath: folder)
        return try result.get()
    }

    /// What the script needs and nothing else; the folder of notes is `NOTES`.
    func environment(_ others: [String: String] = [:]) -> [String: String] {
        ["PATH": "relative:\(folder):/usr/bin:/bin", "NOTES": folder, "TZ": "UTC0"].merging(others) { $1 }
    }

    func note(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
}
