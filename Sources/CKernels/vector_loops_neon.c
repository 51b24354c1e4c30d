#if defined(__aarch64__)
#include <arm_neon.h>

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "loops.h"

LOOP Ints16 head_products(const int8_t *query, const uint8_t *heads, size_t count) {
    int32x4_t quarters[4] = {0};
    int32_t taken = 0;
    for (size_t i = 0; i < count; i += 4, heads += 4 * ck_group_rows) {
        int32_t four;
        memcpy(&four, query + i, sizeof four);
        int8x16_t numbers = vreinterpretq_s8_s32(vdupq_n_s32(four));
        // Bytes less 128 are signed, as the query's are; what that takes away is given back in the end.
        for (size_t k = 0; k < 4; k++) taken += 128 * query[i + k];
        for (size_t part = 0; part < 4; part++) {
            int8x16_t rows = vreinterpretq_s8_u8(veorq_u8(vld1q_u8(heads + part * 16), vdupq_n_u8(128)));
            quarters[part] = vdotq_s32(quarters[part], rows, numbers);
        }
    }
    Ints16 sums;
    memcpy(&sums, quarters, sizeof sums);
    return sums + taken;
}

LOOP int32_t byte_product(const int8_t *query, const uint8_t *row, size_t count) {
    int32x4_t sum = vdupq_n_s32(0);
    int32_t taken = 0;
    for (size_t i = 0; i < count; i += 16) {
        int8x16_t numbers = vld1q_s8(query + i);
        sum = vdotq_s32(sum, vreinterpretq_s8_u8(veorq_u8(vld1q_u8(row + i), vdupq_n_u8(128))), numbers);
        taken += 128 * vaddlvq_s8(numbers);
    }
    return vaddvq_s32(sum) + taken;
}

const ck_vector_loops ck_vector_loops_neon = VECTOR_LOOPS;
#pragma clang attribute pop
#endif
