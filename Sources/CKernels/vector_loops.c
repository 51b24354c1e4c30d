#include "vector_loops.h"

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

extern const ck_vector_loops ck_vector_loops_portable, ck_vector_loops_avx2, ck_vector_loops_avx512,
    ck_vector_loops_neon;

#if defined(__x86_64__)
static int has(ck_instructions instructions) {
    __builtin_cpu_init();
    int hasAVX2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("popcnt")
        && __builtin_cpu_supports("bmi2");
    if (instructions == ck_avx2) return hasAVX2;
    return hasAVX2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq");
}
#endif

#if defined(__aarch64__)
static int has_dot_products(void) {
#if defined(__linux__)
    return (getauxval(AT_HWCAP) & (1 << 20)) != 0;  // HWCAP_ASIMDDP
#else
    return 1;
#endif
}
#endif

const ck_vector_loops *ck_vector_loops_for(ck_instructions instructions) {
    switch (instructions) {
    case ck_portable: return &ck_vector_loops_portable;
#if defined(__x86_64__)
    case ck_avx2: return has(ck_avx2) ? &ck_vector_loops_avx2 : NULL;
    case ck_avx512: return has(ck_avx512) ? &ck_vector_loops_avx512 : NULL;
#elif defined(__aarch64__)
    case ck_neon: return has_dot_products() ? &ck_vector_loops_neon : NULL;
#endif
    default: return NULL;
    }
}
