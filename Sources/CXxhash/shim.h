// xxHash's functions as fast as the processor has them. Where the library can choose by the processor, its header gives
// those that do the names of the others, as macros, which Swift cannot see. With AVX2 or AVX-512, memory is the limit;
// without, the hash is.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif

static inline uint64_t cxxhash_checksum(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }

static inline void cxxhash_update(XXH3_state_t *state, const void *bytes, size_t count) {
    XXH3_64bits_update(state, bytes, count);
}
