#include "vector_loops.h"

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef float Floats16 __attribute__((vector_size(64), aligned(4)));

/// Of so many times 16 columns.
static inline __attribute__((always_inline)) void add_rows(const float *rows, const float *factors, size_t row_count,
                                                           size_t stride, size_t parts, float *sum) {
    Floats16 sums[4] = {0};
    for (size_t row = 0; row < row_count; row++) {
        for (size_t part = 0; part < parts; part++) {
            sums[part] += *(const Floats16 *)(rows + row * stride + part * 16) * factors[row];
        }
    }
    for (size_t part = 0; part < parts; part++) *(Floats16 *)(sum + part * 16) = sums[part];
}

FOR_EACH_PROCESSOR
void ck_hadamard(float *numbers, size_t count) {
    for (size_t half = 1; half < count; half *= 2) {
        for (size_t start = 0; start < count; start += half * 2) {
            float *low = numbers + start, *high = low + half;
            for (size_t i = 0; i < half; i++) {
                float sum = low[i] + high[i], difference = low[i] - high[i];
                low[i] = sum;
                high[i] = difference;
            }
        }
    }
}

FOR_EACH_PROCESSOR
float ck_product(const float *left, const float *right, size_t count) {
    Floats16 sums[4] = {0};
    size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        for (size_t part = 0; part < 4; part++) {
            sums[part] += *(const Floats16 *)(left + i + part * 16) * *(const Floats16 *)(right + i + part * 16);
        }
    }
    Floats16 sixteen = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    float sum = 0;
    for (size_t lane = 0; lane < 16; lane++) sum += sixteen[lane];
    for (; i < count; i++) sum += left[i] * right[i];
    return sum;
}

FOR_EACH_PROCESSOR
void ck_weighted_sum(const float *rows, const float *factors, size_t row_count, size_t count, float *sum) {
    size_t i = 0;
    for (; i + 64 <= count; i += 64) add_rows(rows + i, factors, row_count, count, 4, sum + i);
    for (; i + 16 <= count; i += 16) add_rows(rows + i, factors, row_count, count, 1, sum + i);
    if (i < count && count >= 16) {
        // Some of the last columns once more, which is sooner done than the rest one by one.
        add_rows(rows + count - 16, factors, row_count, count, 1, sum + count - 16);
        return;
    }
    for (; i < count; i++) {
        sum[i] = 0;
        for (size_t row = 0; row < row_count; row++) sum[i] += rows[row * count + i] * factors[row];
    }
}

FOR_EACH_PROCESSOR
void ck_add(float *numbers, const float *others, float factor, size_t count) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        *(Floats16 *)(numbers + i) += *(const Floats16 *)(others + i) * factor;
    }
    for (; i < count; i++) numbers[i] += others[i] * factor;
}
