import ArgumentParser
import AzureCore
import Dashboard
import Glibc

/// Exit codes that scripts can rely on (DESIGN 3).
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    /// Wrong use, or no terminal.
    case usage = 2
    case notFound = 3
    case signedOutOrForbidden = 4
    case throttledOrTimedOut = 5

    init(_ kind: AzureError.Kind) {
        switch kind {
        case .notFound: self = .notFound
        case .signedOut, .noCredential, .unauthorized, .wrongAudience, .forbidden: self = .signedOutOrForbidden
        case .throttled, .timedOut: self = .throttledOrTimedOut
        case .configuration: self = .usage
        default: self = .failed
        }
    }
}

/// A command that came to a bad end: one line on stderr and an exit code.
struct CommandFailure: Error {
    var line: String
    var status: ExitStatus

    init(_ line: String, _ status: ExitStatus) {
        self.line = line
        self.status = status
    }

    init(_ error: AzureError) {
        self.init(Wording(texts: .chosen).line(error), ExitStatus(error.kind))
    }

    func report() {
        writeToStandardError("amltop: \(Printable.text(line))\n")
    }
}

func writeToStandardError(_ text: String) { writeAll(text, to: 2) }
func writeToStandardOutput(_ text: String) { writeAll(text, to: 1) }
func writeToStandardOutput(_ bytes: [UInt8]) { writeAll(bytes, to: 1) }

private func writeAll(_ text: String, to descriptor: Int32) { writeAll(Array(text.utf8), to: descriptor) }

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
    }
}

func terminate(_ status: ExitStatus) -> Never { exit(status.rawValue) }

/// Help and version go to stdout; wrong use has the parser's words and our exit code.
func terminate(withParserError error: any Error) -> Never {
    let code = Amltop.exitCode(for: error)
    let message = Amltop.fullMessage(for: error)
    if code == .success {
        writeToStandardOutput(message + "\n")
        terminate(.done)
    }
    if !message.isEmpty { writeToStandardError(message.coveringTokens + "\n") }
    exit(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
}
