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
typedef uint64_t Words4 __attribute__((vector_size(32), aligned(8)));
typedef int32_t Ints16 __attribute__((vector_size(64), aligned(4)));
typedef uint16_t Halves16 __attribute__((vector_size(32), aligned(2)));
typedef uint32_t UInts16 __attribute__((vector_size(64), aligned(4)));
typedef int8_t Bytes16 __attribute__((vector_size(16), aligned(1)));

/// How many rows of a product of matrices are computed at once: as many as there are registers for.
#ifndef ROWS_AT_ONCE
#define ROWS_AT_ONCE 2
#endif

#define LOOP static inline __attribute__((always_inline))

/// The product of bytes with a sign and others without one. Defined with the instructions there are for it; `count` is a
/// multiple of 64.
LOOP int32_t byte_product(const int8_t *query, const uint8_t *row, size_t count);

/// The products of a query's head and those of a group of rows. Defined with the instructions there are for it.
LOOP Ints16 head_products(const int8_t *query, const uint8_t *heads, size_t count);

LOOP Doubles8 doubles(const float *numbers) {
    return __builtin_convertvector(*(const Floats8 *)numbers, Doubles8);
}

LOOP double sum(Doubles8 numbers) {
    return ((numbers[0] + numbers[4]) + (numbers[1] + numbers[5])) + ((numbers[2] + numbers[6]) + (numbers[3] + numbers[7]));
}

LOOP float sum16(Floats16 numbers) {
    Floats8 eight = __builtin_shufflevector(numbers, numbers, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(numbers, numbers, 8, 9, 10, 11, 12, 13, 14, 15);
    return ((eight[0] + eight[4]) + (eight[1] + eight[5])) + ((eight[2] + eight[6]) + (eight[3] + eight[7]));
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

/// The product of two vectors.
LOOP float product(const float *left, const float *right, size_t count) {
    Floats16 sums[4] = {0};
    size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        for (size_t part = 0; part < 4; part++) {
            sums[part] += *(const Floats16 *)(left + i + part * 16) * *(const Floats16 *)(right + i + part * 16);
        }
    }
    for (; i + 16 <= count; i += 16) sums[0] += *(const Floats16 *)(left + i) * *(const Floats16 *)(right + i);
    float result = sum16((sums[0] + sums[1]) + (sums[2] + sums[3]));
    for (; i < count; i++) result += left[i] * right[i];
    return result;
}

static void matrix(const float *left, size_t m, const float *right, size_t n, size_t count, float *products) {
    if (m == 1) {
        for (size_t j = 0; j < n; j++) products[j] = product(left, right + j * count, count);
        return;
    }
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

static size_t greatest(const float *numbers, const float *shifts, size_t count) {
    Floats16 most = (Floats16){0} - __builtin_inff();
    Ints16 places = {0}, place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    size_t i = 0;
    for (; i + 16 <= count; i += 16, place += 16) {
        Floats16 shifted = *(const Floats16 *)(numbers + i) - *(const Floats16 *)(shifts + i);
        Ints16 isMore = shifted > most;
        most = (Floats16)(((Ints16)shifted & isMore) | ((Ints16)most & ~isMore));
        places = (place & isMore) | (places & ~isMore);
    }
    size_t best = 0;
    float greatest = -__builtin_inff();
    for (size_t lane = 0; lane < 16 && i > 0; lane++) {
        if (most[lane] < greatest || (most[lane] == greatest && (size_t)places[lane] > best)) continue;
        greatest = most[lane];
        best = (size_t)places[lane];
    }
    for (; i < count; i++) {
        if (numbers[i] - shifts[i] <= greatest) continue;
        greatest = numbers[i] - shifts[i];
        best = i;
    }
    return best;
}

/// Bit `i` is set where lane `i` of a comparison is true.
LOOP uint64_t bits_of(Ints16 is_true) {
    const Ints16 weights = {1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10,
                            1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15};
    return (uint32_t)__builtin_reduce_or(weights & is_true);
}

static void signs(const float *numbers, size_t words, uint64_t *bits, float *sum, float *square) {
    Floats16 sums = {0}, squares = {0};
    for (size_t word = 0; word < words; word++) {
        bits[word] = 0;
        for (size_t part = 0; part < 4; part++) {
            Floats16 sixteen = *(const Floats16 *)(numbers + word * 64 + part * 16);
            sums += __builtin_elementwise_abs(sixteen);
            squares += sixteen * sixteen;
            bits[word] |= bits_of(sixteen > 0) << (part * 16);
        }
    }
    *sum = sum16(sums);
    *square = sum16(squares);
}

static void planes(const float *numbers, size_t words, size_t count, float scale, uint64_t *planes, int32_t *sum,
                   float *square) {
    const float greatest = (float)((1 << count) - 1);
    Ints16 sums = {0};
    Floats16 squares = {0};
    memset(planes, 0, words * count * sizeof *planes);
    for (size_t i = 0; i < words * 64; i += 16) {
        Floats16 sixteen = *(const Floats16 *)(numbers + i);
        Floats16 levels = __builtin_elementwise_rint((sixteen / scale + greatest) / 2);
        levels = __builtin_elementwise_max(__builtin_elementwise_min(levels, (Floats16){0} + greatest), (Floats16){0});
        Floats16 odd = 2 * levels - greatest, rest = sixteen - odd * scale;
        Ints16 bits = __builtin_convertvector(levels, Ints16);
        sums += __builtin_convertvector(odd, Ints16);
        squares += rest * rest;
        for (size_t plane = 0; plane < count; plane++) {
            planes[plane * words + i / 64] |= bits_of((bits & (1 << plane)) != 0) << (i % 64);
        }
    }
    *sum = __builtin_reduce_add(sums);
    *square = sum16(squares);
}

static float greatest_size(const float *numbers, size_t count) {
    Floats16 most = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        most = __builtin_elementwise_max(most, __builtin_elementwise_abs(*(const Floats16 *)(numbers + i)));
    }
    float greatest = __builtin_reduce_max(most);
    for (; i < count; i++) greatest = __builtin_fmaxf(greatest, __builtin_fabsf(numbers[i]));
    return greatest;
}

static float bytes(const float *numbers, size_t count, float scale, int32_t zero, int8_t *bytes) {
    const float inverse = scale > 0 ? 1 / scale : 0;
    Floats16 squares = {0};
    float square = 0;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        Floats16 sixteen = *(const Floats16 *)(numbers + i), rounded = __builtin_elementwise_rint(sixteen * inverse);
        rounded = __builtin_elementwise_max(__builtin_elementwise_min(rounded, (Floats16){0} + 127), (Floats16){0} - 127);
        Floats16 rest = sixteen - rounded * scale;
        squares += rest * rest;
        *(Bytes16 *)(bytes + i) = __builtin_convertvector(__builtin_convertvector(rounded, Ints16) + zero, Bytes16);
    }
    for (; i < count; i++) {
        float rounded = __builtin_fmaxf(-127, __builtin_fminf(127, __builtin_rintf(numbers[i] * inverse)));
        square += (numbers[i] - rounded * scale) * (numbers[i] - rounded * scale);
        bytes[i] = (int8_t)((int32_t)rounded + zero);
    }
    return square + sum16(squares);
}

/// A float of which two bytes are kept.
LOOP float widened(uint16_t half) {
    uint32_t bits = (uint32_t)half << 16;
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

LOOP Floats16 sixteen_widened(const uint16_t *halves) {
    return (Floats16)(__builtin_convertvector(*(const Halves16 *)halves, UInts16) << 16);
}

/// The sums of the query's numbers where words of a row have ones; `planes` are the query's words at the same place.
LOOP Words8 sums_of_ones(const ck_query *query, Words8 row, const Words8 *planes) {
    Words8 sums = -(__builtin_elementwise_popcount(row) * (uint64_t)((1 << query->plane_count) - 1));
    for (size_t plane = 0; plane < query->plane_count; plane++) {
        sums += __builtin_elementwise_popcount(row & planes[plane]) << (plane + 1);
    }
    return sums;
}

LOOP Words8 four_words(const uint64_t *words) {
    return __builtin_shufflevector(*(const Words4 *)words, (Words4){0}, 0, 1, 2, 3, 4, 5, 6, 7);
}

/// The sum of the query's numbers where a row has ones.
LOOP int32_t sum_of_ones(const ck_query *query, const uint64_t *row, size_t words) {
    Words8 sums = {0}, planes[ck_most_planes];
    size_t word = 0;
    for (; word + 8 <= words; word += 8) {
        for (size_t plane = 0; plane < query->plane_count; plane++) {
            planes[plane] = *(const Words8 *)(query->planes + plane * words + word);
        }
        sums += sums_of_ones(query, *(const Words8 *)(row + word), planes);
    }
    if (word + 4 <= words) {
        for (size_t plane = 0; plane < query->plane_count; plane++) {
            planes[plane] = four_words(query->planes + plane * words + word);
        }
        sums += sums_of_ones(query, four_words(row + word), planes);
        word += 4;
    }
    int64_t total = (int64_t)__builtin_reduce_add(sums);
    for (; word < words; word++) {
        total -= (int64_t)__builtin_popcountll(row[word]) * ((1 << query->plane_count) - 1);
        for (size_t plane = 0; plane < query->plane_count; plane++) {
            total += (int64_t)__builtin_popcountll(row[word] & query->planes[plane * words + word]) << (plane + 1);
        }
    }
    return (int32_t)total;
}

/// What is added to the sums of heads to make the bytes of rows signed.
LOOP int32_t zero_of_heads(const ck_codes *codes, const ck_query *query) {
    int32_t zero = 0;
    for (size_t i = 0; i < codes->head_count; i++) zero += 128 * query->head[i];
    return zero;
}

/// Sixteen rows' cosines as far as their heads and the mean tell.
LOOP Floats16 head_cosines(const ck_codes *codes, const ck_query *query, size_t row, Ints16 sums) {
    return *(const Floats16 *)(codes->offsets + row) + query->base
        + sixteen_widened(codes->head_scales + row) * query->head_scale * __builtin_convertvector(sums, Floats16);
}

LOOP Floats16 head_errors(const ck_codes *codes, const ck_query *query, size_t row) {
    return sixteen_widened(codes->head_errors + row) * query->head_length + query->head_error + query->slack;
}

/// How alike sixteen rows are at most, whatever their tails are.
LOOP Floats16 most_alike(const ck_codes *codes, const ck_query *query, size_t row, Floats16 cosines) {
    cosines += head_errors(codes, query, row) + sixteen_widened(codes->tail_lengths + row) * query->tail_length;
    if (!codes->norms) return cosines;
    Floats16 norms = *(const Floats16 *)(codes->norms + row);
    return norms * (cosines * query->linear - norms * query->square);
}

LOOP float likeness(const ck_codes *codes, const ck_query *query, size_t row, float cosine) {
    if (!codes->norms) return cosine;
    return codes->norms[row] * (cosine * query->linear - codes->norms[row] * query->square);
}

LOOP float head_error(const ck_codes *codes, const ck_query *query, size_t row) {
    return widened(codes->head_errors[row]) * query->head_length + query->head_error + query->slack;
}

/// What the signs of a row add to what its head tells.
LOOP ck_candidate candidate(const ck_codes *codes, const ck_query *query, size_t row, float cosine) {
    float scale = widened(codes->tail_scales[row]);
    float expected = 0, most = 0;
    if (scale > 0) {
        float count = (float)(codes->word_count * 64), length = widened(codes->tail_lengths[row]);
        int32_t sum = sum_of_ones(query, codes->signs + row * codes->word_count, codes->word_count);
        float product = query->tail_scale * (float)(2 * sum - query->tail_sum);
        most = scale * product + query->tail_length * widened(codes->tail_errors[row])
            + query->tail_error * scale * __builtin_sqrtf(count);
        // Without bias (RaBitQ, theorem 3.2): tails of neighbours point the same way more than signs can say.
        float unbiased = length * length / (scale * count);
        expected = unbiased * product;
        float variance = unbiased * unbiased - length * length / count;
        float likely = expected + query->deviations * query->tail_length * __builtin_sqrtf(variance > 0 ? variance : 0);
        if (likely < most) most = likely;
    }
    float error = head_error(codes, query, row);
    return (ck_candidate){(uint32_t)row, cosine, likeness(codes, query, row, cosine + expected),
                          likeness(codes, query, row, cosine + most + error)};
}

static size_t search(const ck_codes *codes, const ck_query *query, size_t first, size_t count, float least,
                     ck_candidate *candidates) {
    size_t found = 0;
    const int32_t zero = zero_of_heads(codes, query);
    const uint8_t *heads = codes->heads + first * codes->head_count;
    for (size_t row = first; row < first + count; row += ck_group_rows, heads += ck_group_rows * codes->head_count) {
        Floats16 cosines = head_cosines(codes, query, row, head_products(query->head, heads, codes->head_count) - zero);
        Ints16 is_within = most_alike(codes, query, row, cosines) >= least;
        if (!__builtin_reduce_or(is_within)) continue;
        for (size_t lane = 0; lane < ck_group_rows; lane++) {
            if (!is_within[lane]) continue;
            candidates[found] = candidate(codes, query, row + lane, cosines[lane]);
            found += candidates[found].most >= least;
        }
    }
    return found;
}

static size_t refine(const ck_codes *codes, const ck_query *query, float least, ck_candidate *candidates, size_t count) {
    size_t left = 0, length = codes->word_count * 64;
    int32_t zero = 0;
    for (size_t i = 0; i < length; i++) zero += 128 * query->tail_bytes[i];
    for (size_t i = 0; i < count; i++) {
        ck_candidate known = candidates[i];
        int32_t product = byte_product(query->tail_bytes, codes->tails + known.row * length, length) - zero;
        float off = widened(codes->byte_errors[known.row]);
        float tail = query->byte_scale * widened(codes->byte_scales[known.row]) * (float)product;
        float error = head_error(codes, query, known.row) + query->tail_length * off
            + query->byte_error * (widened(codes->tail_lengths[known.row]) + off);
        known.likeness = likeness(codes, query, known.row, known.cosine + tail);
        known.most = likeness(codes, query, known.row, known.cosine + tail + error);
        candidates[left] = known;
        left += known.most >= least;
    }
    return left;
}

#define VECTOR_LOOPS {products, squared_distance, matrix, greatest, greatest_size, signs, planes, bytes, search, refine}
