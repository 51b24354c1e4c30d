// The loops that photos and searches spend their time in, compiled for several kinds of processors and chosen at run time.
#pragma once
#include "resampling.h"
#include "vector_loops.h"
