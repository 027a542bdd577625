import FoundationEssentials
import Testing

@testable import AzureSimulator

@Suite struct KustoTests {
    static let now = CivilTime.ticks(iso: "2026-11-24T05:30:00Z") ?? 0

    /// A small table: `Time`, `Name`, `Code` (null in the last row), `Ms`.
    static let fields: [KustoField] = [("Time", KustoType.datetime), ("Name", .string), ("Code", .int), ("Ms", .real)]
        .enumerated().map { index, column in
            KustoField(name: column.0, type: column.1) { row in
                guard case .values(let values) = row else { return .null }
                return values[index]
            }
        }

    private static let cells: [(name: String, code: Int64?, milliseconds: Double)] = [
        ("alpha", 200, 10.0), ("beta", 500, 20.5), ("Alpha", 424, 30.0), ("gamma-ray", 200, 40.0), ("beta", nil, 50.0),
    ]

    /// A minute apart, the newest first.
    static let rows: [KustoRow] = cells.enumerated().map { index, cell in
        let time = KustoValue.datetime(now - Int64(index) * 600_000_000)
        let code: KustoValue = cell.code.map { .long($0) } ?? .null
        return .values([time, .string(cell.name), code, .real(cell.milliseconds)])
    }

    /// The answer as lines of cells.
    static func run(_ steps: String, limit: Int = 100) throws -> [String] {
        let plan = try KustoPlan(KustoParser.parse("T \(steps)"), fields: fields, now: now, limit: limit)
        for row in rows where !plan.entry.push(row) { break }
        plan.entry.finish()
        return plan.sink.rows.map { row in
            plan.fields.map { field in
                let value = field.value(row)
                return value.isNull ? "null" : value.text
            }.joined(separator: ",")
        }
    }

    static func names(_ steps: String) throws -> [String] {
        try KustoPlan(KustoParser.parse("T \(steps)"), fields: fields, now: now, limit: 1).fields.map(\.name)
    }

    @Test(arguments: [
        ("Code == 200", "alpha gamma-ray"), ("Code != 200", "beta Alpha beta"), ("Code >= 424", "beta Alpha"),
        ("Code < 424 and Ms > 10", "gamma-ray"), ("Code == 500 or Name == 'alpha'", "alpha beta"),
        ("not(Code == 200)", "beta Alpha beta"), ("Name =~ \"ALPHA\"", "alpha Alpha"),
        ("Name !~ 'alpha'", "beta gamma-ray beta"),
        ("Name == \"Alpha\"", "Alpha"), ("Name in ('alpha', 'beta')", "alpha beta beta"),
        ("Name !in ('beta')", "alpha Alpha gamma-ray"),
        ("Name in~ ('ALPHA')", "alpha Alpha"), ("Code in (424, 500)", "beta Alpha"),
        ("Name contains 'AM'", "gamma-ray"),
        ("Name !contains 'a'", ""), ("Name has 'ray'", "gamma-ray"), ("Name has 'gam'", ""),
        ("Name !has 'ray'", "alpha beta Alpha beta"),
        ("Name startswith 'al'", "alpha Alpha"), ("Name endswith 'TA'", "beta beta"),
        ("Name contains_cs 'Al'", "Alpha"),
        ("Time > ago(90s)", "alpha beta"), ("Time >= datetime(2026-11-24T05:28:00Z)", "alpha beta Alpha"),
        ("Time between (ago(3m) .. ago(1m))", "beta Alpha gamma-ray"),
        ("Time between (datetime(2026-11-24 05:26) .. 1m)", "gamma-ray beta"),
        ("isnull(Code)", "beta"), ("isnotnull(Code) and isnotempty(Name)", "alpha beta Alpha gamma-ray"),
        ("Ms % 20 == 10", "alpha Alpha beta"), ("Ms * 2 - 10 > 60", "gamma-ray beta"),
        ("toint('200') == Code", "alpha gamma-ray"),
        ("tostring(Code) == '424'", "Alpha"), ("-Ms < -45", "beta"), ("(Code == 200) == true", "alpha gamma-ray"),
        ("iff(Code == 200, 1, 2) == 1", "alpha gamma-ray"), ("now() - Time > 2m", "gamma-ray beta"),
        ("bin(Ms, 20) == 20", "beta Alpha"), ("strlen(Name) == 4", "beta beta"),
        ("toupper(Name) == 'BETA'", "beta beta"),
    ])
    func conditionsHold(condition: String, expected: String) throws {
        #expect(try Self.run("| where \(condition) | project Name").joined(separator: " ") == expected)
    }

    @Test(
        arguments: [
            ("| count", ["5"]), ("| take 2 | project Ms", ["10.0", "20.5"]), ("| limit 1 | project Name", ["alpha"]),
            ("| take 0", []), ("| top 2 by Ms | project Ms", ["50.0", "40.0"]),
            ("| top 1 by Ms asc | project Ms", ["10.0"]),
            ("| order by Name asc, Ms desc | project Name, Ms | take 3", ["Alpha,30.0", "alpha,10.0", "beta,50.0"]),
            ("| sort by Code | project Code", ["500", "424", "200", "200", "null"]),
            ("| order by Code asc nulls last | project Code", ["200", "200", "424", "500", "null"]),
            ("| where Ms > 1000 | count", ["0"]), ("| extend X = Ms + 1 | project X | take 1", ["11.0"]),
            ("| project N = Name, Double = Ms * 2 | take 1", ["alpha,20.0"]),
            ("| distinct Name | order by Name asc", ["Alpha", "alpha", "beta", "gamma-ray"]),
            ("| summarize count()", ["5"]), ("| where false | summarize count(), avg(Ms), max(Ms)", ["0,nan,null"]),
            (
                "| summarize n = count(), bad = countif(Code >= 400) by Name | order by Name asc",
                ["Alpha,1,1", "alpha,1,0", "beta,2,1", "gamma-ray,1,0"]
            ),
            ("| summarize avg(Ms), sum(Ms), min(Code), max(Time)", ["30.1,150.5,200,2026-11-24T05:30:00.0000000Z"]),
            ("| summarize percentile(Ms, 50), percentile(Ms, 95), dcount(Name)", ["30.0,50.0,4"]),
            ("| summarize percentiles(Code, 25, 100)", ["200,500"]),
            (
                "| summarize count() by bin(Time, 2m) | order by Time asc",
                [
                    "2026-11-24T05:26:00.0000000Z,2", "2026-11-24T05:28:00.0000000Z,2",
                    "2026-11-24T05:30:00.0000000Z,1",
                ]
            ),
            ("| summarize a = sumif(Ms, Code == 200), b = avgif(Ms, Code == 200)", ["50.0,25.0"]),
            ("| summarize by Code | count", ["4"]),
            ("// a comment\n| where Name == 'beta' // another\n| count", ["2"]), ("| count;", ["1"].map { _ in "5" }),
        ] as [(String, [String])]
    )
    func stepsGiveTheirRows(steps: String, expected: [String]) throws {
        #expect(try Self.run(steps) == expected)
    }

    @Test func columnsAreNamedAsTheServiceNamesThem() throws {
        let steps =
            "| summarize count(), countif(Code > 1), avg(Ms), percentile(Ms, 95), percentiles(Ms, 50, 99.9) by bin(Time, 1m)"
        #expect(
            try Self.names(steps) == [
                "Time", "count_", "countif_", "avg_Ms", "percentile_Ms_95", "percentile_Ms_50", "percentile_Ms_99_9",
            ]
        )
        #expect(try Self.names("| summarize count(), count()") == ["count_", "count_1"])
        #expect(try Self.names("| project Ms + 1, Name") == ["Column1", "Name"])
        #expect(try Self.names("| count") == ["Count"])
    }

    @Test(arguments: [
        ("T | frobnicate", 1, 4, "frobnicate"),
        ("T | where", 1, 9, "<EOF>"),
        ("T | where Code = 1", 1, 15, "="),
        ("T | where Code ==", 1, 17, "<EOF>"),
        ("T |\n| count", 2, 0, "|"),
        ("T | where Name == 'open", 1, 18, "'open"),
        ("T | take x", 1, 9, "x"),
        ("T | where Name == #", 1, 18, "#"),
        ("T | project Name,", 1, 17, "<EOF>"),
        ("T | where Time > datetime(yesterday)", 1, 17, "datetime(yesterday)"),
        ("T | summarize", 1, 13, "<EOF>"),
        ("T | join (U) on Name", 1, 4, "join"),
        ("T | take 5 6", 1, 11, "6"),
        ("", 1, 0, "<EOF>"),
        ("T\n  | where Code has", 2, 18, "<EOF>"),
    ])
    func whatDoesNotReadIsASyntaxErrorWithItsPlace(text: String, line: Int, position: Int, token: String) {
        let error = #expect(throws: KustoError.self) { try KustoParser.parse(text) }
        #expect(error?.kind == .syntax(line: line, position: position, token: token))
    }

    @Test(arguments: [
        ("| where Nope == 1", "SEM0100"), ("| where Code == '200'", "SEM0064"), ("| where Name > 5", "SEM0064"),
        ("| where Code", "SEM0019"), ("| where frob(Code) == 1", "SEM0260"), ("| where ago('1h') < now()", "SEM0025"),
        ("| where now(1, 2) > ago(1h)", "SEM0219"), ("| summarize median(Ms)", "SEM0260"),
        ("| summarize Ms", "SEM0100"),
        ("| summarize avg(Name)", "SEM0025"), ("| summarize percentile(Ms, 101)", "SEM0025"),
        ("| project Name | where Code == 1", "SEM0100"), ("| where Code has 'x'", "SEM0064"),
        ("| where Name in (1, 2)", "SEM0064"), ("| extend X = bin(Time, 5)", "SEM0025"),
    ])
    func whatDoesNotFitIsASemanticErrorWithItsNumber(steps: String, code: String) {
        let error = #expect(throws: KustoError.self) { try Self.run(steps) }
        #expect(error?.kind == .semantic(code))
    }

    @Test func anAnswerIsCutAtItsLimitAndSaysSo() throws {
        let plan = try KustoPlan(KustoParser.parse("T"), fields: Self.fields, now: Self.now, limit: 3)
        for row in Self.rows where !plan.entry.push(row) { break }
        plan.entry.finish()
        #expect(plan.sink.rows.count == 3)
        #expect(plan.sink.isCut)
    }

    @Test func boundsComeFromTheFirstFiltersAlone() throws {
        let table = TrafficLogTable(
            names: ResourceNames(world: try WorldTests.world(), addresses: OriginAddresses(ports: [1, 2, 3, 4]))
        )
        func bounds(_ steps: String) throws -> KustoBounds {
            KustoBounds(try KustoParser.parse("X \(steps)"), fields: table.fields, now: Self.now)
        }
        let hour = 36_000_000_000 as Int64
        let first = try bounds(
            "| where TimeGenerated > ago(1h) and EndpointName =~ 'A' | where TimeGenerated <= ago(1m)"
        )
        #expect(first.lowest == Self.now - hour)
        #expect(first.highest == Self.now - hour / 60)
        #expect(first.endpoints == ["a"])
        #expect(try bounds("| where ago(2h) < TimeGenerated").lowest == Self.now - 2 * hour)
        #expect(try bounds("| where EndpointName in ('a', 'b') and EndpointName != 'a'").endpoints == ["a", "b"])
        #expect(try bounds("| where TimeGenerated > ago(1h) or true").lowest == .min)
        #expect(try bounds("| take 1 | where TimeGenerated > ago(1h)").lowest == .min)
    }

    @Test func timespansAreWrittenAsTheServiceWritesThem() {
        #expect(KustoValue.timespan(36_000_000_000).text == "01:00:00")
        #expect(KustoValue.timespan(-864_000_000_001).text == "-1.00:00:00.0000001")
    }
}
