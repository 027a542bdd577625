// Standard error while the screen is up: kept in memory, shown afterwards.

#include "CNCurses.h"
#include "Guard.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
extern long syscall(long, ...);
#endif

enum { KEPT_BYTES = 16 * 1024 };

static int real_errors = -1;

// A file without a name that only this process has.
static int nameless_file(void) {
#if defined(__linux__)
    return (int)syscall(SYS_memfd_create, "stderr", 1u /* MFD_CLOEXEC */);
#else
    char path[] = "/tmp/stderr.XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor >= 0) {
        unlink(path);
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    return descriptor;
#endif
}

void cncurses_capture_errors(void) {
    if (real_errors >= 0 || !isatty(STDERR_FILENO)) return;
    int file = nameless_file();
    if (file < 0) return;
    real_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (real_errors >= 0) {
        // Appending, so that several writers do not write over each other.
        fcntl(file, F_SETFL, O_APPEND);
        dup2(file, STDERR_FILENO);
    }
    close(file);
}

void cncurses_errors_replay(void) {
    if (real_errors < 0) return;
    off_t end = lseek(STDERR_FILENO, 0, SEEK_END);
    off_t place = end > KEPT_BYTES ? end - KEPT_BYTES : 0;
    char bytes[512];
    unsigned char previous = 0;
    for (ssize_t count; place < end && (count = pread(STDERR_FILENO, bytes, sizeof bytes, place)) > 0; place += count) {
        for (ssize_t index = 0; index < count; index++) {
            unsigned char byte = (unsigned char)bytes[index];
            bool is_control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
            bool is_wide_control = previous == 0xC2 && byte < 0xA0;
            if (is_control || is_wide_control) bytes[index] = '?';
            previous = byte;
        }
        if (write(real_errors, bytes, (size_t)count) < 0) break;
    }
    dup2(real_errors, STDERR_FILENO);
    close(real_errors);
    real_errors = -1;
}

void cncurses_release_errors(void) {
    if (real_errors < 0) return;
    fflush(stderr);
    cncurses_errors_replay();
}
