#include "confinement.h"

#include <signal.h>
#include <sys/resource.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

static void limit(int resource, uint64_t most) {
    struct rlimit current;
    if (getrlimit(resource, &current) != 0) return;
    // One that is lower already stays.
    const rlim_t value = most < current.rlim_max ? (rlim_t)most : current.rlim_max;
    const struct rlimit new = {value, value};
    setrlimit(resource, &new);
}

void confine_process(uint64_t memory, uint64_t files) {
    limit(RLIMIT_AS, memory);
    limit(RLIMIT_NOFILE, files);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
#ifdef __linux__
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}
