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

/// libjpeg's rows go on to the next whole pixel, and there is one row more where the height does not divide either.
static void read_rows(CJpegReader *reader, uint8_t *pixels, JSAMPROW whole_row) {
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    size_t row_length = cjpeg_width(reader) * 3, height = cjpeg_height(reader);
    bool is_exact = cjpeg_width(reader) == decoder->output_width;
    while (decoder->output_scanline < decoder->output_height) {
        size_t y = decoder->output_scanline;
        JSAMPROW row = is_exact && y < height ? pixels + y * row_length : whole_row;
        jpeg_read_scanlines(decoder, &row, 1);
        if (row == whole_row && y < height) memcpy(pixels + y * row_length, row, row_length);
    }
}

bool cjpeg_read(CJpegReader *reader, uint8_t *pixels) {
    struct jpeg_decompress_struct *decoder = &reader->decoder;
    if (setjmp(reader->failure)) return false;
    jpeg_start_decompress(decoder);
    JSAMPARRAY spare = decoder->mem->alloc_sarray((j_common_ptr)decoder, JPOOL_IMAGE, decoder->output_width * 3, 1);
    read_rows(reader, pixels, spare[0]);
    return jpeg_finish_decompress(decoder);
}
