// What views of photos are calibrated with, as Scripts/train-views.py wrote it: a file of safetensors for each network.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct vc_file {
    const uint8_t *_Nonnull bytes;
    size_t count;
} vc_file;

extern const vc_file vc_efficientnet_lite0, vc_efficientnet_lite1, vc_efficientnet_lite2;
