#include "CNCurses.h"
#include "Guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int caught_signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP, SIGQUIT};
enum { CAUGHT_SIGNAL_COUNT = sizeof caught_signals / sizeof *caught_signals };

static struct sigaction previous_actions[CAUGHT_SIGNAL_COUNT];
static int signal_pipe[2] = {-1, -1};
static bool are_caught;
static atomic_bool was_asked_to_leave;

static bool asks_to_leave(int signal_number) {
    return signal_number == SIGTERM || signal_number == SIGINT || signal_number == SIGQUIT;
}

static void on_signal(int signal_number) {
    int saved = errno;
    // Asked for the second time: whatever keeps the program from leaving, it leaves now.
    // (A hang-up does not count: a shell and the kernel both tell of the same one.)
    if (asks_to_leave(signal_number) && atomic_exchange(&was_asked_to_leave, true)) {
        cncurses_guard_restore();
        _exit(128 + signal_number);
    }
    unsigned char byte = (unsigned char)signal_number;
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

static struct sigaction action_of(void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return action;
}

int cncurses_catch_signals(void) {
    if (are_caught) return signal_pipe[0];
    if (signal_pipe[0] < 0) {
        if (pipe(signal_pipe) != 0) return -1;
        for (int end = 0; end < 2; end++) {
            fcntl(signal_pipe[end], F_SETFL, O_NONBLOCK);
            fcntl(signal_pipe[end], F_SETFD, FD_CLOEXEC);
        }
    }
    struct sigaction action = action_of(on_signal);
    for (int index = 0; index < CAUGHT_SIGNAL_COUNT; index++) {
        sigaction(caught_signals[index], &action, &previous_actions[index]);
    }
    atomic_store(&was_asked_to_leave, false);
    are_caught = true;
    return signal_pipe[0];
}

void cncurses_release_signals(void) {
    if (!are_caught) return;
    are_caught = false;
    for (int index = 0; index < CAUGHT_SIGNAL_COUNT; index++) {
        sigaction(caught_signals[index], &previous_actions[index], NULL);
    }
}

void cncurses_stop(bool whole_group) {
    struct sigaction byDefault = action_of(SIG_DFL), stop, resume;
    sigaction(SIGTSTP, &byDefault, &stop);
    sigaction(SIGCONT, &byDefault, &resume);
    if (whole_group) kill(0, SIGTSTP);
    else raise(SIGTSTP);
    // Here again once somebody continued the process.
    sigaction(SIGCONT, &resume, NULL);
    sigaction(SIGTSTP, &stop, NULL);
}
