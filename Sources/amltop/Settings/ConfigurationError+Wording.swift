import Dashboard
import Glibc

extension CommandFailure {
    /// `config.yaml:3: thresholds.p95: …`
    init(_ error: ConfigurationError) {
        let texts = Catalogue.chosen
        let place = error.line.map { "\(error.path):\($0)" } ?? error.path
        let why = error.problem.why(texts)
        let line =
            error.field.map { texts.text(.errorConfigField, ["place": place, "field": $0, "why": why]) }
            ?? texts.text(.errorConfig, ["place": place, "why": why])
        self.init(line, .usage)
    }

    init(_ problem: SettingsResolver.Problem) {
        let texts = Catalogue.chosen
        switch problem {
        case .contextBesideFlags: self.init(texts[.errorContextBesideFlags], .usage)
        case .noSuchContext(let name, let known):
            let names = known.isEmpty ? texts[.valueNone] : known.joined(separator: ", ")
            self.init(texts.text(.errorNoContext, ["name": name, "names": names]), .usage)
        }
    }
}

extension ConfigurationError.Problem {
    fileprivate func why(_ texts: Catalogue) -> String {
        switch self {
        case .unreadable(let number): String(cString: strerror(number))
        case .notYAML(let reason): texts.text(.errorConfigYaml, ["reason": reason])
        case .notMapping: texts[.errorConfigMapping]
        case .notList: texts[.errorConfigList]
        case .notText: texts[.errorConfigText]
        case .missing: texts[.errorConfigMissing]
        case .notOneOf(let words): texts.text(.errorConfigChoice, ["words": words.joined(separator: ", ")])
        case .notSpan: texts[.errorConfigSpan]
        case .notShare: texts[.errorConfigShare]
        case .notSwitch: texts.text(.errorConfigChoice, ["words": "true, false"])
        case .notPair: texts[.errorConfigPair]
        case .wrongOrder: texts[.errorConfigOrder]
        case .outOfRange(let range): texts.text(.errorConfigRange, ["range": range])
        case .repeatedName: texts[.errorConfigRepeated]
        case .unknownContext(let name): texts.text(.errorConfigContext, ["name": name])
        }
    }
}
