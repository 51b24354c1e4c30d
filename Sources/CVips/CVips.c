#include "CVips.h"

#include <dlfcn.h>
#include <stdio.h>

typedef struct _VipsSource VipsSource;
typedef struct _VipsArrayDouble VipsArrayDouble;
typedef void (*LogReceiver)(const char *domain, int level, const char *message, void *data);

// Operations take options by name and value, and a null pointer behind the last.
#define FUNCTIONS(X) \
    X(int, vips_init, (const char *)) \
    X(void, vips_block_untrusted_set, (int)) \
    X(void, vips_operation_block_set, (const char *, int)) \
    X(void, vips_concurrency_set, (int)) \
    X(void, vips_cache_set_max, (int)) \
    X(const char *, vips_version_string, (void)) \
    X(size_t, vips_type_find, (const char *, const char *)) \
    X(char *, vips_error_buffer_copy, (void)) \
    X(void, vips_error_clear, (void)) \
    X(int, vips_image_get_width, (const VipsImage *)) \
    X(int, vips_image_get_height, (const VipsImage *)) \
    X(int, vips_image_get_bands, (const VipsImage *)) \
    X(int, vips_image_get_format, (const VipsImage *)) \
    X(int, vips_image_get_interpretation, (const VipsImage *)) \
    X(int, vips_image_get_orientation, (VipsImage *)) \
    X(int, vips_image_hasalpha, (VipsImage *)) \
    X(size_t, vips_image_get_typeof, (const VipsImage *, const char *)) \
    X(int, vips_image_get_blob, (const VipsImage *, const char *, const void **, size_t *)) \
    X(VipsSource *, vips_source_new_from_memory, (const void *, size_t)) \
    X(VipsImage *, vips_image_new_from_memory, (const void *, size_t, int, int, int, int)) \
    X(VipsImage *, vips_image_copy_memory, (VipsImage *)) \
    X(VipsImage *, vips_image_new, (void)) \
    X(VipsImage **, vips_object_local_array, (VipsImage *, int)) \
    X(VipsRegion *, vips_region_new, (VipsImage *)) \
    X(void *, vips_region_fetch, (VipsRegion *, int, int, int, int, size_t *)) \
    X(VipsArrayDouble *, vips_array_double_newv, (int, ...)) \
    X(void, vips_area_unref, (VipsArrayDouble *)) \
    X(int, vips_call, (const char *, ...)) \
    X(int, vips_flatten, (VipsImage *, VipsImage **, ...)) \
    X(int, vips_shrink, (VipsImage *, VipsImage **, double, double, ...)) \
    X(int, vips_icc_transform, (VipsImage *, VipsImage **, const char *, ...)) \
    X(int, vips_colourspace, (VipsImage *, VipsImage **, int, ...)) \
    X(int, vips_linear1, (VipsImage *, VipsImage **, double, double, ...)) \
    X(int, vips_extract_band, (VipsImage *, VipsImage **, int, ...)) \
    X(int, vips_multiply, (VipsImage *, VipsImage *, VipsImage **, ...)) \
    X(int, vips_copy, (VipsImage *, VipsImage **, ...)) \
    X(int, vips_cast_uchar, (VipsImage *, VipsImage **, ...)) \
    X(int, vips_autorot, (VipsImage *, VipsImage **, ...)) \
    X(int, vips_text, (VipsImage **, const char *, ...)) \
    X(int, vips_svgload_buffer, (void *, size_t, VipsImage **, ...)) \
    X(int, vips_image_write_to_buffer, (VipsImage *, const char *, void **, size_t *, ...)) \
    X(void, g_free, (void *)) \
    X(void, g_object_unref, (void *)) \
    X(unsigned, g_log_set_handler, (const char *, int, LogReceiver, void *))

#define DECLARE(result, name, parameters) result(*name) parameters;
static struct { FUNCTIONS(DECLARE) } vips;
#undef DECLARE

#ifdef __APPLE__
#define LIBRARY "libvips.42.dylib"
#else
#define LIBRARY "libvips.so.42"
#endif

enum { ACCESS_SEQUENTIAL = 1, INTENT_RELATIVE = 1, LOG_LEVEL_WARNING = 1 << 4 };
static const char *const profile_name = "icc-profile-data";

static bool load(char *why, size_t why_capacity) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(why, why_capacity, "%s", dlerror());
        return false;
    }
#define TAKE(result, name, parameters) \
    vips.name = (result(*) parameters)dlsym(library, #name); \
    if (!vips.name) { \
        snprintf(why, why_capacity, LIBRARY " has no function " #name ", and 8.13 or later is needed"); \
        return false; \
    }
    FUNCTIONS(TAKE)
#undef TAKE
    return true;
}

static void ignore_message(const char *domain, int level, const char *message, void *data) {}

bool cvips_start(const char *program, char *why, size_t why_capacity) {
    if (!load(why, why_capacity)) return false;
    if (vips.vips_init(program) != 0) {
        char *errors = cvips_take_errors();
        snprintf(why, why_capacity, "%s", errors ? errors : "it does not say why");
        cvips_free(errors);
        return false;
    }
    // It prints warnings about each odd photo on standard error; Lookalike has its own way of telling.
    vips.g_log_set_handler("VIPS", LOG_LEVEL_WARNING, ignore_message, NULL);
    vips.vips_block_untrusted_set(true);
    // Lookalike decides how many pictures are in flight; none is asked for twice.
    vips.vips_concurrency_set(1);
    vips.vips_cache_set_max(0);
    return true;
}

const char *cvips_version(void) { return vips.vips_version_string(); }
bool cvips_has_operation(const char *name) { return vips.vips_type_find("VipsOperation", name) != 0; }
void cvips_block(const char *operation_class, bool isBlocked) {
    vips.vips_operation_block_set(operation_class, isBlocked);
}

char *cvips_take_errors(void) { return vips.vips_error_buffer_copy(); }
void cvips_clear_errors(void) { vips.vips_error_clear(); }
void cvips_free(void *memory) { vips.g_free(memory); }
void cvips_release(VipsImage *image) { vips.g_object_unref(image); }
void cvips_release_region(VipsRegion *region) { vips.g_object_unref(region); }

int cvips_width(VipsImage *image) { return vips.vips_image_get_width(image); }
int cvips_height(VipsImage *image) { return vips.vips_image_get_height(image); }
int cvips_bands(VipsImage *image) { return vips.vips_image_get_bands(image); }
int cvips_format(VipsImage *image) { return vips.vips_image_get_format(image); }
int cvips_interpretation(VipsImage *image) { return vips.vips_image_get_interpretation(image); }
int cvips_orientation(VipsImage *image) { return vips.vips_image_get_orientation(image); }
bool cvips_has_alpha(VipsImage *image) { return vips.vips_image_hasalpha(image) != 0; }
bool cvips_has_profile(VipsImage *image) { return vips.vips_image_get_typeof(image, profile_name) != 0; }

int cvips_profile(VipsImage *image, const void **bytes, size_t *length) {
    return vips.vips_image_get_blob(image, profile_name, bytes, length);
}

int cvips_open(const char *loader, const void *bytes, size_t length, int fail_on, int shrink, VipsImage **out) {
    VipsSource *source = vips.vips_source_new_from_memory(bytes, length);
    if (!source) return -1;
    // Where `shrink` is 1 the list of options ends before it.
    int status = vips.vips_call(loader, source, out, "access", ACCESS_SEQUENTIAL, "fail_on", fail_on,
                                shrink > 1 ? "shrink" : NULL, shrink, NULL);
    vips.g_object_unref(source);
    return status;
}

VipsImage *cvips_from_memory(const void *pixels, size_t length, int width, int height, int bands) {
    return vips.vips_image_new_from_memory(pixels, length, width, height, bands, CVIPS_FORMAT_UCHAR);
}

VipsImage *cvips_in_memory(VipsImage *image) { return vips.vips_image_copy_memory(image); }
VipsRegion *cvips_region(VipsImage *image) { return vips.vips_region_new(image); }

void *cvips_rows(VipsRegion *region, int top, int width, int height, size_t *length) {
    return vips.vips_region_fetch(region, 0, top, width, height, length);
}

int cvips_flatten_on_white(VipsImage *in, VipsImage **out) {
    VipsArrayDouble *white = vips.vips_array_double_newv(3, 255.0, 255.0, 255.0);
    int status = vips.vips_flatten(in, out, "background", white, NULL);
    vips.vips_area_unref(white);
    return status;
}

int cvips_shrink(VipsImage *in, VipsImage **out, int across, int down) {
    return vips.vips_shrink(in, out, (double)across, (double)down, NULL);
}

int cvips_convert_profile_to_srgb(VipsImage *in, VipsImage **out) {
    return vips.vips_icc_transform(in, out, "srgb", "embedded", true, "intent", INTENT_RELATIVE, NULL);
}

int cvips_convert_to_srgb(VipsImage *in, VipsImage **out) {
    return vips.vips_colourspace(in, out, CVIPS_INTERPRETATION_SRGB, NULL);
}

int cvips_convert_plain_cmyk_to_srgb(VipsImage *in, VipsImage **out) {
    VipsImage *context = vips.vips_image_new();
    VipsImage **step = vips.vips_object_local_array(context, 5);
    double full = cvips_format(in) == CVIPS_FORMAT_USHORT ? 65535 : 255;
    int status = vips.vips_linear1(in, &step[0], -1 / full, 1.0, NULL)
        || vips.vips_extract_band(step[0], &step[1], 0, "n", 3, NULL)
        || vips.vips_extract_band(step[0], &step[2], 3, NULL)
        || vips.vips_multiply(step[1], step[2], &step[3], NULL)
        || vips.vips_linear1(step[3], &step[4], 255.0, 0.5, "uchar", true, NULL)
        || cvips_as_srgb(step[4], out);
    vips.g_object_unref(context);
    return status;
}

int cvips_cast_to_bytes(VipsImage *in, VipsImage **out) { return vips.vips_cast_uchar(in, out, NULL); }

int cvips_keep_bands(VipsImage *in, VipsImage **out, int count) {
    return vips.vips_extract_band(in, out, 0, "n", count, NULL);
}

int cvips_turn_upright(VipsImage *in, VipsImage **out) { return vips.vips_autorot(in, out, NULL); }

int cvips_as_srgb(VipsImage *in, VipsImage **out) {
    return vips.vips_copy(in, out, "interpretation", CVIPS_INTERPRETATION_SRGB, NULL);
}

int cvips_text(VipsImage **out, const char *markup, const char *font, int dpi) {
    return vips.vips_text(out, markup, "font", font, "dpi", dpi, NULL);
}

int cvips_render_svg(const void *svg, size_t length, VipsImage **out) {
    return vips.vips_svgload_buffer((void *)svg, length, out, NULL);
}

int cvips_encode(VipsImage *in, const char *suffix_and_options, void **bytes, size_t *length) {
    return vips.vips_image_write_to_buffer(in, suffix_and_options, bytes, length, NULL);
}
