@testable import Dashboard
import TerminalUI
import Testing

@Suite struct LanguageTests {
    @Test(arguments: [
        (nil, [:], Language.english),
        (nil, ["LANG": "ko_KR.UTF-8"], .korean),
        (nil, ["LANG": "ko"], .korean),
        (nil, ["LANG": "KO-kr"], .korean),
        (nil, ["LANG": "korean"], .korean),
        (nil, ["LANG": "ko@hangul"], .korean),
        (nil, ["LANG": "kok_IN.UTF-8"], .english),
        (nil, ["LANG": "en_GB.UTF-8"], .english),
        (nil, ["LANG": "C.UTF-8"], .english),
        (nil, ["LC_ALL": "", "LC_MESSAGES": "", "LANG": "ko_KR"], .korean),
        (nil, ["LC_MESSAGES": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"], .korean),
        (nil, ["LC_ALL": "C", "LC_MESSAGES": "ko_KR.UTF-8", "LANG": "ko_KR.UTF-8"], .english),
        (nil, ["LC_ALL": "ko_KR.UTF-8", "LANG": "C"], .korean),
        (nil, ["LC_CTYPE": "ko_KR.UTF-8"], .english),
        ("ko", ["LC_ALL": "C"], .korean),
        ("en", ["LC_ALL": "ko_KR.UTF-8"], .english),
        ("fr", ["LANG": "ko_KR.UTF-8"], .korean),
        ("", [:], .english),
    ])
    func theFlagComesFirstThenTheFirstLocaleThatIsSet(
        _ flag: String?,
        _ environment: [String: String],
        _ expected: Language
    ) {
        #expect(Language.chosen(flag: flag, environment: environment) == expected)
    }

    @Test(arguments: [
        ([], nil),
        (["--language", "ko"], "ko"),
        (["--language=ko"], "ko"),
        (["demo", "--seed", "7", "--language", "ko", "--help"], "ko"),
        (["--language", "ko", "--language=en"], "en"),
        (["--language"], nil),
        (["--language="], ""),
        (["--", "--language", "ko"], nil),
        (["--languages", "ko"], nil),
    ])
    func theFlagIsFoundWhereverItStands(_ arguments: [String], _ expected: String?) {
        #expect(Language.flag(in: arguments) == expected)
    }

    @Test func everyTextTakesTheSameValuesInBothLanguages() {
        for key in Catalogue.english.keys {
            let english = Catalogue.english[dynamic: key] ?? ""
            let korean = Catalogue.korean[dynamic: key] ?? ""
            #expect(placeholders(in: english) == placeholders(in: korean), "\(key)")
        }
        #expect(placeholders(in: "{b} and {a} of {b}") == ["{a}", "{b}", "{b}"])
    }

    @Test(arguments: Language.allCases)
    func noTextHoldsWhatATerminalWouldObey(_ language: Language) {
        let texts = Catalogue(language)
        for key in texts.keys {
            let text = texts[dynamic: key] ?? ""
            let isSafe = text.unicodeScalars.allSatisfy {
                ![.control, .format, .surrogate, .lineSeparator, .paragraphSeparator]
                    .contains($0.properties.generalCategory)
            }
            #expect(isSafe, "\(key)")
            #expect(text.first != " " && text.last != " ", "\(key)")
        }
    }

    @Test func everyKoreanTextIsKorean() {
        let notKorean = Catalogue.korean.keys.filter { key in
            !(Catalogue.korean[dynamic: key] ?? "").unicodeScalars.contains { ("가"..."힣").contains($0) }
        }
        #expect(Set(notKorean) == Self.sameInEveryLanguage)
    }

    @Test func noEnglishTextIsKorean() {
        for key in Catalogue.english.keys {
            let text = Catalogue.english[dynamic: key] ?? ""
            #expect(!text.unicodeScalars.contains { ("가"..."힣").contains($0) }, "\(key)")
        }
    }

    /// Where the width of a column does not follow its title.
    @Test(arguments: Language.allCases)
    func theTitlesOfFixedColumnsFit(_ language: Language) {
        let widths: [(TextKey, Int)] = [
            (.columnDeployments, 4), (.columnLogging, 3), (.columnInstances, 3), (.columnCpu, 4), (.columnMemory, 4),
            (.columnGpu, 4), (.columnGpuMemory, 6), (.columnConcurrency, 4), (.columnTime, 8), (.columnStatus, 4),
            (.columnHistory, 11), (.valueOn, 3), (.valueOff, 3),
        ]
        for (key, width) in widths {
            #expect(TextWidth.width(of: Catalogue(language)[key]) <= width, "\(key.rawValue)")
        }
    }

    /// The last page of the help is full, however many lines a language takes for it.
    @Test(arguments: Language.allCases)
    func theHelpScrollsToItsLastLineAndNoFurther(_ language: Language) {
        var state = Samples.state(Size(width: 60, height: 24))
        let counts = Language.allCases.map { helpLineCount(state, $0) }
        #expect(Set(counts).count == counts.count, "at this width the languages differ")
        state.language = language
        var walk = Walkthrough(state: state)
        walk.press(.character("?"), .end)
        let count = helpLineCount(state, language)
        #expect(walk.state.scroll[.view(.help)] == count - 20)
        #expect(render(walk.state, texts: Catalogue(language)).text(ofRow: 22).contains("\(count)"))
    }

    /// Names, units and forms without words, which Korean writes as English does.
    private static let sameInEveryLanguage: Set<String> = [
        "app.name", "column.p95", "column.logging", "column.instanceType", "column.cpu", "column.memory", "column.gpu",
        "column.gpuMemory", "header.budget", "header.budget.short", "scroll.position", "value.unknown",
        "value.kubernetes", "value.state.for", "value.state.code", "credential.logs", "details.swaggerURI",
        "details.workspace", "details.appInsights", "details.cpu", "details.gpu", "details.p50", "details.p95",
        "details.requestID", "details.clientRequestID", "finding.p95", "error.code", "credential.why.failed",
        "view.form.json", "view.form.yaml", "copy.id", "copy.json", "copy.preview.lines", "answer.tab.json",
        "answer.phase.resolve", "answer.phase.secure", "compare.sizes", "invoke.status", "invoke.repeat.tooFew",
    ]

    private func helpLineCount(_ state: DashboardState, _ language: Language) -> Int {
        ViewContext(state: state, texts: Catalogue(language), layout: HomeLayout(state)).lines(of: .help).count
    }

    private func placeholders(in text: String) -> [String] {
        text.matches(of: /\{[^}]*\}/).map { String($0.output) }.sorted()
    }
}
