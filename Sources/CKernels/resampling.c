#include "CKernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// A version of the function below for each kind of processor; the loader takes the one that fits.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef uint8_t Bytes8 __attribute__((vector_size(8)));
typedef uint8_t Bytes16 __attribute__((vector_size(16)));
typedef int32_t Ints8 __attribute__((vector_size(32)));
typedef float Floats8 __attribute__((vector_size(32), aligned(4)));
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
        for (size_t pixel = 0; pixel < 4; pixel++) memcpy(numbers + (i + pixel) * 8, (float *)&four + pixel * 4, 16);
    }
    for (; i < count; i++) {
        for (size_t channel = 0; channel < 3; channel++) numbers[i * 8 + channel] = pixels[i * 3 + channel];
        numbers[i * 8 + 3] = 0;
    }
}

FOR_EACH_PROCESSOR
void ck_resize_two_rows(const float *numbers, const int32_t *first, const float *weights, size_t taps, size_t count,
                        uint8_t *upper, uint8_t *lower) {
    const Floats8 black = {0}, white = {255, 255, 255, 255, 255, 255, 255, 255};
    for (size_t i = 0; i < count; i++) {
        const Floats8 *source = (const Floats8 *)(numbers + (size_t)first[i] * 8);
        const float *weight = weights + i * taps;
        Floats8 sum = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
        for (size_t tap = 0; tap < taps; tap++) sum += source[tap] * weight[tap];
        Floats8 clamped = __builtin_elementwise_min(__builtin_elementwise_max(sum, black), white);
        Bytes8 pixels = __builtin_convertvector(__builtin_convertvector(clamped, Ints8), Bytes8);
        uint8_t *upper_pixel = upper + i * 3, *lower_pixel = lower + i * 3;
        if (i + 1 < count) {
            // The fourth byte is the next pixel's first, and is written again with it.
            memcpy(upper_pixel, (uint8_t *)&pixels, 4);
            memcpy(lower_pixel, (uint8_t *)&pixels + 4, 4);
        } else {
            memcpy(upper_pixel, (uint8_t *)&pixels, 3);
            memcpy(lower_pixel, (uint8_t *)&pixels + 4, 3);
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

FOR_EACH_PROCESSOR
void ck_take_channel(const uint8_t *pixels, size_t count, size_t channel, float factor, float shift, float *numbers) {
    for (size_t i = 0; i < count; i++) numbers[i] = (float)pixels[i * 3 + channel] * factor + shift;
}
