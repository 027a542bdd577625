import FoundationEssentials
import Testing

/// The arrows between the targets point one way; the compiler allows transitive imports, so this reads the lines.
@Suite struct ImportTests {
    /// Which of our targets each target may import.
    static let arrows: [String: Set<String>] = [
        "TerminalUI": [],
        "CursesTerminal": ["CNCurses", "TerminalUI"],
        "JSONValue": [],
        "JMESPath": ["JSONValue"],
        "AzureCore": ["JSONValue"],
        "AzureML": ["AzureCore", "JSONValue"],
        "History": ["AzureCore", "AzureML", "JSONValue"],
        "Dashboard": ["AzureCore", "AzureML", "CResources", "JSONValue", "TerminalUI"],
        "AzureSimulator": ["CResources"],
        "amltop": [
            "AzureCore", "AzureML", "AzureSimulator", "CursesTerminal", "Dashboard", "History", "JMESPath", "JSONValue",
            "TerminalUI",
        ],
    ]

    /// Which packages' modules each target may import.
    static let packages: [String: Set<String>] = [
        "TerminalUI": ["DequeModule", "OrderedCollections"],
        "CursesTerminal": [],
        "JSONValue": [],
        "AzureCore": [
            "AsyncHTTPClient", "Crypto", "CryptoExtras", "HTTPTypes", "JWTKit", "Logging", "NIOCore", "NIOHTTP1",
            "NIOHTTPCompression",
            "System", "SystemPackage",
            "NIOPosix", "NIOSSL", "NIOTLS",
            "Subprocess", "X509",
        ],
        "AzureML": ["Crypto", "HTTPTypes", "Histogram", "Yams"],
        "History": ["GRDB", "HTTPTypes"],
        "Dashboard": ["DequeModule", "Histogram", "OrderedCollections"],
        "AzureSimulator": [
            "Crypto", "HTTPTypes", "HummingbirdCore", "HummingbirdTLS", "JWTKit", "Logging", "NIOCore",
            "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOPosix", "NIOSSL", "SwiftASN1", "X509", "CryptoExtras",
        ],
        "amltop": ["ArgumentParser", "HTTPTypes", "Logging", "Subprocess", "Yams"],
    ]

    /// System modules are free everywhere, but these two take no more than FoundationEssentials.
    static let system: Set<String> = [
        "Android", "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
    ]
    static let withoutFoundation: Set<String> = ["Dashboard", "TerminalUI"]

    @Test(arguments: arrows.keys.sorted())
    func aTargetImportsOnlyWhatItMay(_ target: String) throws {
        let allowed = try #require(Self.arrows[target]).union(Self.packages[target] ?? []).union(Self.system)
        let files = try Self.sources(of: target)
        #expect(!files.isEmpty)
        for file in files {
            for module in Self.imports(in: file) {
                #expect(allowed.contains(module), "\(target) may not import \(module): \(file)")
                if Self.withoutFoundation.contains(target) {
                    #expect(!["Foundation", "Dispatch", "Glibc"].contains(module), "\(target) is pure: \(file)")
                }
            }
        }
    }

    @Test func everyTargetIsInTheTable() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root + "/Sources")
        #expect(Set(folders).subtracting(["CNCurses"]) == Set(Self.arrows.keys))
    }

    @Test func onlyOneTargetTouchesNcurses() throws {
        for target in Self.arrows.keys where target != "CursesTerminal" {
            for file in try Self.sources(of: target) {
                #expect(!Self.imports(in: file).contains("CNCurses"))
            }
        }
    }

    // MARK: Reading

    private static let root = String(
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    )

    private static func sources(of target: String) throws -> [String] {
        let folder = "\(root)/Sources/\(target)"
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
            .map { "\(folder)/\($0)" }
    }

    private static func imports(in path: String) -> [String] {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").filter { !$0.hasPrefix("@") && !accessLevels.contains($0) }
            guard words.first == "import", words.count >= 2 else { return nil }
            let isOfKind = ["class", "enum", "func", "let", "protocol", "struct", "typealias", "var"].contains(words[1])
            return (isOfKind ? words[2] : words[1]).split(separator: ".").first.map(String.init)
        }
    }

    private static let accessLevels: Set<Substring> = ["internal", "package", "private", "public"]
}
