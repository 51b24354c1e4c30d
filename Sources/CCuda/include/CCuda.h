// What Lookalike asks NVIDIA's driver: whether there is a card, and what it is like. The driver is opened when the
// program runs (functions as in cuda.h, 13.0), nothing of CUDA is needed to build, and no context is made on a card.
#pragma once
#include <stdbool.h>
#include <stddef.h>

/// The first card that the driver shows; CUDA_VISIBLE_DEVICES decides which that is.
typedef struct {
    char name[256];
    /// All that it has, in bytes.
    size_t memory;
    /// The newest CUDA that the driver serves, as 1000 * major + 10 * minor.
    int driver;
    /// Its compute capability, as 10 * major + minor.
    int capability;
} CudaCard;

/// What became of the question.
enum { CUDA_FOUND, CUDA_NO_DRIVER, CUDA_NO_CARD };

/// Asks the driver at `path`, which is never closed. Where there is no card, `why` is the driver's or the system's
/// reason.
int CudaFindCard(const char *path, CudaCard *card, char *why, size_t why_capacity);
