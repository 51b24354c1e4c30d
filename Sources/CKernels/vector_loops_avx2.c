#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,popcnt,bmi2"))), apply_to = function)
#include "loops.h"

typedef int32_t Ints8 __attribute__((vector_size(32)));

/// Sums of pairs of products of sixteen bytes with as many numbers.
LOOP __m256i pairs(const uint8_t *rows, __m256i numbers) {
    return _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)rows)), numbers);
}

LOOP Ints16 head_products(const int8_t *query, const uint8_t *heads, size_t count) {
    __m256i quarters[4] = {0};
    for (size_t i = 0; i < count; i += 4, heads += 4 * ck_group_rows) {
        int32_t four;
        memcpy(&four, query + i, sizeof four);
        __m256i numbers = _mm256_cvtepi8_epi16(_mm_set1_epi32(four));
        for (size_t part = 0; part < 4; part++) {
            quarters[part] = _mm256_add_epi32(quarters[part], pairs(heads + part * 16, numbers));
        }
    }
    __m256i halves[2];
    for (size_t half = 0; half < 2; half++) {
        // Rows 0, 1, 4, 5 and then 2, 3, 6, 7.
        __m256i eight = _mm256_hadd_epi32(quarters[half * 2], quarters[half * 2 + 1]);
        halves[half] = _mm256_permute4x64_epi64(eight, 0xD8);
    }
    Ints16 sums;
    memcpy(&sums, halves, sizeof sums);
    return sums;
}

LOOP int32_t byte_product(const int8_t *query, const uint8_t *row, size_t count) {
    __m256i sum = _mm256_setzero_si256();
    for (size_t i = 0; i < count; i += 16) {
        __m256i numbers = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(query + i)));
        sum = _mm256_add_epi32(sum, pairs(row + i, numbers));
    }
    return __builtin_reduce_add((Ints8)sum);
}

const ck_vector_loops ck_vector_loops_avx2 = VECTOR_LOOPS;
#pragma clang attribute pop
#endif
