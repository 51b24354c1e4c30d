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
    /// How many rows' heads lie interleaved.
    ck_group_rows = 16,
    /// How many bits a query's numbers have at most.
    ck_most_planes = 8,
};

/// Codes of rows, each number of them in an array of its own. Where errors and lengths are two bytes, these are the upper
/// half of a float, rounded up.
typedef struct ck_codes {
    /// How many bytes a head has, a multiple of four, and of how many words of 64 signs a tail.
    size_t head_count, word_count;
    /// Bytes less 128. Of each group the first four of its first row, of its second and so on, then the next four.
    const uint8_t *_Nonnull heads;
    /// Products with the mean; not a number where there is no row.
    const float *_Nonnull offsets;
    const uint16_t *_Nonnull head_scales, *_Nonnull head_errors;
    const uint16_t *_Nonnull tail_lengths, *_Nonnull tail_scales, *_Nonnull tail_errors;
    const uint64_t *_Nonnull signs;
    /// The tails once more, in bytes less 128, which tell far more than signs and take eight times as long to read.
    const uint8_t *_Nonnull tails;
    const uint16_t *_Nonnull byte_scales, *_Nonnull byte_errors;
    /// `NULL` where only angles count.
    const float *_Nullable norms;
} ck_codes;

/// A query that rows are compared with by their codes.
typedef struct ck_query {
    const int8_t *_Nonnull head;
    /// The numbers of the tail, as odd ones from -(2^plane_count - 1) to 2^plane_count - 1: bit `p` of half of what
    /// (number + 2^plane_count - 1) is lies in plane `p`, each of which has as many words as a tail.
    const uint64_t *_Nonnull planes;
    size_t plane_count;
    /// Of all the tail's numbers.
    int32_t tail_sum;
    /// The tail in bytes, what they are to be multiplied by, and how far they are off then.
    const int8_t *_Nonnull tail_bytes;
    float byte_scale, byte_error;
    /// What the numbers are to be multiplied by, how long they are then, and how far they are off.
    float head_scale, head_length, head_error, tail_scale, tail_length, tail_error;
    /// What is added to all cosines, and what rounding may add to them.
    float base, slack;
    /// likeness = norm * (linear * cosine - square * norm), where norms count; the cosine otherwise.
    float linear, square;
    /// How many standard deviations an estimate by signs is off at most; infinite where it must be certain.
    float deviations;
} ck_query;

/// A row that may be alike enough: its number, the cosine as far as its head tells, how alike it is by its codes, and how
/// alike at most.
typedef struct ck_candidate {
    uint32_t row;
    float cosine, likeness, most;
} ck_candidate;

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

    /// Of `count` numbers less `shifts` the place of the greatest; of equal ones the first.
    size_t (*_Nonnull greatest)(const float *_Nonnull numbers, const float *_Nonnull shifts, size_t count);

    /// The greatest of the numbers without their signs; zero of none.
    float (*_Nonnull greatest_size)(const float *_Nonnull numbers, size_t count);

    /// Whether each of some numbers is above zero, in bits; and the sum of their sizes and of their squares.
    void (*_Nonnull signs)(const float *_Nonnull numbers, size_t words, uint64_t *_Nonnull bits, float *_Nonnull sum,
                           float *_Nonnull square);

    /// Numbers as odd ones in planes of bits, as a query has them (`ck_query.planes`): each is the odd one times `scale`,
    /// which is above zero. Returns the sum of the odd ones, and that of the squares of what they are off.
    void (*_Nonnull planes)(const float *_Nonnull numbers, size_t words, size_t plane_count, float scale,
                            uint64_t *_Nonnull planes, int32_t *_Nonnull sum, float *_Nonnull square);

    /// Numbers as bytes from -127 to 127, plus `zero`: each is the byte times `scale`. Returns the sum of the squares of
    /// what they are off.
    float (*_Nonnull bytes)(const float *_Nonnull numbers, size_t count, float scale, int32_t zero,
                            int8_t *_Nonnull bytes);

    /// Of `count` rows from `first` on, both multiples of the group, those whose likeness may be `least`. Returns how many
    /// there are.
    size_t (*_Nonnull search)(const ck_codes *_Nonnull codes, const ck_query *_Nonnull query, size_t first, size_t count,
                              float least, ck_candidate *_Nonnull candidates);

    /// Looks at the tails' bytes of some rows, and keeps those whose likeness may still be `least`. Returns how many are
    /// left.
    size_t (*_Nonnull refine)(const ck_codes *_Nonnull codes, const ck_query *_Nonnull query, float least,
                              ck_candidate *_Nonnull candidates, size_t count);
} ck_vector_loops;

/// `NULL` where this processor has no such instructions.
const ck_vector_loops *_Nullable ck_vector_loops_for(ck_instructions instructions);

/// The Walsh-Hadamard transform in place, of a power of two numbers, without scaling.
void ck_hadamard(float *_Nonnull numbers, size_t count);

/// The product of two vectors, in single precision.
float ck_product(const float *_Nonnull left, const float *_Nonnull right, size_t count);

/// The sum of rows of `count` numbers, each row times its factor.
void ck_weighted_sum(const float *_Nonnull rows, const float *_Nonnull factors, size_t row_count, size_t count,
                     float *_Nonnull sum);

/// Adds other numbers, each times a factor.
void ck_add(float *_Nonnull numbers, const float *_Nonnull others, float factor, size_t count);
