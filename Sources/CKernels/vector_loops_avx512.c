#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512vpopcntdq,fma,popcnt,bmi2"))), \
    apply_to = function)
#define ROWS_AT_ONCE 8
#include "loops.h"

static void heads(const int8_t *query, const uint8_t *heads, size_t count, size_t groups, int32_t *sums) {
    for (size_t group = 0; group < groups; group++, sums += ck_group_rows) {
        // Two sums, so that no product waits for the one before it.
        __m512i even = _mm512_setzero_si512(), odd = even;
        size_t i = 0;
        for (; i + 8 <= count; i += 8, heads += 8 * ck_group_rows) {
            int32_t four[2];
            memcpy(four, query + i, sizeof four);
            even = _mm512_dpbusd_epi32(even, _mm512_loadu_si512(heads), _mm512_set1_epi32(four[0]));
            odd = _mm512_dpbusd_epi32(odd, _mm512_loadu_si512(heads + 64), _mm512_set1_epi32(four[1]));
        }
        if (i < count) {
            int32_t four;
            memcpy(&four, query + i, sizeof four);
            even = _mm512_dpbusd_epi32(even, _mm512_loadu_si512(heads), _mm512_set1_epi32(four));
            heads += 4 * ck_group_rows;
        }
        _mm512_storeu_si512(sums, _mm512_add_epi32(even, odd));
    }
}

const ck_vector_loops ck_vector_loops_avx512 = VECTOR_LOOPS;
#pragma clang attribute pop
#endif
