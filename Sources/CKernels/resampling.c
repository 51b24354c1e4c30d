#include "CKernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// A version of the function below for each kind of processor; the loader takes the one that fits.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef uint8_t Bytes16 __attribute__((vector_size(16)));
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
void ck_resize_two_rows(const float *numbers, const int32_t *first, const int32_t *counts, const float *weights,
                        size_t width, size_t count, uint8_t *upper, uint8_t *lower) {
    for (size_t i = 0; i < count; i++) {
        const Floats8 *source = (const Floats8 *)(numbers + (size_t)first[i] * 8);
        const float *weight = weights + i * width;
        Floats8 sum = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
        for (int32_t tap = 0; tap < counts[i]; tap++) sum += source[tap] * weight[tap];
        for (size_t channel = 0; channel < 3; channel++) {
            upper[i * 3 + channel] = level(sum[channel]);
            lower[i * 3 + channel] = level(sum[channel + 4]);
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
