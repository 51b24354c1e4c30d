#include "loops.h"

static void heads(const int8_t *query, const uint8_t *heads, size_t count, size_t groups, int32_t *sums) {
    for (size_t group = 0; group < groups; group++, sums += ck_group_rows) {
        memset(sums, 0, ck_group_rows * sizeof *sums);
        for (size_t i = 0; i < count; i += 4, heads += 4 * ck_group_rows) {
            for (size_t row = 0; row < ck_group_rows; row++) {
                for (size_t k = 0; k < 4; k++) sums[row] += (int32_t)heads[row * 4 + k] * query[i + k];
            }
        }
    }
}

const ck_vector_loops ck_vector_loops_portable = VECTOR_LOOPS;
