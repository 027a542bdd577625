#include "CNCurses.h"
#include "Guard.h"

#include <curses.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#if !defined(NCURSES_WIDECHAR) || !NCURSES_WIDECHAR
#error "the headers of wide ncurses are needed"
#endif

// From <term.h>, which cannot be included: it defines common words as macros.
extern char *tigetstr(const char *);

// Older curses (Apple's among them) number pairs in a short.
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS && NCURSES_VERSION_PATCH >= 20170401
#define EXTENDED_PAIRS 1
#else
#define EXTENDED_PAIRS 0
#endif

// Bracketed paste and focus reports.
#define MODES_ON "\033[?2004h\033[?1004h"
#define MODES_OFF "\033[?2004l\033[?1004l"
#define CURSOR_ON "\033[?25h"

static SCREEN *screen;
static FILE *input_file, *output_file;
static bool modes_are_on;

const char *cncurses_version(void) { return curses_version(); }

// MARK: Locale

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value != NULL && *value != 0;
}

void cncurses_set_character_set(void) {
    bool is_named = is_set("LC_ALL") || is_set("LC_CTYPE") || is_set("LANG");
    if (is_named && setlocale(LC_CTYPE, "") != NULL) return;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL && setlocale(LC_CTYPE, "UTF-8") == NULL) setlocale(LC_CTYPE, "C");
}

bool cncurses_has_wide_characters(void) { return MB_CUR_MAX > 1; }

int cncurses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// MARK: Opening and closing

// Past curses, which keeps a buffer of its own: that one is empty between two updates.
static void set_modes(bool on) {
    fputs(on ? MODES_ON : MODES_OFF, output_file);
    fflush(output_file);
    modes_are_on = on;
}

// Gives the screen back. Some terminals keep the cursor's visibility with each of the two screens, so it is shown on the
// one that is left and on the one that comes back.
static void leave_screen(void) {
    if (modes_are_on) set_modes(false);
    endwin();
    fputs(CURSOR_ON, output_file);
    fflush(output_file);
}

static void abandon_files(void) {
    if (input_file) fclose(input_file);
    if (output_file) fclose(output_file);
    input_file = output_file = NULL;
}

static FILE *duplicate(int descriptor, const char *mode) {
    int copy = dup(descriptor);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (!file) close(copy);
    return file;
}

// Curses resets the terminal's palette when it comes back from a suspension, although nothing here changes it; the
// user's own colours would be lost. Its copy of that sequence becomes the empty one.
static void keep_palette(void) {
    char *sequence = tigetstr("oc");
    if (sequence && sequence != (char *)-1) *sequence = 0;
}

// Entries with direct colours write them with colons, which some terminals read otherwise; all read semicolons.
static void separate_colors_plainly(const char *capability) {
    static const char colons[] = "38:2::", plain[] = "38;2;";
    char *sequence = tigetstr(capability);
    if (!sequence || sequence == (char *)-1) return;
    char *start = strstr(sequence, colons);
    if (!start) start = strstr(sequence, "48:2::");
    if (!start) return;
    char kind = *start;
    memmove(start + strlen(plain), start + strlen(colons), strlen(start + strlen(colons)) + 1);
    memcpy(start, plain, strlen(plain));
    *start = kind;
    for (char *next = start; *next; next++) {
        if (*next == ':') *next = ';';
    }
}

cncurses_result cncurses_open(int input, int output, const char *type) {
    if (screen) return CNCURSES_OPENED;
    input_file = duplicate(input, "r");
    output_file = duplicate(output, "w");
    if (!input_file || !output_file) {
        abandon_files();
        return CNCURSES_FAILED;
    }
    // newterm, not initscr: initscr ends the process where it fails.
    screen = newterm(type, output_file, input_file);
    char *addressing = screen ? tigetstr("cup") : NULL;
    if (!addressing || addressing == (char *)-1) {
        if (screen) {
            endwin();
            delscreen(screen);
            screen = NULL;
        }
        abandon_files();
        return CNCURSES_UNKNOWN_TERMINAL;
    }
    set_term(screen);
    typeahead(-1);
    raw();
    noecho();
    nonl();
    scrollok(stdscr, FALSE);
    curs_set(0);
    leaveok(stdscr, TRUE);
    keep_palette();
    separate_colors_plainly("setaf");
    separate_colors_plainly("setab");
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    set_modes(true);
    cncurses_guard_arm(true);
    return CNCURSES_OPENED;
}

void cncurses_close(void) {
    if (!screen) return;
    cncurses_guard_arm(false);
    leave_screen();
    delscreen(screen);
    screen = NULL;
    abandon_files();
    cncurses_guard_restore_settings();
}

void cncurses_suspend(void) {
    if (!screen || isendwin()) return;
    cncurses_guard_arm(false);
    leave_screen();
}

void cncurses_resume(void) {
    if (!screen) return;
    cncurses_guard_arm(true);
    reset_prog_mode();
    set_modes(true);
    curs_set(0);
    clearok(curscr, TRUE);
}

// MARK: Size

void cncurses_read_size(int descriptor, int *width, int *height) {
    struct winsize size;
    memset(&size, 0, sizeof size);
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) size.ws_col = size.ws_row = 0;
    *width = size.ws_col;
    *height = size.ws_row;
}

// resize_term, not resizeterm: the latter also queues a key.
bool cncurses_resize(int width, int height) {
    if (!screen || resize_term(height, width) != OK) return false;
    clearok(curscr, TRUE);
    return true;
}

void cncurses_get_size(int *width, int *height) {
    *width = screen ? getmaxx(stdscr) : 0;
    *height = screen ? getmaxy(stdscr) : 0;
}

// MARK: Painting

int cncurses_color_count(void) { return screen && has_colors() ? COLORS : 0; }

bool cncurses_set_pair(int pair, int foreground, int background) {
#if EXTENDED_PAIRS
    return init_extended_pair(pair, foreground, background) == OK;
#else
    return init_pair((short)pair, (short)foreground, (short)background) == OK;
#endif
}

void cncurses_set_background(int pair) {
    cchar_t blank;
#if EXTENDED_PAIRS
    setcchar(&blank, L" ", A_NORMAL, 0, &pair);
#else
    setcchar(&blank, L" ", A_NORMAL, (short)pair, NULL);
#endif
    bkgrndset(&blank);
}

static attr_t attributes_of(uint16_t attributes) {
    attr_t result = A_NORMAL;
    if (attributes & CNCURSES_BOLD) result |= A_BOLD;
    if (attributes & CNCURSES_DIM) result |= A_DIM;
    if (attributes & CNCURSES_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & CNCURSES_REVERSE) result |= A_REVERSE;
    return result;
}

static void convert(const cncurses_cell *cell, cchar_t *result) {
    wchar_t text[4] = {(wchar_t)cell->base, (wchar_t)cell->first_mark, (wchar_t)cell->second_mark, 0};
#if EXTENDED_PAIRS
    int pair = cell->pair;
    setcchar(result, text, attributes_of(cell->attributes), 0, &pair);
#else
    setcchar(result, text, attributes_of(cell->attributes), (short)cell->pair, NULL);
#endif
}

void cncurses_put(int x, int y, const cncurses_cell *cells, int count) {
    enum { CHUNK = 256 };
    cchar_t converted[CHUNK];
    int next = 0;
    while (next < count) {
        int start = next, length = 0;
        for (; next < count && length < CHUNK; next++) {
            if (cells[next].base != 0) convert(&cells[next], &converted[length++]);
        }
        // A right half left over belongs to the chunk before it.
        while (next < count && cells[next].base == 0) next++;
        // Unlike wadd_wch and waddnwstr, this neither wraps nor scrolls at the edge.
        mvwadd_wchnstr(stdscr, y, x + start, converted, length);
    }
}

void cncurses_erase(void) { werase(stdscr); }

void cncurses_show_cursor(int x, int y) {
    leaveok(stdscr, FALSE);
    wmove(stdscr, y, x);
    curs_set(1);
}

void cncurses_hide_cursor(void) {
    leaveok(stdscr, TRUE);
    curs_set(0);
}

void cncurses_flush(void) {
    wnoutrefresh(stdscr);
    doupdate();
}

void cncurses_repaint(void) {
    clearok(curscr, TRUE);
    cncurses_flush();
}

// Past curses, whose buffer is empty between two updates; what is sent here moves no cursor and changes no cell.
bool cncurses_send(const uint8_t *bytes, size_t count) {
    if (!screen || isendwin()) return false;
    bool is_written = fwrite(bytes, 1, count, output_file) == count;
    return fflush(output_file) == 0 && is_written;
}

const char *cncurses_key_sequence(const char *capability) {
    char *sequence = tigetstr(capability);
    return sequence == (char *)-1 ? NULL : sequence;
}

uintptr_t cncurses_current_thread(void) { return (uintptr_t)pthread_self(); }
