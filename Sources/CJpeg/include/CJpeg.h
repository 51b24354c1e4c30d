// libjpeg for Swift: its errors leave a function by longjmp, which Swift cannot be part of.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CJpegReader CJpegReader;

/// Reads the header of a photo whose rows are stored from the top down at once, in grey or three colours; NULL for
/// any other JPEG and for what is none. The bytes must outlive the reader.
CJpegReader *cjpeg_open(const uint8_t *bytes, size_t length);
void cjpeg_close(CJpegReader *);

bool cjpeg_is_grey(const CJpegReader *);

/// The block of application data that is the `index`-th with its number (EXIF has 1, a colour profile 2); it lives as
/// long as the reader. NULL where there is none.
const uint8_t *cjpeg_application_data(const CJpegReader *, int number, size_t index, size_t *length);

/// How large the picture is, as stored: nothing is turned.
size_t cjpeg_width(const CJpegReader *);
size_t cjpeg_height(const CJpegReader *);

/// Makes the picture smaller by 1, 2, 4 or 8 as it is decoded; a part of a pixel at its edge is left out.
void cjpeg_reduce(CJpegReader *, unsigned factor);

/// A part of the picture in whole pixels, once it is made smaller.
typedef struct {
    size_t left, top, width, height;
} CJpegPart;

/// Decodes a part of the rows as red, green and blue bytes; of what lies outside, no more than must be is computed.
/// False where libjpeg had anything to say about the data, wherever in the picture that is.
bool cjpeg_read(CJpegReader *, CJpegPart, uint8_t *pixels);
