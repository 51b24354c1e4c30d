#include "COpenVINO.h"

#include <dlfcn.h>
#include <stdio.h>

bool OvOpenLibrary(const char *path, OvFunctions *functions, char *why, size_t why_capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(why, why_capacity, "%s", dlerror());
        return false;
    }
#define OV_TAKE(result, name, parameters) \
    functions->name = (result(*) parameters)dlsym(library, #name); \
    if (!functions->name) { \
        snprintf(why, why_capacity, "it has no function " #name ", and 2026.1 or later is needed"); \
        return false; \
    }
    OV_FUNCTIONS(OV_TAKE)
#undef OV_TAKE
    return true;
}

bool OvHasByteProducts(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512vnni") || __builtin_cpu_supports("avxvnni");
#else
    return true;
#endif
}

bool OvHasBfloat16(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

bool OvIsFasterInBfloat16(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("amx-bf16") || (OvHasBfloat16() && __builtin_cpu_is("amd"));
#else
    return false;
#endif
}
