#include "loops.h"

LOOP Ints16 head_products(const int8_t *query, const uint8_t *heads, size_t count) {
    Ints16 sums = {0};
    for (size_t i = 0; i < count; i += 4, heads += 4 * ck_group_rows) {
        for (size_t row = 0; row < ck_group_rows; row++) {
            for (size_t k = 0; k < 4; k++) sums[row] += (int32_t)heads[row * 4 + k] * query[i + k];
        }
    }
    return sums;
}

LOOP int32_t byte_product(const int8_t *query, const uint8_t *row, size_t count) {
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += (int32_t)row[i] * query[i];
    return sum;
}

const ck_vector_loops ck_vector_loops_portable = VECTOR_LOOPS;
