#if defined(__linux__)
#define _GNU_SOURCE 1
#include <pty.h>
#include <utmp.h>
#else
#include <util.h>
#endif

#include "CPseudoTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

typedef struct {
    int change;
    int value;
} report;

static void set_default_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
}

static void close_from(int first) {
    for (int descriptor = first; descriptor < 1024; descriptor++) close(descriptor);
}

static void tell(int reports, int change, int value) {
    report message = {change, value};
    ssize_t ignored = write(reports, &message, sizeof message);
    (void)ignored;
}

// What a shell does for a job: a process group of its own, in the foreground; then watch it.
static void lead(const char *path, char *const arguments[], char *const environment[], int reports) {
    set_default_signals();
    // It may move the foreground about, and outlives a hang-up to report what the program made of it.
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pid_t program = fork();
    if (program < 0) _exit(126);
    if (program == 0) {
        setpgid(0, 0);
        tcsetpgrp(0, getpid());
        set_default_signals();
        close_from(3);
        // Crashes are part of the tests; their cores are not wanted.
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        execve(path, arguments, environment);
        _exit(127);
    }
    setpgid(program, program);
    tcsetpgrp(0, program);
    tell(reports, CPSEUDO_NOTHING, program);
    for (;;) {
        int status;
        if (waitpid(program, &status, WUNTRACED) < 0) {
            if (errno == EINTR) continue;
            _exit(126);
        }
        if (WIFSTOPPED(status)) {
            tell(reports, CPSEUDO_STOPPED, WSTOPSIG(status));
        } else {
            if (WIFEXITED(status)) tell(reports, CPSEUDO_EXITED, WEXITSTATUS(status));
            else tell(reports, CPSEUDO_SIGNALLED, WTERMSIG(status));
            _exit(0);
        }
    }
}

static int fail(int first, int second, int third) {
    int error = errno;
    close(first);
    close(second);
    close(third);
    return error ? error : EIO;
}

int cpseudo_start(const char *path, char *const arguments[], char *const environment[], int columns, int rows,
                  cpseudo_process *result) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int terminal, line, pipe_ends[2];
    if (openpty(&terminal, &line, NULL, NULL, &size) != 0) return errno;
    if (pipe(pipe_ends) != 0) return fail(terminal, line, -1);
    for (int end = 0; end < 2; end++) fcntl(pipe_ends[end], F_SETFD, FD_CLOEXEC);
    fcntl(terminal, F_SETFD, FD_CLOEXEC);
    pid_t leader = fork();
    if (leader < 0) return fail(terminal, line, pipe_ends[0]);
    if (leader == 0) {
        login_tty(line);
        dup2(pipe_ends[1], 3);
        close_from(4);
        lead(path, arguments, environment, 3);
    }
    close(line);
    close(pipe_ends[1]);
    report first;
    if (read(pipe_ends[0], &first, sizeof first) != sizeof first) return fail(terminal, pipe_ends[0], -1);
    fcntl(terminal, F_SETFL, O_NONBLOCK);
    fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
    *result = (cpseudo_process){terminal, pipe_ends[0], leader, (pid_t)first.value};
    return 0;
}

cpseudo_change cpseudo_next_change(const cpseudo_process *process, int *value) {
    report next;
    if (read(process->reports, &next, sizeof next) != sizeof next) return CPSEUDO_NOTHING;
    *value = next.value;
    return (cpseudo_change)next.change;
}

int cpseudo_resize(const cpseudo_process *process, int columns, int rows) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return ioctl(process->terminal, TIOCSWINSZ, &size);
}

int cpseudo_continue(const cpseudo_process *process) { return kill(-process->program, SIGCONT); }

bool cpseudo_has_first_settings(const cpseudo_process *process) {
    struct termios now, first;
    int terminal, line;
    if (tcgetattr(process->terminal, &now) != 0 || openpty(&terminal, &line, NULL, NULL, NULL) != 0) return false;
    tcgetattr(terminal, &first);
    close(terminal);
    close(line);
    return now.c_iflag == first.c_iflag && now.c_oflag == first.c_oflag && now.c_cflag == first.c_cflag &&
           now.c_lflag == first.c_lflag && memcmp(now.c_cc, first.c_cc, sizeof now.c_cc) == 0;
}

bool cpseudo_is_canonical(const cpseudo_process *process) {
    struct termios now;
    return tcgetattr(process->terminal, &now) == 0 && (now.c_lflag & ICANON) != 0;
}

void cpseudo_hang_up(cpseudo_process *process) {
    if (process->terminal >= 0) close(process->terminal);
    process->terminal = -1;
}

void cpseudo_destroy(cpseudo_process *process) {
    cpseudo_hang_up(process);
    kill(process->leader, SIGKILL);
    kill(-process->program, SIGKILL);
    int status;
    while (waitpid(process->leader, &status, 0) < 0 && errno == EINTR) {}
    close(process->reports);
}

static void open_as(int descriptor, const char *path, int flags) {
    int opened = open(path, flags, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
    if (opened != descriptor) close(opened);
}

int cpseudo_run(const char *path, char *const arguments[], char *const environment[], const char *output,
                const char *errors, pid_t *result) {
    pid_t program = fork();
    if (program < 0) return errno;
    if (program == 0) {
        set_default_signals();
        open_as(0, "/dev/null", O_RDONLY);
        open_as(1, output, O_WRONLY | O_CREAT | O_TRUNC);
        open_as(2, errors, O_WRONLY | O_CREAT | O_TRUNC);
        close_from(3);
        execve(path, arguments, environment);
        _exit(127);
    }
    *result = program;
    return 0;
}
