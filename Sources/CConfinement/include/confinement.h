// What Swift cannot say of a process' own confinement.
#pragma once
#include <stdint.h>

// From now on, the process has so many bytes of memory and open files at most, writes no files, leaves no core, gains no rights, and
// ends with its parent. What the system does not know of it is left out.
void confine_process(uint64_t memory, uint64_t files);
