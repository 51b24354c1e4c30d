#include "view_calibrations.h"

// Compilers had this long before the standard of 2023.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t lite0[] = {
#embed "Calibrations/efficientnet-lite0.safetensors"
};
static const uint8_t lite1[] = {
#embed "Calibrations/efficientnet-lite1.safetensors"
};
static const uint8_t lite2[] = {
#embed "Calibrations/efficientnet-lite2.safetensors"
};

const vc_file vc_efficientnet_lite0 = {lite0, sizeof lite0};
const vc_file vc_efficientnet_lite1 = {lite1, sizeof lite1};
const vc_file vc_efficientnet_lite2 = {lite2, sizeof lite2};
