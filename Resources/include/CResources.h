#ifndef CRESOURCES_H
#define CRESOURCES_H

#include <stddef.h>
#include <stdint.h>

/// One embedded file: its path below `Resources/`, and its bytes, which stay valid for the life of the process.
typedef struct {
    const char *path;
    const uint8_t *bytes;
    size_t count;
} cresources_file;

/// All embedded files; `count` receives how many there are.
const cresources_file *cresources_files(size_t *count);

#endif
