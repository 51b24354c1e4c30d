#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512vpopcntdq,fma,popcnt,bmi2"))), \
    apply_to = function)
#define ROWS_AT_ONCE 8
#include "loops.h"

LOOP Ints16 head_products(const int8_t *query, const uint8_t *heads, size_t count) {
    // Two sums, so that no product waits for the one before it.
    __m512i sums[2] = {0};
    for (size_t i = 0; i < count; i += 4, heads += 4 * ck_group_rows) {
        int32_t four;
        memcpy(&four, query + i, sizeof four);
        sums[i / 4 % 2] = _mm512_dpbusd_epi32(sums[i / 4 % 2], _mm512_loadu_si512(heads), _mm512_set1_epi32(four));
    }
    return (Ints16)_mm512_add_epi32(sums[0], sums[1]);
}

LOOP int32_t byte_product(const int8_t *query, const uint8_t *row, size_t count) {
    __m512i sum = _mm512_setzero_si512();
    for (size_t i = 0; i < count; i += 64) {
        sum = _mm512_dpbusd_epi32(sum, _mm512_loadu_si512(row + i), _mm512_loadu_si512(query + i));
    }
    return _mm512_reduce_add_epi32(sum);
}

const ck_vector_loops ck_vector_loops_avx512 = VECTOR_LOOPS;
#pragma clang attribute pop
#endif
