#include "resampling.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// A version of the function below for each kind of processor; the loader takes the one that fits.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef uint8_t Bytes16 __attribute__((vector_size(16)));
typedef int32_t Ints16 __attribute__((vector_size(64)));
typedef float Floats16 __attribute__((vector_size(64), aligned(4)));

static inline uint8_t level(float number) {
    return (uint8_t)(int32_t)(number < 0 ? 0 : number > 255 ? 255 : number);
}

FOR_EACH_PROCESSOR
void ck_spread_pixels(const uint8_t *pixels, size_t count, float *numbers) {
    size_t i = 0;
    // Four pixels at a time out of sixteen bytes that are read, as long as so many are there.
    for (; i + 6 <= count; i += 4) {
        Bytes16 bytes;
        memcpy(&bytes, pixels + i * 3, sizeof bytes);
        Bytes16 spread = __builtin_shufflevector(bytes, (Bytes16){0}, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11, 16);
        Floats16 four = __builtin_convertvector(spread, Floats16);
        for (size_t pixel = 0; pixel < 4; pixel++) {
            memcpy(numbers + (i + pixel) * 4 * ck_rows, (float *)&four + pixel * 4, 16);
        }
    }
    for (; i < count; i++) {
        for (size_t channel = 0; channel < 3; channel++) numbers[i * 4 * ck_rows + channel] = pixels[i * 3 + channel];
        numbers[i * 4 * ck_rows + 3] = 0;
    }
}

FOR_EACH_PROCESSOR
void ck_resize_rows(const float *numbers, const int32_t *first, const float *weights, size_t taps, size_t count,
                    uint8_t *resized, size_t length) {
    const Floats16 half = (Floats16){0} + 0.5f, black = {0}, white = black + 255;
    for (size_t i = 0; i < count; i++) {
        const Floats16 *source = (const Floats16 *)(numbers + (size_t)first[i] * 4 * ck_rows);
        const float *weight = weights + i * taps;
        Floats16 sum = half;
        for (size_t tap = 0; tap < taps; tap++) sum += source[tap] * weight[tap];
        Floats16 clamped = __builtin_elementwise_min(__builtin_elementwise_max(sum, black), white);
        Bytes16 pixels = __builtin_convertvector(__builtin_convertvector(clamped, Ints16), Bytes16);
        uint8_t *pixel = resized + i * 3, *bytes = (uint8_t *)&pixels;
        if (i + 1 < count) {
            // The fourth byte is the next pixel's first, and is written again with it.
            for (size_t row = 0; row < ck_rows; row++) memcpy(pixel + row * length, bytes + row * 4, 4);
        } else {
            for (size_t row = 0; row < ck_rows; row++) memcpy(pixel + row * length, bytes + row * 4, 3);
        }
    }
}

FOR_EACH_PROCESSOR
void ck_mix_rows(const uint8_t *rows, size_t length, const float *weights, size_t taps, uint8_t *mixed) {
    enum { block = 32 };
    size_t start = 0;
    for (; start + block <= length; start += block) {
        float sums[block];
        for (size_t i = 0; i < block; i++) sums[i] = 0.5f;
        for (size_t tap = 0; tap < taps; tap++) {
            const uint8_t *row = rows + tap * length + start;
            for (size_t i = 0; i < block; i++) sums[i] += (float)row[i] * weights[tap];
        }
        for (size_t i = 0; i < block; i++) mixed[start + i] = level(sums[i]);
    }
    for (size_t i = start; i < length; i++) {
        float sum = 0.5f;
        for (size_t tap = 0; tap < taps; tap++) sum += (float)rows[tap * length + i] * weights[tap];
        mixed[i] = level(sum);
    }
}

/// Byte `i` of the result is the first, second or third of pixel `i`, out of the sixteen pixels in three vectors.
#define CHANNEL(k) \
    __builtin_shufflevector( \
        __builtin_shufflevector(head, middle, k, 3 + k, 6 + k, 9 + k, 12 + k, 15 + k, 18 + k, 21 + k, 24 + k, 27 + k, \
                                k < 2 ? 30 + k : -1, -1, -1, -1, -1, -1), \
        tail, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, k < 2 ? 10 : 16, 17 + k, 20 + k, 23 + k, 26 + k, 29 + k)

FOR_EACH_PROCESSOR
void ck_take_channels(const uint8_t *pixels, size_t count, const float *factors, const float *shifts,
                      float *const *numbers) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        Bytes16 head, middle, tail;
        memcpy(&head, pixels + i * 3, sizeof head);
        memcpy(&middle, pixels + i * 3 + 16, sizeof middle);
        memcpy(&tail, pixels + i * 3 + 32, sizeof tail);
        Bytes16 channels[3] = {CHANNEL(0), CHANNEL(1), CHANNEL(2)};
        for (size_t channel = 0; channel < 3; channel++) {
            Floats16 levels = __builtin_convertvector(channels[channel], Floats16);
            *(Floats16 *)(numbers[channel] + i) = levels * factors[channel] + shifts[channel];
        }
    }
    for (; i < count; i++) {
        for (size_t channel = 0; channel < 3; channel++) {
            numbers[channel][i] = (float)pixels[i * 3 + channel] * factors[channel] + shifts[channel];
        }
    }
}
