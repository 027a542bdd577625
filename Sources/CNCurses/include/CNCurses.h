#ifndef CNCURSES_H
#define CNCURSES_H

/// The version line of the curses library this was linked with.
const char *cncurses_version(void);

#endif
