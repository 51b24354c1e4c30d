// Comparing vectors and their codes.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// What a processor can be asked for.
typedef enum ck_instructions {
    ck_portable,
    /// AVX2 and FMA.
    ck_avx2,
    /// AVX-512 with the dot products of bytes (VNNI) and the counting of bits (VPOPCNTDQ).
    ck_avx512,
    /// ARM's, with dot products of bytes.
    ck_neon,
} ck_instructions;

enum {
    /// How many rows' heads lie interleaved: of each row four bytes in turn.
    ck_group_rows = 16,
};

/// What is known of a query and of rows' codes, from which follows how alike they can be at most.
typedef struct ck_limits {
    /// Of each row in turn. Errors and lengths are rounded up; two bytes are the upper half of a float.
    const float *_Nonnull offsets;
    const uint16_t *_Nonnull head_scales, *_Nonnull head_errors, *_Nonnull tail_lengths;
    /// `NULL` where only the angle counts.
    const float *_Nullable norms;
    /// cosine = offset + base + head_scale * scale * (sum - zero), give or take
    /// head_length * head_error + tail_length * tail + slack.
    float base, scale, head_length, tail_length, slack;
    int32_t zero;
    /// likeness = norm * (linear * cosine - square * norm), where norms count.
    float linear, square;
} ck_limits;

/// The same loops for one kind of instructions. Sums of floats differ between kinds by rounding only; sums of integers
/// are the same.
typedef struct ck_vector_loops {
    /// The product of two vectors and the square of the right one, in double precision.
    void (*_Nonnull products)(const float *_Nonnull left, const float *_Nonnull right, size_t count,
                              double *_Nonnull product, double *_Nonnull square);

    /// The squared Euclidean distance of two vectors, in double precision.
    double (*_Nonnull squared_distance)(const float *_Nonnull left, const float *_Nonnull right, size_t count);

    /// All products of `m` left rows with `n` right ones: of left row `i` and right row `j` at `products[i * n + j]`.
    void (*_Nonnull matrix)(const float *_Nonnull left, size_t m, const float *_Nonnull right, size_t n, size_t count,
                            float *_Nonnull products);

    /// The products of a query's head, `count` numbers, and of the heads of `groups` groups of rows. `count` is a
    /// multiple of four.
    void (*_Nonnull heads)(const int8_t *_Nonnull query, const uint8_t *_Nonnull heads, size_t count, size_t groups,
                           int32_t *_Nonnull sums);

    /// Of `count` rows, a multiple of the group, those that may be at least as alike as `least`: their numbers, from 0.
    /// Returns how many there are.
    size_t (*_Nonnull within)(const ck_limits *_Nonnull limits, const int32_t *_Nonnull sums, size_t count, float least,
                              uint32_t *_Nonnull rows);

    /// The sum of a query's numbers where a row's bits are set. The numbers are odd, from -(2^planes - 1) to
    /// 2^planes - 1; bit `p` of half of (number + 2^planes - 1) is in plane `p`, each of which has `words` words.
    int32_t (*_Nonnull signs)(const uint64_t *_Nonnull planes, size_t plane_count, const uint64_t *_Nonnull signs,
                              size_t words);
} ck_vector_loops;

/// `NULL` where this processor has no such instructions.
const ck_vector_loops *_Nullable ck_vector_loops_for(ck_instructions instructions);

/// The Walsh-Hadamard transform in place, of a power of two numbers, without scaling.
void ck_hadamard(float *_Nonnull numbers, size_t count);
