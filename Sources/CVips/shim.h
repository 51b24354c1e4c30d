// What Swift cannot say of libvips: its operations are variadic C functions.
// Each wrapper fixes the arguments that Lookalike uses; all else is called from Swift directly.
#pragma once
#include <vips/vips.h>

static inline void cvips_ignore_message(const char *domain, GLogLevelFlags level, const char *message, void *data) {}

/// libvips prints warnings about each odd photo on standard error; Lookalike has its own way of telling.
static inline void cvips_silence(void) { g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, cvips_ignore_message, NULL); }

/// Opens an encoded picture with the loader of that name: its header is read now, its pixels from the top row
/// down when they are asked for. `shrink` is of JPEG alone, 1 for any other. The bytes must outlive the picture.
static inline int cvips_open(const char *loader, const void *bytes, size_t length, VipsFailOn fail_on, int shrink,
                             VipsImage **out) {
    VipsSource *source = vips_source_new_from_memory(bytes, length);
    if (!source) return -1;
    // Where `shrink` is 1 the list of options ends before it.
    int status = vips_call(loader, source, out, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on,
                           shrink > 1 ? "shrink" : NULL, shrink, NULL);
    g_object_unref(source);
    return status;
}

static inline int cvips_flatten_on_white(VipsImage *in, VipsImage **out) {
    VipsArrayDouble *white = vips_array_double_newv(3, 255.0, 255.0, 255.0);
    int status = vips_flatten(in, out, "background", white, NULL);
    vips_area_unref(VIPS_AREA(white));
    return status;
}

static inline int cvips_shrink(VipsImage *in, VipsImage **out, int across, int down) {
    return vips_shrink(in, out, (double)across, (double)down, NULL);
}

static inline int cvips_convert_profile_to_srgb(VipsImage *in, VipsImage **out) {
    return vips_icc_transform(in, out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE, NULL);
}

static inline int cvips_convert_to_srgb(VipsImage *in, VipsImage **out) {
    return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
}

/// CMYK that no profile describes, as browsers show it: each ink takes its share of the light away. The press profile
/// that libvips would assume is duller than what such files are made from.
static inline int cvips_convert_plain_cmyk_to_srgb(VipsImage *in, VipsImage **out) {
    VipsObject *context = VIPS_OBJECT(vips_image_new());
    VipsImage **step = (VipsImage **)vips_object_local_array(context, 5);
    double full = in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
    int status = vips_linear1(in, &step[0], -1 / full, 1, NULL)
        || vips_extract_band(step[0], &step[1], 0, "n", 3, NULL) || vips_extract_band(step[0], &step[2], 3, NULL)
        || vips_multiply(step[1], step[2], &step[3], NULL)
        || vips_linear1(step[3], &step[4], 255, 0.5, "uchar", TRUE, NULL)
        || vips_copy(step[4], out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(context);
    return status;
}

static inline int cvips_cast_to_bytes(VipsImage *in, VipsImage **out) { return vips_cast_uchar(in, out, NULL); }

static inline int cvips_keep_bands(VipsImage *in, VipsImage **out, int count) {
    return vips_extract_band(in, out, 0, "n", count, NULL);
}

static inline int cvips_turn_upright(VipsImage *in, VipsImage **out) { return vips_autorot(in, out, NULL); }

/// One band: how much of each pixel the letters cover.
static inline int cvips_text(VipsImage **out, const char *markup, const char *font, int dpi) {
    return vips_text(out, markup, "font", font, "dpi", dpi, NULL);
}

/// An SVG that Lookalike wrote itself; those of others are never read.
static inline int cvips_render_svg(const void *svg, size_t length, VipsImage **out) {
    return vips_svgload_buffer((void *)svg, length, out, NULL);
}

static inline int cvips_encode(VipsImage *in, const char *suffix_and_options, void **bytes, size_t *length) {
    return vips_image_write_to_buffer(in, suffix_and_options, bytes, length, NULL);
}

/// Says that three bands of plain numbers are red, green and blue.
static inline int cvips_as_srgb(VipsImage *in, VipsImage **out) {
    return vips_copy(in, out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
}

/// The first pixel of a part that a region was prepared with (a macro in libvips).
static inline const void *cvips_region_address(VipsRegion *region, int left, int top) {
    return VIPS_REGION_ADDR(region, left, top);
}
