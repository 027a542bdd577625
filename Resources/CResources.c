#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t texts_en[] = {
#embed "texts/en.strings"
};

static const uint8_t scenarios_steady[] = {
#embed "scenarios/steady.json"
};

static const cresources_file files[] = {
    {"texts/en.strings", texts_en, sizeof texts_en},
    {"scenarios/steady.json", scenarios_steady, sizeof scenarios_steady},
};

const cresources_file *cresources_files(size_t *count) {
    *count = sizeof files / sizeof *files;
    return files;
}
