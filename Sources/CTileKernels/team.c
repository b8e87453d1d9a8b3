// A team of threads that claim tasks, one team a process.
//
// The phase that is open and the number of its unclaimed tasks share one atomic word, and a task is claimed
// by swapping that word for one with a task less. So a claim is never late, never double, and nobody waits
// for a thread to show up: the caller works too, and waits only for tasks that others have claimed. (A
// barrier among a fixed set of threads is a little faster on an idle machine, and ten times slower as soon
// as another process takes a core.) Which thread runs a task never shows in the results.

#if !defined(_GNU_SOURCE) && !defined(__APPLE__)
#define _GNU_SOURCE
#endif
#include "CTileKernels.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#define MAX_HELPERS 255
#define SPIN_ROUNDS 2000  // some 50–200 µs: longer than the gap between two phases
#define COUNT_BITS 20     // of the word; the other 44 number the phases
#define COUNT_MASK ((1ull << COUNT_BITS) - 1)

#if defined(__x86_64__)
#define RELAX() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define RELAX() __asm__ __volatile__("yield")
#else
#define RELAX() ((void)0)
#endif

static struct {
  _Alignas(128) atomic_ullong word;  // phase << COUNT_BITS | unclaimed tasks
  _Alignas(128) atomic_long done;    // finished tasks of the open phase
  _Alignas(128) atomic_int sleepers;
  atomic_long enlisted;              // helpers with a smaller index work
  atomic_flag busy;                  // a caller holds the team
  long helpers;                      // threads made so far; the holder's
  // What runs, written by the holder while no task is open.
  ctk_task task;
  void *context;
  const long *counts;
  long cycle;
  unsigned long long first, end;     // phases of this run
} team = {.busy = ATOMIC_FLAG_INIT};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static long tasks_of(unsigned long long phase) { return team.counts[(phase - team.first) % team.cycle]; }

// Opens the phase, or the next one that has tasks, or closes the run.
static void open_phase(unsigned long long phase) {
  while (phase < team.end && tasks_of(phase) == 0) phase++;
  unsigned long long count = phase < team.end ? (unsigned long long)tasks_of(phase) : 0;
  atomic_store(&team.word, phase << COUNT_BITS | count);
  if (atomic_load(&team.sleepers) > 0) {
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
  }
}

// Returns once the word is no longer `seen`. The order (count myself a sleeper, look again, sleep) against
// (change the word, look for sleepers) loses no wake-up.
static void wait_for_change(unsigned long long seen) {
  for (int i = 0; i < SPIN_ROUNDS; i++) {
    if (atomic_load_explicit(&team.word, memory_order_acquire) != seen) return;
    RELAX();
  }
  pthread_mutex_lock(&lock);
  atomic_fetch_add(&team.sleepers, 1);
  while (atomic_load(&team.word) == seen) pthread_cond_wait(&changed, &lock);
  atomic_fetch_sub(&team.sleepers, 1);
  pthread_mutex_unlock(&lock);
}

// Claims and runs one task if the word offers one; otherwise does nothing.
static void try_task(unsigned long long seen) {
  if (!atomic_compare_exchange_weak(&team.word, &seen, seen - 1)) return;
  // From here until this task counts as done the run cannot end, so its description is stable.
  unsigned long long phase = seen >> COUNT_BITS;
  long count = tasks_of(phase);
  team.task(team.context, (long)(phase - team.first), count - (long)(seen & COUNT_MASK));
  if (atomic_fetch_add(&team.done, 1) + 1 == count) {
    atomic_store(&team.done, 0);
    open_phase(phase + 1);
  }
}

static void *help(void *argument) {
  long index = (long)(intptr_t)argument;
  for (;;) {
    if (index >= atomic_load_explicit(&team.enlisted, memory_order_relaxed)) {
      pthread_mutex_lock(&lock);
      while (index >= atomic_load(&team.enlisted)) pthread_cond_wait(&changed, &lock);
      pthread_mutex_unlock(&lock);
    }
    unsigned long long seen = atomic_load(&team.word);
    if ((seen & COUNT_MASK) == 0)
      wait_for_change(seen);
    else
      try_task(seen);
  }
  return NULL;
}

// Sees to `wanted` helpers. Where the system gives fewer, the others do their work.
static void enlist(long wanted) {
  if (wanted > MAX_HELPERS) wanted = MAX_HELPERS;
  if (team.helpers < wanted) {
    // Signals are for the program's own threads.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (team.helpers < wanted) {
      pthread_t thread;
      if (pthread_create(&thread, NULL, help, (void *)(intptr_t)team.helpers) != 0) break;
      pthread_detach(thread);
      team.helpers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
  if (atomic_load(&team.enlisted) != wanted) {
    pthread_mutex_lock(&lock);
    atomic_store(&team.enlisted, wanted);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
  }
}

void ctk_parallel(long threads, long phases, const long *counts, long cycle, ctk_task task, void *context) {
  if (threads <= 1 || atomic_flag_test_and_set(&team.busy)) {
    for (long phase = 0; phase < phases; phase++)
      for (long i = 0; i < counts[phase % cycle]; i++) task(context, phase, i);
    return;
  }
  enlist(threads - 1);
  team.task = task;
  team.context = context;
  team.counts = counts;
  team.cycle = cycle;
  team.first = (atomic_load(&team.word) >> COUNT_BITS) + 1;
  team.end = team.first + (unsigned long long)phases;
  open_phase(team.first);
  for (;;) {
    unsigned long long seen = atomic_load(&team.word);
    if ((seen & COUNT_MASK) != 0)
      try_task(seen);
    else if (seen >> COUNT_BITS >= team.end)
      break;
    else
      wait_for_change(seen);
  }
  atomic_flag_clear(&team.busy);
}

long ctk_processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count;
}
