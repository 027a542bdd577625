#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t texts_en[] = {
#embed "texts/en.strings"
};

static const uint8_t texts_ko[] = {
#embed "texts/ko.strings"
};

static const uint8_t scenarios_steady[] = {
#embed "scenarios/steady.json"
};

static const uint8_t scenarios_incident[] = {
#embed "scenarios/incident.json"
};

static const uint8_t scenarios_expiry[] = {
#embed "scenarios/expiry.json"
};

static const uint8_t scenarios_rollout[] = {
#embed "scenarios/rollout.json"
};

static const uint8_t scenarios_throttled[] = {
#embed "scenarios/throttled.json"
};

static const uint8_t scenarios_signed_out[] = {
#embed "scenarios/signed-out.json"
};

static const uint8_t scenarios_fleet[] = {
#embed "scenarios/fleet.json"
};

static const uint8_t scenarios_lab[] = {
#embed "scenarios/lab.json"
};

static const cresources_file files[] = {
    {"texts/en.strings", texts_en, sizeof texts_en},
    {"texts/ko.strings", texts_ko, sizeof texts_ko},
    {"scenarios/steady.json", scenarios_steady, sizeof scenarios_steady},
    {"scenarios/incident.json", scenarios_incident, sizeof scenarios_incident},
    {"scenarios/expiry.json", scenarios_expiry, sizeof scenarios_expiry},
    {"scenarios/rollout.json", scenarios_rollout, sizeof scenarios_rollout},
    {"scenarios/throttled.json", scenarios_throttled, sizeof scenarios_throttled},
    {"scenarios/signed-out.json", scenarios_signed_out, sizeof scenarios_signed_out},
    {"scenarios/fleet.json", scenarios_fleet, sizeof scenarios_fleet},
    {"scenarios/lab.json", scenarios_lab, sizeof scenarios_lab},
};

const cresources_file *cresources_files(size_t *count) {
    *count = sizeof files / sizeof *files;
    return files;
}
