#!/usr/bin/env bash
# Builds with one sanitizer after another, and runs the short tests with each.
#
#   Tests/sanitize.sh [address|thread|undefined]...
#
# All three where none is named. Each has a build folder of its own, .build-NAME. What a sanitizer finds ends
# its test with a status that no command has by itself, and the report stands in the output; the script ends
# with 1 then.
#
# address and thread check Swift and C. undefined checks the C kernels: Swift traps by itself, and the trap
# of an undefined operation in C needs no library to link.
set -uo pipefail
cd "$(dirname "$0")/.."

# Studies train for minutes without a sanitizer, and run the same code as the short tests; the attacks limit
# memory, which the sanitizers reserve by the terabyte.
skipped='OptionAttackTests|CombinationStudyTests|QualityStudyTests|ReproductionTests'

failed=""
for sanitizer in "${@:-address thread undefined}"; do
  for name in $sanitizer; do
    case $name in
      address) options=(--sanitize=address) ;;
      # Its shadow memory is a file, which the tests of a limit on files' sizes cut; one study is slow with it.
      thread) options=(--sanitize=thread --skip 'fullDisk|fileLimit|FileScoreTests') ;;
      undefined) options=(-Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined) ;;
      *) echo "unknown: $name" >&2; exit 2 ;;
    esac
    echo "== $name"
    options+=(--scratch-path ".build-$name")
    # Fonts and the runtime keep memory until the end: leaks are not what is looked for.
    ASAN_OPTIONS=detect_leaks=0:exitcode=199 TSAN_OPTIONS=exitcode=199:halt_on_error=1 \
      swift test "${options[@]}" --skip "$skipped" || failed="$failed $name"
  done
done
[ -z "$failed" ] || { echo "== findings:$failed"; exit 1; }
