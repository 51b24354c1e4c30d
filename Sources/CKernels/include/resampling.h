// Resizing photos. All kinds of processors compute the same numbers: sums are made in the same order, and never with
// fused multiply-add.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// How many rows are resized at once.
enum { ck_rows = 4 };

/// Spreads a row of `count` RGB pixels out to numbers: red, green, blue and zero of pixel `i` go to
/// `numbers[4 * ck_rows * i]` and the three places behind it. The other rows fit between them, from `numbers[4]` on.
void ck_spread_pixels(const uint8_t *pixels, size_t count, float *numbers);

/// `ck_rows` resized rows out of as many that were spread: pixel `i` is the sum of `taps` pixels from `first[i]` on, each
/// by its weight. The weights of pixel `i` begin at `weights[i * taps]`; row `r` of `resized` at `r * length`.
void ck_resize_rows(const float *numbers, const int32_t *first, const float *weights, size_t taps, size_t count,
                    uint8_t *resized, size_t length);

/// One resized row out of `taps` whole rows of `length` bytes that follow one another, each by its weight.
void ck_mix_rows(const uint8_t *rows, size_t length, const float *weights, size_t taps, uint8_t *mixed);

/// The first, second and third channel of `count` RGB pixels as numbers: level * factor + shift, each channel by its own.
void ck_take_channels(const uint8_t *pixels, size_t count, const float *factors, const float *shifts,
                      float *const *numbers);
