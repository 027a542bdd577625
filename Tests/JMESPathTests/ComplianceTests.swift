import FoundationEssentials
import JMESPath
import JSONValue
import Testing

/// The public JMESPath compliance suite, which is not part of the package: in the folder `AMLTOP_SHARED` names, else in
/// `shared` beside the package.
enum ComplianceSuite {
    struct Case {
        var place: String
        var query: String
        var given: JSONValue
        var result: JSONValue?
        var error: String?
    }

    static let folder: String? = {
        let sibling = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/shared"
        let folder = (ProcessInfo.processInfo.environment["AMLTOP_SHARED"] ?? sibling) + "/corpus/jmespath"
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }()

    static var files: [String] {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }

    static func cases(in file: String) throws -> [Case] {
        let text = try String(contentsOfFile: try #require(folder) + "/" + file, encoding: .utf8)
        return try #require(try JSONValue.parse(text).arrayValue).flatMap { group in
            try #require(group["cases"]?.arrayValue).enumerated().map { index, entry in
                let query = try #require(entry["expression"]?.stringValue)
                let given = try #require(group["given"])
                let place = "\(file) \(index): \(query)"
                return Case(
                    place: place,
                    query: query,
                    given: given,
                    result: entry["result"],
                    error: entry["error"]?.stringValue
                )
            }
        }
    }
}

@Suite struct ComplianceTests {
    @Test(.enabled(if: ComplianceSuite.folder != nil, "the compliance suite is absent: set AMLTOP_SHARED"))
    func everyCaseOfTheSuitePasses() throws {
        var passed = 0
        var failed: [String] = []
        for file in ComplianceSuite.files {
            for entry in try ComplianceSuite.cases(in: file) {
                if let difference = Self.difference(entry) {
                    failed.append("\(entry.place): \(difference)")
                } else {
                    passed += 1
                }
            }
        }
        #expect(failed.isEmpty, "\(failed.count) failed, \(passed) passed:\n\(failed.joined(separator: "\n"))")
        #expect(passed >= 892)
    }

    /// What came instead of what the case asks for, nil where it came out as it should.
    private static func difference(_ entry: ComplianceSuite.Case) -> String? {
        do throws(JMESPathError) {
            let found = try JMESPathExpression(entry.query).search(entry.given)
            guard let result = entry.result else { return "\(found.text()) instead of the error \(entry.error ?? "")" }
            return isSame(found, result) ? nil : "\(found.text()) instead of \(result.text())"
        } catch {
            return entry.error == name(of: error.family)
                ? nil : "\(error) instead of \(entry.result?.text() ?? entry.error ?? "")"
        }
    }

    private static func name(of family: JMESPathError.Family) -> String {
        switch family {
        case .lexical, .syntax: "syntax"
        case .unknownFunction: "unknown-function"
        case .invalidArity: "invalid-arity"
        case .invalidType: "invalid-type"
        case .invalidValue: "invalid-value"
        case .limit: "limit"
        }
    }

    /// Equality written anew, so that the suite does not judge with what it is to judge.
    private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): return left.doubleValue == right.doubleValue
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy(isSame)
        case (.object(let left), .object(let right)):
            let pairs = zip(left.members.sorted { $0.name < $1.name }, right.members.sorted { $0.name < $1.name })
            return left.count == right.count && pairs.allSatisfy { $0.name == $1.name && isSame($0.value, $1.value) }
        default: return left == right
        }
    }
}
