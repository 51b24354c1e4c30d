#include "CJpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

struct CJpegReader {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    jmp_buf failure;
};

static void fail(j_common_ptr decoder) { longjmp(((CJpegReader *)decoder->client_data)->failure, 1); }

/// Negative levels are warnings: the data is damaged, and libjpeg would make something up.
static void judge(j_common_ptr decoder, int level) {
    if (level < 0) fail(decoder);
}

static bool is_plain(struct jpeg_decompress_struct *decoder) {
    J_COLOR_SPACE space = decoder->jpeg_color_space;
    return !jpeg_has_multiple_scans(decoder) && decoder->data_precision == 8
        && (space == JCS_YCbCr || space == JCS_RGB || space == JCS_GRAYSCALE);
}

CJpegReader *cjpeg_open(const uint8_t *bytes, size_t length) {
    CJpegReader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    decoder->err = jpeg_std_error(&reader->errors);
    decoder->client_data = reader;
    reader->errors.error_exit = fail;
    reader->errors.emit_message = judge;
    if (!setjmp(reader->failure)) {
        jpeg_create_decompress(decoder);
        jpeg_mem_src(decoder, bytes, length);
        jpeg_save_markers(decoder, JPEG_APP0 + 1, 0xFFFF);
        jpeg_save_markers(decoder, JPEG_APP0 + 2, 0xFFFF);
        jpeg_read_header(decoder, TRUE);
        decoder->out_color_space = JCS_RGB;
        if (is_plain(decoder)) return reader;
    }
    cjpeg_close(reader);
    return NULL;
}

void cjpeg_close(CJpegReader *reader) {
    jpeg_destroy_decompress(&reader->decoder);
    free(reader);
}

bool cjpeg_is_grey(const CJpegReader *reader) { return reader->decoder.jpeg_color_space == JCS_GRAYSCALE; }

const uint8_t *cjpeg_application_data(const CJpegReader *reader, int number, size_t index, size_t *length) {
    for (jpeg_saved_marker_ptr block = reader->decoder.marker_list; block; block = block->next) {
        if (block->marker != JPEG_APP0 + number || index-- > 0) continue;
        *length = block->data_length;
        return block->data;
    }
    return NULL;
}

size_t cjpeg_width(const CJpegReader *reader) { return reader->decoder.image_width / reader->decoder.scale_denom; }

size_t cjpeg_height(const CJpegReader *reader) { return reader->decoder.image_height / reader->decoder.scale_denom; }

void cjpeg_reduce(CJpegReader *reader, unsigned factor) {
    reader->decoder.scale_num = 1;
    reader->decoder.scale_denom = factor;
}

/// Leaves out columns to both sides of the part; returns how many of those that are decoded lie left of it.
///
/// libjpeg makes colours at an edge up from fewer neighbours, so the edges are kept away from the part.
static size_t crop(struct jpeg_decompress_struct *decoder, CJpegPart part) {
    enum { margin = 2 };
    JDIMENSION start = part.left < margin ? 0 : (JDIMENSION)part.left - margin;
    size_t end = part.left + part.width + margin;
    JDIMENSION width = (JDIMENSION)(end < decoder->output_width ? end : decoder->output_width) - start;
    if (width < decoder->output_width) jpeg_crop_scanline(decoder, &start, &width);
    return part.left - start;
}

/// Goes over the rows that are left. Their damage shows, as long as the last of them is read: libjpeg does not look at
/// rows when all that are left are skipped.
static void skip_rest(struct jpeg_decompress_struct *decoder, JSAMPROW row) {
    JDIMENSION rest = decoder->output_height - decoder->output_scanline;
    if (rest > 1) jpeg_skip_scanlines(decoder, rest - 1);
    if (rest > 0) jpeg_read_scanlines(decoder, &row, 1);
}

bool cjpeg_read(CJpegReader *reader, CJpegPart part, uint8_t *pixels) {
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    if (setjmp(reader->failure)) return false;
    jpeg_start_decompress(decoder);
    size_t skipped = crop(decoder, part), length = part.width * 3;
    // libjpeg writes aligned rows past the cache, and they would have to be fetched into it again.
    JSAMPROW row = decoder->mem->alloc_large((j_common_ptr)decoder, JPOOL_IMAGE, decoder->output_width * 3 + 1) + 1;
    if (part.top > 0) jpeg_skip_scanlines(decoder, (JDIMENSION)part.top);
    for (size_t y = 0; y < part.height; y++, pixels += length) {
        jpeg_read_scanlines(decoder, &row, 1);
        memcpy(pixels, row + skipped * 3, length);
    }
    skip_rest(decoder, row);
    return jpeg_finish_decompress(decoder);
}
