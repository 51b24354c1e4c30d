// The web page's files, and the description of the server's interface.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct page_file {
    const uint8_t *_Nonnull bytes;
    size_t count;
} page_file;

extern const page_file page_index, page_script, page_style, page_icon, page_openapi;
