#include "COnnxRuntime.h"

#include <dlfcn.h>
#include <stdio.h>

typedef struct {
    const void *(*GetApi)(uint32_t version);
    const char *(*GetVersionString)(void);
} OrtApiBase;

bool OrtOpenLibrary(const char *path, OrtFunctions *functions, char *why, size_t why_capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const OrtApiBase *(*get_base)(void) = library ? (const OrtApiBase *(*)(void))dlsym(library, "OrtGetApiBase") : NULL;
    if (!get_base) {
        snprintf(why, why_capacity, "%s", dlerror());
        return false;
    }
    const OrtApiBase *base = get_base();
    functions->version = base->GetVersionString();
    void *const *table = base->GetApi(ORT_INTERFACE_VERSION);
    if (!table) {
        snprintf(why, why_capacity, "it is version %s, and 1.%d or later is needed", functions->version,
                 ORT_INTERFACE_VERSION);
        return false;
    }
#define ORT_TAKE(position, result, name, parameters) functions->name = (result(*) parameters)table[position];
    ORT_FUNCTIONS(ORT_TAKE)
#undef ORT_TAKE
    return true;
}
