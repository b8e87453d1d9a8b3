// A team of threads that claim tasks, one team per process.
//
// Every thread has a share of the tasks of each phase, the same one whenever a phase comes round, so that what
// it wrote is still in its caches; once its own share is done it takes from the others'. A share and the phase
// it belongs to are one atomic word, and a task is claimed by swapping that word for one with one task less. So
// a claim is never late, never double, and nobody waits for a thread to show up: the caller works too, and
// waits only for tasks that others have claimed. (A barrier among a fixed set of threads is a little faster on
// an idle machine, and ten times slower as soon as another process takes a core.) Which thread runs a task
// never shows in the results.

#if !defined(_GNU_SOURCE) && !defined(__APPLE__)
#define _GNU_SOURCE
#endif
#include "CThreadTeam.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#define MAX_HELPERS 255
#define SPIN_ROUNDS 2000  // some 50–200 µs: longer than the gap between two phases
#define COUNT_BITS 20     // of a word; the other 44 number the phases
#define COUNT_MASK ((1ull << COUNT_BITS) - 1)
#define NEVER (~0ull)

#if defined(__x86_64__)
#define RELAX() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define RELAX() __asm__ __volatile__("yield")
#else
#define RELAX() ((void)0)
#endif

static struct {
  struct {
    _Alignas(128) atomic_ullong word;  // phase << COUNT_BITS | unclaimed tasks of this thread's share
  } share[MAX_HELPERS + 1];            // the caller's first
  _Alignas(128) atomic_long done;      // finished tasks of the open phase
  _Alignas(128) atomic_int sleepers;
  atomic_long enlisted;                // helpers with a smaller index work
  atomic_flag busy;                    // a caller holds the team
  long helpers;                        // threads made so far; the holder's
  // What runs, written by the holder while no task is open.
  ctt_task task;
  void *context;
  const long *counts;
  long cycle;
  unsigned long long first, end;       // phases of this run
  atomic_long sharers;                 // threads among which its tasks are shared out
} team = {.busy = ATOMIC_FLAG_INIT};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static long tasks_of(unsigned long long phase) { return team.counts[(phase - team.first) % team.cycle]; }

static unsigned long long phase_of(long sharer) { return atomic_load(&team.share[sharer].word) >> COUNT_BITS; }

static int has_tasks(long sharer) { return (atomic_load(&team.share[sharer].word) & COUNT_MASK) != 0; }

static int anyone_has_tasks(void) {
  for (long sharer = atomic_load(&team.sharers) - 1; sharer >= 0; sharer--)
    if (has_tasks(sharer)) return 1;
  return 0;
}

// The first task of a sharer; the larger shares come first, so the caller's is empty only if all are.
static long first_task(long sharer, long count, long sharers) {
  long rest = count % sharers;
  return sharer * (count / sharers) + (sharer < rest ? sharer : rest);
}

// Opens the phase, or the next one that has tasks, or closes the run.
static void open_phase(unsigned long long phase) {
  while (phase < team.end && tasks_of(phase) == 0) phase++;
  long sharers = atomic_load(&team.sharers);
  if (phase == team.end) {
    atomic_store(&team.share[0].word, phase << COUNT_BITS);
  } else {
    // The phase cannot end before its last share is out; after that, nothing here may touch it.
    long count = tasks_of(phase), given = 0;
    for (long sharer = 0; given < count; sharer++) {
      long end = first_task(sharer + 1, count, sharers);
      atomic_store(&team.share[sharer].word, phase << COUNT_BITS | (unsigned long long)(end - given));
      given = end;
    }
  }
  if (atomic_load(&team.sleepers) > 0) {
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
  }
}

// Returns once somebody has tasks or the phase `end` has come. The order (count myself a sleeper, look again,
// sleep) against (give out tasks, look for sleepers) loses no wake-up.
static void wait_for_tasks(long sharer, unsigned long long end) {
  for (int i = 0; i < SPIN_ROUNDS; i++) {
    // One's own share changes with every phase; the others' are looked at less often, to leave them alone.
    if (has_tasks(sharer) || phase_of(0) >= end || (i % 8 == 0 && anyone_has_tasks())) return;
    RELAX();
  }
  pthread_mutex_lock(&lock);
  atomic_fetch_add(&team.sleepers, 1);
  while (!anyone_has_tasks() && phase_of(0) < end) pthread_cond_wait(&changed, &lock);
  atomic_fetch_sub(&team.sleepers, 1);
  pthread_mutex_unlock(&lock);
}

// Claims a task of a share and runs it on a thread, if there is one and the thread belongs to the run.
static int try_task(long sharer, long thread) {
  unsigned long long seen = atomic_load(&team.share[sharer].word);
  do {
    // A helper of an earlier, larger run may still be about. The sharers are read after the word: if they are not
    // those of its run, the word has changed, and the swap fails.
    if ((seen & COUNT_MASK) == 0 || thread >= atomic_load(&team.sharers)) return 0;
  } while (!atomic_compare_exchange_weak(&team.share[sharer].word, &seen, seen - 1));
  // From here until this task counts as done the run cannot end, so its description is stable.
  unsigned long long phase = seen >> COUNT_BITS;
  long count = tasks_of(phase), sharers = atomic_load(&team.sharers);
  team.task(team.context, (long)(phase - team.first),
            first_task(sharer + 1, count, sharers) - (long)(seen & COUNT_MASK), thread);
  if (atomic_fetch_add(&team.done, 1) + 1 == count) {
    atomic_store(&team.done, 0);
    open_phase(phase + 1);
  }
  return 1;
}

// Runs tasks until there are none to claim: always the thread's own first, then the next one's, and so on.
static void work(long thread) {
  long sharers = atomic_load(&team.sharers);
  for (long i = 0; i < sharers;)
    i = try_task((thread + i) % sharers, thread) ? 0 : i + 1;
}

static void *help(void *argument) {
  long index = (long)(intptr_t)argument;
  for (;;) {
    if (index >= atomic_load_explicit(&team.enlisted, memory_order_relaxed)) {
      pthread_mutex_lock(&lock);
      while (index >= atomic_load(&team.enlisted)) pthread_cond_wait(&changed, &lock);
      pthread_mutex_unlock(&lock);
    }
    work(index + 1);
    wait_for_tasks(index + 1, NEVER);
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

void ctt_parallel(long threads, long phases, const long *counts, long cycle, ctt_task task, void *context) {
  if (threads <= 1 || atomic_flag_test_and_set(&team.busy)) {
    for (long phase = 0; phase < phases; phase++)
      for (long i = 0; i < counts[phase % cycle]; i++) task(context, phase, i, 0);
    return;
  }
  enlist(threads - 1);
  team.task = task;
  team.context = context;
  team.counts = counts;
  team.cycle = cycle;
  team.first = phase_of(0) + 1;
  team.end = team.first + (unsigned long long)phases;
  atomic_store(&team.sharers, team.helpers + 1 < threads ? team.helpers + 1 : threads);
  open_phase(team.first);
  for (;;) {
    work(0);
    if (phase_of(0) >= team.end) break;
    wait_for_tasks(0, team.end);
  }
  atomic_flag_clear(&team.busy);
}

long ctt_processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count;
}
