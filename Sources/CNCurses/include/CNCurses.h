#ifndef CNCURSES_H
#define CNCURSES_H

// Nothing of <curses.h> is included here: its macros and globals (stdscr, LINES, timeout, OK) stay out of Swift.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One cell on its way to the screen. A base of 0 is the right half of a wide character.
typedef struct {
    uint32_t base;
    uint32_t first_mark;
    uint32_t second_mark;
    uint16_t attributes;
    uint16_t pair;
} cncurses_cell;

enum {
    CNCURSES_BOLD = 1,
    CNCURSES_DIM = 2,
    CNCURSES_UNDERLINE = 4,
    CNCURSES_REVERSE = 8,
};

typedef enum {
    CNCURSES_OPENED,
    /// The terminal database does not know the type, or knows it as one without cursor addressing.
    CNCURSES_UNKNOWN_TERMINAL,
    /// A system call failed; errno says why.
    CNCURSES_FAILED,
} cncurses_result;

/// The version line of the curses library this was linked with.
const char *cncurses_version(void);

// Locale

/// Takes the character set from the environment, or C.UTF-8 where that names nothing installed or nothing at all.
void cncurses_set_character_set(void);
/// Whether more than ASCII can be shown.
bool cncurses_has_wide_characters(void);
/// The columns the C library and curses give a character; -1 for one that cannot be printed.
int cncurses_width(uint32_t scalar);

// Screen

/// Starts the screen on two descriptors of a terminal; `type` may be NULL for the TERM of the environment.
cncurses_result cncurses_open(int input, int output, const char *type);
/// Gives the terminal back as it was; harmless when it is not open.
void cncurses_close(void);
/// Gives the terminal back for a while.
void cncurses_suspend(void);
/// Takes the terminal again, after `cncurses_suspend` or after somebody else used it; all is painted anew.
void cncurses_resume(void);
/// Reads the terminal's size; 0 where it does not say.
void cncurses_read_size(int descriptor, int *width, int *height);
bool cncurses_resize(int width, int height);
void cncurses_get_size(int *width, int *height);
/// Colours: 0, 8, 16, 88, 256 or more.
int cncurses_color_count(void);
/// Sets a pair of colours; -1 is the terminal's own, and with direct colours any other is 0xRRGGBB.
bool cncurses_set_pair(int pair, int foreground, int background);
/// Sets the colours of what is erased.
void cncurses_set_background(int pair);
/// Puts cells into a row; the caller keeps within the screen.
void cncurses_put(int x, int y, const cncurses_cell *cells, int count);
void cncurses_erase(void);
void cncurses_show_cursor(int x, int y);
void cncurses_hide_cursor(void);
/// Sends what changed.
void cncurses_flush(void);
/// Clears the terminal and sends everything.
void cncurses_repaint(void);
/// Sends bytes that leave the screen and the cursor alone; to be called between two flushes.
bool cncurses_send(const uint8_t *bytes, size_t count);
/// The bytes the terminal's database entry gives a key (a capability such as `kcuu1`), or NULL.
const char *cncurses_key_sequence(const char *capability);

// Signals

/// Starts catching the signals that concern a terminal; returns a descriptor from which each is read as one byte, its
/// number, or -1. The second of those that ask the program to leave ends it at once, the terminal restored.
int cncurses_catch_signals(void);
/// Gives the signals back to whoever had them.
void cncurses_release_signals(void);
/// Stops the process (or its whole group, as Ctrl-Z does), and returns when it is continued.
void cncurses_stop(bool whole_group);
/// Makes a crash restore the terminal first; call it before `cncurses_open`, on the thread that will run the screen.
void cncurses_guard(int output);

// Standard error

/// Keeps what is written to a standard error that is a terminal, so that it cannot tear the screen.
void cncurses_capture_errors(void);
/// Gives standard error back and writes out the end of what was kept.
void cncurses_release_errors(void);

// Threads

/// Identifies the calling thread among those that live.
uintptr_t cncurses_current_thread(void);

#endif
