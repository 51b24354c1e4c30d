#include "CCuda.h"

#include <dlfcn.h>
#include <stdio.h>

#define CUDA_FUNCTIONS(X) \
    X(cuInit, (unsigned flags)) \
    X(cuGetErrorString, (int error, const char **text)) \
    X(cuDriverGetVersion, (int *version)) \
    X(cuDeviceGetCount, (int *count)) \
    X(cuDeviceGet, (int *device, int ordinal)) \
    X(cuDeviceGetName, (char *name, int length, int device)) \
    X(cuDeviceTotalMem_v2, (size_t * bytes, int device)) \
    X(cuDeviceGetAttribute, (int *value, int attribute, int device))

typedef struct {
#define CUDA_MEMBER(name, parameters) int(*name) parameters;
    CUDA_FUNCTIONS(CUDA_MEMBER)
#undef CUDA_MEMBER
} CudaDriver;

/// Values of CUdevice_attribute.
enum { CAPABILITY_MAJOR = 75, CAPABILITY_MINOR = 76 };

static bool open_driver(const char *path, CudaDriver *driver, char *why, size_t why_capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (!library) {
        snprintf(why, why_capacity, "%s", dlerror());
        return false;
    }
#define CUDA_TAKE(name, parameters) \
    driver->name = (int(*) parameters)dlsym(library, #name); \
    if (!driver->name) { \
        snprintf(why, why_capacity, "it has no function " #name); \
        return false; \
    }
    CUDA_FUNCTIONS(CUDA_TAKE)
#undef CUDA_TAKE
    return true;
}

static int describe(const CudaDriver *driver, CudaCard *card) {
    int error = driver->cuInit(0), count = 0, device = 0, major = 0, minor = 0;
    if (!error) error = driver->cuDriverGetVersion(&card->driver);
    if (!error) error = driver->cuDeviceGetCount(&count);
    if (!error) error = driver->cuDeviceGet(&device, 0);
    if (!error) error = driver->cuDeviceGetName(card->name, sizeof card->name, device);
    if (!error) error = driver->cuDeviceTotalMem_v2(&card->memory, device);
    if (!error) error = driver->cuDeviceGetAttribute(&major, CAPABILITY_MAJOR, device);
    if (!error) error = driver->cuDeviceGetAttribute(&minor, CAPABILITY_MINOR, device);
    card->capability = 10 * major + minor;
    return error;
}

int CudaFindCard(const char *path, CudaCard *card, char *why, size_t why_capacity) {
    CudaDriver driver;
    if (!open_driver(path, &driver, why, why_capacity)) return CUDA_NO_DRIVER;
    int error = describe(&driver, card);
    if (!error) return CUDA_FOUND;
    const char *text = NULL;
    driver.cuGetErrorString(error, &text);
    snprintf(why, why_capacity, "%s", text ? text : "no reason given");
    return CUDA_NO_CARD;
}
