// The part of libvips that Lookalike uses, found by name when the first picture needs it: it and what it needs are a hundred
// libraries, which take as long to load as a small answer takes. Nothing of libvips is needed to build Lookalike.
//
// Declared as in libvips 8.14, whose soname has been 42 since 8.0.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct _VipsImage VipsImage;
typedef struct _VipsRegion VipsRegion;

/// Values of VipsFailOn, VipsBandFormat and VipsInterpretation.
enum { CVIPS_FAIL_ON_TRUNCATED = 1, CVIPS_FAIL_ON_WARNING = 3 };
enum { CVIPS_FORMAT_UCHAR = 0, CVIPS_FORMAT_USHORT = 2 };
enum { CVIPS_INTERPRETATION_CMYK = 15, CVIPS_INTERPRETATION_SRGB = 22 };

/// Loads libvips and starts it; must succeed before anything below is called. `why` says why it does not.
bool cvips_start(const char *program, char *why, size_t why_capacity);

/// libvips' own word, as in `8.14.1`.
const char *cvips_version(void);
/// Whether it was built with the operation of that name.
bool cvips_has_operation(const char *name);
/// Refuses an operation by its class, and those made of it, or takes the refusal back.
void cvips_block(const char *operation_class, bool isBlocked);

/// The messages that it has gathered, which are dropped; for `cvips_free`.
char *cvips_take_errors(void);
void cvips_clear_errors(void);
void cvips_free(void *memory);
void cvips_release(VipsImage *image);
void cvips_release_region(VipsRegion *region);

int cvips_width(VipsImage *image);
int cvips_height(VipsImage *image);
int cvips_bands(VipsImage *image);
/// One of the formats above, or another number.
int cvips_format(VipsImage *image);
/// One of the interpretations above, or another number.
int cvips_interpretation(VipsImage *image);
/// As EXIF counts: 1 is upright.
int cvips_orientation(VipsImage *image);
bool cvips_has_alpha(VipsImage *image);
bool cvips_has_profile(VipsImage *image);
/// The embedded ICC profile, which lives as long as the image; 0 where there is one.
int cvips_profile(VipsImage *image, const void **bytes, size_t *length);

/// Opens an encoded picture with the loader of that name: its header is read now, its pixels from the top row
/// down when they are asked for. `shrink` is of JPEG alone, 1 for any other. The bytes must outlive the picture.
int cvips_open(const char *loader, const void *bytes, size_t length, int fail_on, int shrink, VipsImage **out);
/// Pixels of three bytes, row by row, which must outlive the picture; NULL where it fails.
VipsImage *cvips_from_memory(const void *pixels, size_t length, int width, int height, int bands);
/// Computes all pixels now and keeps them; NULL where it fails.
VipsImage *cvips_in_memory(VipsImage *image);
/// What pixels are computed through, some rows after others; NULL where it fails.
VipsRegion *cvips_region(VipsImage *image);
/// Computes some rows; for `cvips_free`, NULL where it fails.
void *cvips_rows(VipsRegion *region, int top, int width, int height, size_t *length);

// Each returns 0 where it succeeds.
int cvips_flatten_on_white(VipsImage *in, VipsImage **out);
int cvips_shrink(VipsImage *in, VipsImage **out, int across, int down);
int cvips_convert_profile_to_srgb(VipsImage *in, VipsImage **out);
int cvips_convert_to_srgb(VipsImage *in, VipsImage **out);
/// CMYK that no profile describes, as browsers show it: each ink takes its share of the light away. The press profile
/// that libvips would assume is duller than what such files are made from.
int cvips_convert_plain_cmyk_to_srgb(VipsImage *in, VipsImage **out);
int cvips_cast_to_bytes(VipsImage *in, VipsImage **out);
int cvips_keep_bands(VipsImage *in, VipsImage **out, int count);
int cvips_turn_upright(VipsImage *in, VipsImage **out);
/// Says that three bands of plain numbers are red, green and blue.
int cvips_as_srgb(VipsImage *in, VipsImage **out);
/// One band: how much of each pixel the letters cover.
int cvips_text(VipsImage **out, const char *markup, const char *font, int dpi);
/// An SVG that Lookalike wrote itself; those of others are never read.
int cvips_render_svg(const void *svg, size_t length, VipsImage **out);
/// The file's bytes, for `cvips_free`.
int cvips_encode(VipsImage *in, const char *suffix_and_options, void **bytes, size_t *length);
