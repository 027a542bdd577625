#ifndef CPSEUDOTERMINAL_H
#define CPSEUDOTERMINAL_H

#include <stdbool.h>
#include <sys/types.h>

/// A program on a pseudo-terminal, started by a session leader as a shell would do it.
typedef struct {
    /// The other side of the terminal, not blocking.
    int terminal;
    /// Where the leader reports what became of the program, not blocking.
    int reports;
    pid_t leader;
    pid_t program;
} cpseudo_process;

typedef enum { CPSEUDO_NOTHING, CPSEUDO_STOPPED, CPSEUDO_EXITED, CPSEUDO_SIGNALLED } cpseudo_change;

/// Starts a program in the foreground of a terminal of its own; returns 0, or an errno.
int cpseudo_start(const char *path, char *const arguments[], char *const environment[], int columns, int rows,
                  cpseudo_process *result);
/// The next change of the program's state, and its exit status or signal.
cpseudo_change cpseudo_next_change(const cpseudo_process *process, int *value);
int cpseudo_resize(const cpseudo_process *process, int columns, int rows);
/// Continues a stopped program, in the foreground.
int cpseudo_continue(const cpseudo_process *process);
/// Whether the terminal's settings are those it was made with.
bool cpseudo_has_first_settings(const cpseudo_process *process);
/// Whether the terminal gathers lines, as it does outside of full-screen programs.
bool cpseudo_is_canonical(const cpseudo_process *process);
/// The terminal goes away.
void cpseudo_hang_up(cpseudo_process *process);
/// Ends program and leader and lets go of everything.
void cpseudo_destroy(cpseudo_process *process);

/// Starts a program without a terminal: stdin is empty, stdout and stderr go to new files, nothing else is inherited.
/// Returns 0 and its id, or an errno.
int cpseudo_run(const char *path, char *const arguments[], char *const environment[], const char *output,
                const char *errors, pid_t *result);

#endif
