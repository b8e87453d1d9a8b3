#include "CTileKernels.h"
int tile_kernels_version(void) { return 0; }
