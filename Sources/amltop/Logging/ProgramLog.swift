import Dashboard
import Glibc
import Logging

/// The log of this run, as `--log` and `--debug` ask for it.
enum ProgramLog {
    /// Where the lines go.
    enum Place: Equatable {
        case nowhere, standardError
        case file(String)
    }

    /// Whose run it is decides where `--debug` alone writes: a dashboard has the screen for itself.
    static func place(flags: GlobalFlags, environment: [String: String], isDashboard: Bool) -> Place {
        if let path = flags.logPath { return .file(path) }
        guard flags.isDebug else { return .nowhere }
        guard isDashboard else { return .standardError }
        let folder = environment.value("XDG_STATE_HOME") ?? environment.value("HOME").map { $0 + "/.local/state" }
        return .file((folder ?? "/tmp") + "/amltop/debug.log")
    }

    /// - Returns: Nil where nothing is to be logged.
    /// - Throws: `CommandFailure` where the file cannot be written.
    static func logger(_ invocation: Invocation, isDashboard: Bool = false) throws(CommandFailure) -> Logger? {
        let flags = invocation.flags
        let place = place(flags: flags, environment: invocation.environment, isDashboard: isDashboard)
        let sink: LogSink
        switch place {
        case .nowhere: return nil
        case .standardError: sink = LogSink()
        case .file(let path):
            if flags.logPath == nil { makeFolders(of: path) }
            do throws(SystemError) {
                sink = try LogSink(path: path)
            } catch {
                let values: KeyValuePairs = ["path": path, "reason": String(cString: strerror(error.number))]
                throw CommandFailure(Catalogue.chosen.text(.errorWriteFile, values), .failed)
            }
            if flags.logPath == nil, !flags.showsOnlyErrors {
                writeToStandardError(Catalogue.chosen.text(.logWritten, ["path": path]) + "\n")
            }
        }
        let logger = Logger(label: "amltop") { _ in
            LineLogHandler(sink: sink, level: flags.isDebug ? .debug : .info)
        }
        logger.info("started", metadata: ["version": "\(Version.current)", "process": "\(getpid())"])
        return logger
    }

    private static func makeFolders(of path: String) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
    }
}
