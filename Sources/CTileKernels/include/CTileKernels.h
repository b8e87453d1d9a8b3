#pragma once
/// Placeholder of the skeleton; the kernels replace it.
int tile_kernels_version(void);
