// A crash must not leave the terminal in raw mode on the alternate screen, nor swallow the message that explains it.
// Everything that a handler calls here is async-signal-safe.

#include "Guard.h"
#include "CNCurses.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crash_signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
enum { CRASH_SIGNAL_COUNT = sizeof crash_signals / sizeof *crash_signals };

static const char reset_sequence[] = "\033[?2004l\033[?1004l\033[0m\033[?25h\033[?1049l\033[?25h\r";

static struct sigaction previous_actions[CRASH_SIGNAL_COUNT];
static struct termios previous_settings;
static bool has_previous_settings;
static int guarded_output = -1;
static atomic_bool is_armed;

static void write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

void cncurses_guard_arm(bool armed) { atomic_store(&is_armed, armed); }

void cncurses_guard_restore_settings(void) {
    if (has_previous_settings) tcsetattr(guarded_output, TCSANOW, &previous_settings);
}

void cncurses_guard_restore(void) {
    if (!atomic_exchange(&is_armed, false)) return;
    // A terminal that takes nothing must not keep the program from ending.
    int flags = fcntl(guarded_output, F_GETFL);
    if (flags >= 0) fcntl(guarded_output, F_SETFL, flags | O_NONBLOCK);
    write_all(guarded_output, reset_sequence, sizeof reset_sequence - 1);
    if (flags >= 0) fcntl(guarded_output, F_SETFL, flags);
    cncurses_guard_restore_settings();
    cncurses_errors_replay();
}

static void on_crash(int signal_number, siginfo_t *information, void *context) {
    (void)context;
    cncurses_guard_restore();
    for (int index = 0; index < CRASH_SIGNAL_COUNT; index++) {
        if (crash_signals[index] == signal_number) sigaction(signal_number, &previous_actions[index], NULL);
    }
    // A fault happens again on return and meets the previous handler; what was sent, or steps past itself, does not.
    bool was_sent = information == NULL || information->si_code <= 0;
    if (was_sent || signal_number == SIGABRT || signal_number == SIGTRAP) raise(signal_number);
}

// A stack that overflowed cannot run a handler.
static void provide_signal_stack(void) {
    stack_t current;
    if (sigaltstack(NULL, &current) == 0 && !(current.ss_flags & SS_DISABLE)) return;
    stack_t own;
    memset(&own, 0, sizeof own);
    own.ss_size = 64 * 1024;
    own.ss_sp = malloc(own.ss_size);
    if (own.ss_sp) sigaltstack(&own, NULL);
}

void cncurses_guard(int output) {
    guarded_output = output;
    has_previous_settings = tcgetattr(output, &previous_settings) == 0;
    static bool is_installed;
    if (is_installed) return;
    is_installed = true;
    provide_signal_stack();
    for (int index = 0; index < CRASH_SIGNAL_COUNT; index++) {
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_sigaction = on_crash;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
        sigemptyset(&action.sa_mask);
        sigaction(crash_signals[index], &action, &previous_actions[index]);
    }
    // Whoever calls exit() with the screen up still leaves a terminal that works.
    // (In the opposite order of these lines: first the screen, then the messages.)
    atexit(cncurses_release_errors);
    atexit(cncurses_close);
}
