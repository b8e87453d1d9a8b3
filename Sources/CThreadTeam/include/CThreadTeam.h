#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// The team of threads that runs the lab's parallel loops.

/// One task of one phase, and the number of the thread that runs it, of which the caller's is 0. Tasks of a
/// phase may run at the same time and in any order.
typedef void (*ctt_task)(void *context, long phase, long task, long thread);

/// Runs all tasks of phase 0, then all of phase 1, and so on, on up to `threads` threads.
///
/// Phase p has `counts[p % cycle]` tasks, at most 2²⁰ − 1. Phases with as many tasks are shared out alike, so
/// that a task mostly finds in its thread's caches what it left there. The caller works too and returns after
/// the last task. Where the process's team is busy with another caller, the caller runs all tasks by itself.
void ctt_parallel(long threads, long phases, const long *counts, long cycle, ctt_task task, void *context);
/// The number of processors that are online.
long ctt_processors(void);

#ifdef __cplusplus
}
#endif
