// The loops, in the extensions of C that compilers turn into any processor's vectors. A file for each kind of instructions
// includes them, and so compiles them for that kind.
#include "vector_loops.h"

#include <string.h>

// Functions that take or return vectors are inlined into their callers, so that it does not matter how they would be called.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float Floats16 __attribute__((vector_size(64), aligned(4)));
typedef double Doubles8 __attribute__((vector_size(64), aligned(8)));
typedef float Floats8 __attribute__((vector_size(32), aligned(4)));
typedef uint64_t Words8 __attribute__((vector_size(64), aligned(8)));
typedef int32_t Ints16 __attribute__((vector_size(64), aligned(4)));
typedef uint16_t Halves16 __attribute__((vector_size(32), aligned(2)));
typedef uint32_t UInts16 __attribute__((vector_size(64), aligned(4)));

/// How many rows of a product of matrices are computed at once: as many as there are registers for.
#ifndef ROWS_AT_ONCE
#define ROWS_AT_ONCE 2
#endif

#define LOOP static inline __attribute__((always_inline))

LOOP Doubles8 doubles(const float *numbers) {
    return __builtin_convertvector(*(const Floats8 *)numbers, Doubles8);
}

LOOP double sum(Doubles8 numbers) {
    return ((numbers[0] + numbers[4]) + (numbers[1] + numbers[5])) + ((numbers[2] + numbers[6]) + (numbers[3] + numbers[7]));
}

static void products(const float *left, const float *right, size_t count, double *product, double *square) {
    Doubles8 products[2] = {0}, squares[2] = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        for (size_t part = 0; part < 2; part++) {
            Doubles8 numbers = doubles(right + i + part * 8);
            products[part] += doubles(left + i + part * 8) * numbers;
            squares[part] += numbers * numbers;
        }
    }
    *product = sum(products[0] + products[1]);
    *square = sum(squares[0] + squares[1]);
    for (; i < count; i++) {
        *product += (double)left[i] * right[i];
        *square += (double)right[i] * right[i];
    }
}

static double squared_distance(const float *left, const float *right, size_t count) {
    Doubles8 squares[2] = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        for (size_t part = 0; part < 2; part++) {
            Doubles8 difference = doubles(left + i + part * 8) - doubles(right + i + part * 8);
            squares[part] += difference * difference;
        }
    }
    double result = sum(squares[0] + squares[1]);
    for (; i < count; i++) {
        double difference = (double)left[i] - right[i];
        result += difference * difference;
    }
    return result;
}

enum { panel_columns = 32, panel_depth = 256 };

/// The products of `rows` left rows with a panel, in which 32 columns of each number lie together, added to a tile.
LOOP void panel_loop(const float *left, size_t stride, size_t rows, const float *panel, size_t depth, float *tile) {
    Floats16 sums[ROWS_AT_ONCE][2];
    for (size_t row = 0; row < rows; row++) memcpy(sums[row], tile + row * panel_columns, sizeof sums[row]);
    for (size_t k = 0; k < depth; k++) {
        Floats16 low = *(const Floats16 *)(panel + k * panel_columns);
        Floats16 high = *(const Floats16 *)(panel + k * panel_columns + 16);
        for (size_t row = 0; row < rows; row++) {
            float number = left[row * stride + k];
            sums[row][0] += low * number;
            sums[row][1] += high * number;
        }
    }
    for (size_t row = 0; row < rows; row++) memcpy(tile + row * panel_columns, sums[row], sizeof sums[row]);
}

/// The right rows from `j` on as a panel; columns that there are no rows for are zero.
LOOP void pack_panel(const float *right, size_t rows, size_t stride, size_t depth, float *panel) {
    for (size_t j = 0; j < panel_columns; j++) {
        for (size_t k = 0; k < depth; k++) panel[k * panel_columns + j] = j < rows ? right[j * stride + k] : 0;
    }
}

/// The products of some left rows with a panel, out of what there is and back to it.
LOOP void tile_loop(const float *left, size_t stride, size_t rows, const float *panel, size_t depth, float *products,
                    size_t n, size_t columns, int is_first) {
    float tile[ROWS_AT_ONCE * panel_columns] = {0};
    for (size_t row = 0; row < rows && !is_first; row++) {
        memcpy(tile + row * panel_columns, products + row * n, columns * sizeof *tile);
    }
    if (rows == ROWS_AT_ONCE) {
        panel_loop(left, stride, ROWS_AT_ONCE, panel, depth, tile);
    } else {
        for (size_t row = 0; row < rows; row++) {
            panel_loop(left + row * stride, stride, 1, panel, depth, tile + row * panel_columns);
        }
    }
    for (size_t row = 0; row < rows; row++) {
        memcpy(products + row * n, tile + row * panel_columns, columns * sizeof *tile);
    }
}

static void matrix(const float *left, size_t m, const float *right, size_t n, size_t count, float *products) {
    float panel[panel_depth * panel_columns] __attribute__((aligned(64)));
    for (size_t j = 0; j < n; j += panel_columns) {
        size_t columns = n - j < panel_columns ? n - j : panel_columns;
        for (size_t k = 0; k < count; k += panel_depth) {
            size_t depth = count - k < panel_depth ? count - k : panel_depth;
            pack_panel(right + j * count + k, columns, count, depth, panel);
            for (size_t i = 0; i < m; i += ROWS_AT_ONCE) {
                size_t rows = m - i < ROWS_AT_ONCE ? m - i : ROWS_AT_ONCE;
                tile_loop(left + i * count + k, count, rows, panel, depth, products + i * n + j, n, columns, k == 0);
            }
        }
    }
}

/// Floats of which two bytes are kept.
LOOP Floats16 widened(const uint16_t *halves) {
    return (Floats16)(__builtin_convertvector(*(const Halves16 *)halves, UInts16) << 16);
}

LOOP Floats16 most_alike(const ck_limits *limits, const int32_t *sums, size_t row) {
    Floats16 sum = __builtin_convertvector(*(const Ints16 *)(sums + row) - limits->zero, Floats16);
    Floats16 cosine = *(const Floats16 *)(limits->offsets + row) + limits->base + limits->slack
        + widened(limits->head_scales + row) * limits->scale * sum
        + widened(limits->head_errors + row) * limits->head_length
        + widened(limits->tail_lengths + row) * limits->tail_length;
    if (!limits->norms) return cosine;
    Floats16 norm = *(const Floats16 *)(limits->norms + row);
    return norm * (cosine * limits->linear - norm * limits->square);
}

static size_t within(const ck_limits *limits, const int32_t *sums, size_t count, float least, uint32_t *rows) {
    size_t found = 0;
    for (size_t first = 0; first < count; first += 16) {
        Floats16 alike = most_alike(limits, sums, first);
        Ints16 isWithin = alike >= least;
        if (!__builtin_reduce_or(isWithin)) continue;
        for (size_t row = 0; row < 16; row++) {
            rows[found] = (uint32_t)(first + row);
            found += (size_t)-isWithin[row];
        }
    }
    return found;
}

static int32_t signs(const uint64_t *planes, size_t plane_count, const uint64_t *row, size_t words) {
    Words8 set = {0}, sums[8] = {0};
    size_t word = 0;
    for (; word + 8 <= words; word += 8) {
        Words8 bits = *(const Words8 *)(row + word);
        set += __builtin_elementwise_popcount(bits);
        for (size_t plane = 0; plane < plane_count; plane++) {
            sums[plane] += __builtin_elementwise_popcount(bits & *(const Words8 *)(planes + plane * words + word));
        }
    }
    int64_t total = -(int64_t)__builtin_reduce_add(set) * ((1 << plane_count) - 1);
    for (size_t plane = 0; plane < plane_count; plane++) total += (int64_t)__builtin_reduce_add(sums[plane]) << (plane + 1);
    for (; word < words; word++) {
        total -= (int64_t)__builtin_popcountll(row[word]) * ((1 << plane_count) - 1);
        for (size_t plane = 0; plane < plane_count; plane++) {
            total += (int64_t)__builtin_popcountll(row[word] & planes[plane * words + word]) << (plane + 1);
        }
    }
    return (int32_t)total;
}

#define VECTOR_LOOPS {products, squared_distance, matrix, heads, within, signs}
