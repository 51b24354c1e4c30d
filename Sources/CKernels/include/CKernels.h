// The loops that photos spend their time in, compiled for several kinds of processors and chosen at run time.
//
// All kinds compute the same numbers: sums are made in the same order, and never with fused multiply-add.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Spreads a row of `count` RGB pixels out to numbers: red, green, blue and zero of pixel `i` go to `numbers[8 * i]`
/// and the three places behind it. A second row fits between them, from `numbers[4]` on.
void ck_spread_pixels(const uint8_t *pixels, size_t count, float *numbers);

/// Two resized rows out of two rows that were spread: pixel `i` is the sum of `taps` pixels from `first[i]` on, each
/// by its weight. The weights of pixel `i` begin at `weights[i * taps]`.
void ck_resize_two_rows(const float *numbers, const int32_t *first, const float *weights, size_t taps, size_t count,
                        uint8_t *upper, uint8_t *lower);

/// One resized row out of `taps` whole rows of `length` bytes that follow one another, each by its weight.
void ck_mix_rows(const uint8_t *rows, size_t length, const float *weights, size_t taps, uint8_t *mixed);

/// Channel `channel` of `count` RGB pixels as numbers: level * factor + shift.
void ck_take_channel(const uint8_t *pixels, size_t count, size_t channel, float factor, float shift, float *numbers);
