import Dashboard
import Glibc

/// A program that has the terminal to itself, as a shell's foreground job has: Ctrl-C is for it alone.
struct ForegroundProgram {
    private let line: ProgramLine

    init(_ line: ProgramLine) {
        self.line = line
    }

    /// Runs it to its end.
    ///
    /// - Parameter mustEnd: Asked now and then whether it has to be ended.
    /// - Returns: Its exit code, minus the signal that ended it; nil where it could not be started.
    func run(mustEnd: () -> Bool) -> Int32? {
        guard let pid = start() else { return nil }
        defer { takeForeground(getpgrp()) }
        takeForeground(pid)
        // It may have asked for the terminal before it had it.
        kill(-pid, SIGCONT)
        while true {
            var status: Int32 = 0
            let result = waitpid(pid, &status, WNOHANG | WUNTRACED)
            if result == pid {
                guard status & 0xFF == 0x7F else { return Self.exitCode(of: status) }
                let isForTerminal = [SIGTTIN, SIGTTOU].contains(status >> 8 & 0xFF)
                // Nobody could bring a stopped one back to the front, so a stop is an end.
                if !isForTerminal { kill(-pid, SIGTERM) }
                kill(-pid, SIGCONT)
            } else if result < 0, errno != EINTR {
                return nil
            }
            if mustEnd() { kill(-pid, SIGTERM) }
            poll(nil, 0, 30)
        }
    }

    private static func exitCode(of status: Int32) -> Int32 {
        status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    }

    /// In a process group of its own, with the signals as they are by default.
    private func start() -> pid_t? {
        var attributes = posix_spawnattr_t()
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = ([line.path] + line.arguments).map { strdup($0) } + [nil]
        var variables = line.variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, line.path, nil, &attributes, &arguments, &variables) == 0 ? pid : nil
    }

    /// Makes a process group the terminal's; whoever is not in it must not be stopped for asking.
    private func takeForeground(_ group: pid_t) {
        var blocked = sigset_t()
        var before = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        tcsetpgrp(0, group)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
