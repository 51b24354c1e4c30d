// glibc's own way to set its allocator up, which Swift's module of glibc leaves out.
#pragma once
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>

static inline void cmalloc_keep_blocks(int largest, int spare) {
    mallopt(M_MMAP_THRESHOLD, largest);
    mallopt(M_TOP_PAD, largest);
    mallopt(M_TRIM_THRESHOLD, spare);
}
#else
/// Other C libraries keep large blocks of their own accord.
static inline void cmalloc_keep_blocks(int largest, int spare) {}
#endif
