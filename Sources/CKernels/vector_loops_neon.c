#if defined(__aarch64__)
#include <arm_neon.h>

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "loops.h"

static void heads(const int8_t *query, const uint8_t *heads, size_t count, size_t groups, int32_t *sums) {
    // Bytes less 128 are signed, as the query's are; what that takes away is given back.
    int32_t taken = 0;
    for (size_t i = 0; i < count; i++) taken += 128 * query[i];
    for (size_t group = 0; group < groups; group++, sums += ck_group_rows) {
        int32x4_t quarters[4];
        for (size_t part = 0; part < 4; part++) quarters[part] = vdupq_n_s32(taken);
        for (size_t i = 0; i < count; i += 4, heads += 4 * ck_group_rows) {
            int32_t four;
            memcpy(&four, query + i, sizeof four);
            int8x16_t numbers = vreinterpretq_s8_s32(vdupq_n_s32(four));
            for (size_t part = 0; part < 4; part++) {
                int8x16_t rows = vreinterpretq_s8_u8(veorq_u8(vld1q_u8(heads + part * 16), vdupq_n_u8(128)));
                quarters[part] = vdotq_s32(quarters[part], rows, numbers);
            }
        }
        for (size_t part = 0; part < 4; part++) vst1q_s32(sums + part * 4, quarters[part]);
    }
}

const ck_vector_loops ck_vector_loops_neon = VECTOR_LOOPS;
#pragma clang attribute pop
#endif
