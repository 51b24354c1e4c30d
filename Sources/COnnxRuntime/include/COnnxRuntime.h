// The part of ONNX Runtime's C interface that Lookalike uses, found when the program runs.
//
// The library hands out a table of functions. It is append-only: a position, once given to a function, is never
// given to another. So the positions below (of onnxruntime_c_api.h, 1.21) hold for every later library, and
// nothing of ONNX Runtime is needed to build Lookalike.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct OrtEnv OrtEnv;
typedef struct OrtStatus OrtStatus;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtIoBinding OrtIoBinding;
typedef struct OrtCUDAProviderOptionsV2 OrtCUDAProviderOptionsV2;

/// The oldest interface that has all functions below; ONNX Runtime 1.18 and later offer it.
#define ORT_INTERFACE_VERSION 18

/// Values of OrtLoggingLevel, OrtAllocatorType, OrtMemType and GraphOptimizationLevel.
enum { ORT_LOG_ERROR = 3, ORT_ARENA_ALLOCATOR = 1, ORT_DEFAULT_MEMORY = 0 };

/// For cards: their sessions say nothing themselves, and processors' memory that they read is of a kind of its own.
enum { ORT_LOG_FATAL = 4, ORT_MEMORY_FOR_DEVICES = -1 };

#define ORT_FUNCTIONS(X) \
    X(2, const char *, GetErrorMessage, (const OrtStatus *)) \
    X(3, OrtStatus *, CreateEnv, (int level, const char *name, OrtEnv **out)) \
    X(8, OrtStatus *, CreateSessionFromArray, \
      (const OrtEnv *, const void *model, size_t length, const OrtSessionOptions *, OrtSession **out)) \
    X(9, OrtStatus *, Run, \
      (OrtSession *, const OrtRunOptions *, const char *const *inputNames, const OrtValue *const *inputs, \
       size_t inputCount, const char *const *outputNames, size_t outputCount, OrtValue **outputs)) \
    X(10, OrtStatus *, CreateSessionOptions, (OrtSessionOptions **out)) \
    X(17, OrtStatus *, DisableMemPattern, (OrtSessionOptions *)) \
    X(24, OrtStatus *, SetIntraOpNumThreads, (OrtSessionOptions *, int count)) \
    X(49, OrtStatus *, CreateTensorWithDataAsOrtValue, \
      (const OrtMemoryInfo *, void *data, size_t length, const int64_t *shape, size_t rank, int type, OrtValue **out)) \
    X(51, OrtStatus *, GetTensorMutableData, (OrtValue *, void **out)) \
    X(64, OrtStatus *, GetTensorShapeElementCount, (const OrtTensorTypeAndShapeInfo *, size_t *out)) \
    X(65, OrtStatus *, GetTensorTypeAndShape, (const OrtValue *, OrtTensorTypeAndShapeInfo **out)) \
    X(68, OrtStatus *, CreateMemoryInfo, (const char *name, int allocator, int device, int memory, OrtMemoryInfo **out)) \
    X(69, OrtStatus *, CreateCpuMemoryInfo, (int allocator, int memory, OrtMemoryInfo **out)) \
    X(75, OrtStatus *, AllocatorAlloc, (OrtAllocator *, size_t size, void **out)) \
    X(76, OrtStatus *, AllocatorFree, (OrtAllocator *, void *)) \
    X(78, OrtStatus *, GetAllocatorWithDefaultOptions, (OrtAllocator **out)) \
    X(92, void, ReleaseEnv, (OrtEnv *)) \
    X(93, void, ReleaseStatus, (OrtStatus *)) \
    X(94, void, ReleaseMemoryInfo, (OrtMemoryInfo *)) \
    X(95, void, ReleaseSession, (OrtSession *)) \
    X(96, void, ReleaseValue, (OrtValue *)) \
    X(99, void, ReleaseTensorTypeAndShapeInfo, (OrtTensorTypeAndShapeInfo *)) \
    X(100, void, ReleaseSessionOptions, (OrtSessionOptions *)) \
    X(125, OrtStatus *, GetAvailableProviders, (char ***names, int *count)) \
    X(126, OrtStatus *, ReleaseAvailableProviders, (char **names, int count)) \
    X(130, OrtStatus *, AddSessionConfigEntry, (OrtSessionOptions *, const char *key, const char *value)) \
    X(131, OrtStatus *, CreateAllocator, (const OrtSession *, const OrtMemoryInfo *, OrtAllocator **out)) \
    X(132, void, ReleaseAllocator, (OrtAllocator *)) \
    X(133, OrtStatus *, RunWithBinding, (OrtSession *, const OrtRunOptions *, const OrtIoBinding *)) \
    X(134, OrtStatus *, CreateIoBinding, (OrtSession *, OrtIoBinding **out)) \
    X(135, void, ReleaseIoBinding, (OrtIoBinding *)) \
    X(136, OrtStatus *, BindInput, (OrtIoBinding *, const char *name, const OrtValue *)) \
    X(138, OrtStatus *, BindOutputToDevice, (OrtIoBinding *, const char *name, const OrtMemoryInfo *)) \
    X(140, OrtStatus *, GetBoundOutputValues, \
      (const OrtIoBinding *, OrtAllocator *, OrtValue ***out, size_t *count)) \
    X(204, OrtStatus *, SessionOptionsAppendExecutionProvider_CUDA_V2, \
      (OrtSessionOptions *, const OrtCUDAProviderOptionsV2 *)) \
    X(205, OrtStatus *, CreateCUDAProviderOptions, (OrtCUDAProviderOptionsV2 **out)) \
    X(206, OrtStatus *, UpdateCUDAProviderOptions, \
      (OrtCUDAProviderOptionsV2 *, const char *const *keys, const char *const *values, size_t count)) \
    X(208, void, ReleaseCUDAProviderOptions, (OrtCUDAProviderOptionsV2 *)) \
    X(210, OrtStatus *, AddExternalInitializers, \
      (OrtSessionOptions *, const char *const *names, const OrtValue *const *values, size_t count))

/// The functions above as members, so that Swift calls them by their names.
typedef struct {
#define ORT_MEMBER(position, result, name, parameters) result(*name) parameters;
    ORT_FUNCTIONS(ORT_MEMBER)
#undef ORT_MEMBER
    const char *version;
} OrtFunctions;

/// Opens the library at `path` and never closes it. False, and why, where it cannot serve.
bool OrtOpenLibrary(const char *path, OrtFunctions *functions, char *why, size_t why_capacity);
