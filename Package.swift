// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

// Given as -D rather than in a file: every C file that includes curses must agree, because the wide switches change
// the layout of its structs. _XOPEN_SOURCE=700 is what declares wcwidth on Linux.
let curses: [CSetting] = [
    .define("_XOPEN_SOURCE_EXTENDED", to: "1"),
    .define("NCURSES_WIDECHAR", to: "1"),
    .define("_XOPEN_SOURCE", to: "700", .when(platforms: [.linux])),
    .define("_DEFAULT_SOURCE", .when(platforms: [.linux])),
    .define("_DARWIN_C_SOURCE", .when(platforms: [.macOS])),
]

// Products by the name their users import, so that a target's list below reads like its imports.
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioCompression: Target.Dependency = .product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let swiftASN1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "amltop",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "amltop", targets: ["amltop"]),
        .library(name: "AzureCore", targets: ["AzureCore"]),
        .library(name: "AzureML", targets: ["AzureML"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .target(
            name: "CNCurses",
            cSettings: curses,
            linkerSettings: [
                .linkedLibrary("ncursesw", .when(platforms: [.linux])),
                .linkedLibrary("tinfo", .when(platforms: [.linux])),
                .linkedLibrary("ncurses", .when(platforms: [.macOS])),
            ]
        ),
        .target(
            name: "CResources",
            path: "Resources",
            exclude: ["scenarios", "texts"],
            sources: ["CResources.c"]
        ),
        .target(name: "TerminalUI"),
        .target(name: "CursesTerminal", dependencies: ["CNCurses", "TerminalUI"]),
        .target(name: "JSONValue"),
        .target(name: "JMESPath", dependencies: ["JSONValue"]),
        .target(name: "History", dependencies: ["AzureCore", "AzureML", "JSONValue", grdb, httpTypes]),
        .target(
            name: "AzureCore",
            dependencies: [
                "JSONValue", asyncHTTPClient, crypto, cryptoExtras, httpTypes, logging, nioCompression, nioCore,
                nioHTTP1, nioPosix, nioSSL, nioTLS,
                subprocess, systemPackage,
            ]
        ),
        .target(name: "AzureML", dependencies: ["AzureCore", "JSONValue", crypto, histogram, httpTypes, yams]),
        .target(
            name: "Dashboard",
            dependencies: ["AzureCore", "AzureML", "CResources", "JSONValue", "TerminalUI"]
        ),
        .target(
            name: "AzureSimulator",
            dependencies: [
                "CResources", crypto, cryptoExtras, httpTypes, hummingbirdCore, hummingbirdTLS, jwtKit, logging,
                nioCore,
                nioPosix, nioSSL, swiftASN1, x509,
            ]
        ),
        .executableTarget(
            name: "amltop",
            dependencies: [
                "AzureCore", "AzureML", "AzureSimulator", "CursesTerminal", "Dashboard", "History", "JMESPath",
                "JSONValue", "TerminalUI", argumentParser, httpTypes, logging, subprocess,
            ]
        ),

        // Tests. Only they need libvterm; a plain `swift build` compiles none of this.
        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .systemLibrary(
            name: "Cvterm",
            path: "Tests/Cvterm",
            providers: [.apt(["libvterm-dev"]), .brew(["libvterm"])]
        ),
        .target(name: "TestSupport", dependencies: ["TerminalUI"], path: "Tests/TestSupport"),
        .executableTarget(
            name: "TerminalFixture",
            dependencies: ["CursesTerminal", "TerminalUI"],
            path: "Tests/TerminalFixture"
        ),
        // In this package, because what it times is visible to this package only; nothing but its own product builds it.
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["AzureCore", "AzureML", "Dashboard", "TerminalUI"],
            path: "Tests/Benchmarks"
        ),
        .testTarget(name: "TerminalUITests", dependencies: ["TerminalUI", "TestSupport"]),
        .testTarget(name: "CursesTerminalTests", dependencies: ["CursesTerminal", "TerminalUI"]),
        .testTarget(name: "JSONValueTests", dependencies: ["JSONValue"]),
        .testTarget(name: "JMESPathTests", dependencies: ["JMESPath", "JSONValue"]),
        .testTarget(
            name: "HistoryTests",
            dependencies: ["AzureCore", "AzureML", "History", "JSONValue", "TestSupport", grdb, httpTypes]
        ),
        .testTarget(
            name: "AzureCoreTests",
            dependencies: [
                "AzureCore", "JSONValue", "TestSupport", httpTypes, logging, nioCore, nioPosix, nioSSL,
            ]
        ),
        .testTarget(
            name: "AzureMLTests",
            dependencies: ["AzureCore", "AzureML", "JSONValue", "TestSupport", httpTypes, yams]
        ),
        .testTarget(
            name: "AzureSimulatorTests",
            dependencies: ["AzureSimulator", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]
        ),
        .testTarget(
            name: "ClientTests",
            dependencies: [
                "amltop", "AzureCore", "AzureML", "AzureSimulator", "Dashboard", "JSONValue", "TerminalUI", httpTypes,
            ]
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: ["AzureCore", "AzureML", "Dashboard", "JSONValue", "TerminalUI", "TestSupport"],
            exclude: ["Frames"]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "amltop", "CPseudoTerminal", "Cvterm", "JSONValue", "TerminalFixture", "TerminalUI", "TestSupport",
            ]
        ),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "amltop", "AzureCore", "AzureML", "Dashboard", "JSONValue", "TerminalUI", argumentParser, logging,
            ]
        ),
        .testTarget(name: "ArchitectureTests"),
    ]
)

let targetsInC = ["CNCurses", "CPseudoTerminal", "CResources"]
for target in package.targets where target.type != .system && !targetsInC.contains(target.name) {
    target.swiftSettings = settings
}
