#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop (compiler-rt, FuzzerInterface.h): calls back with inputs until it finds one that fails.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
