#ifndef CNCURSES_GUARD_H
#define CNCURSES_GUARD_H

#include <stdbool.h>

// Whether a crash has a terminal to restore.
void cncurses_guard_arm(bool armed);
// Restores the terminal from a signal handler, as far as it takes bytes without waiting.
void cncurses_guard_restore(void);
// Puts the terminal's settings back to what they were before the screen was opened.
void cncurses_guard_restore_settings(void);
// Writes out the end of what standard error was kept from showing; safe in a signal handler.
void cncurses_errors_replay(void);

#endif
