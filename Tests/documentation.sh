#!/usr/bin/env bash
# Makes the documentation of all modules together, and ends with 1 if a link leads nowhere.
#
#   Tests/documentation.sh
#
# The archive is left in .build/plugins/Swift-DocC/outputs/DiffusionLab.doccarchive; open it in Xcode, or look at it
# with `docc preview`. The first run fetches the plugin, which no other command needs.
set -euo pipefail
cd "$(dirname "$0")/.."
export DIFFLAB_DOCS=1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
targets=""
for catalogue in Sources/*/*.docc; do
  name=$(basename "$catalogue" .docc)
  targets="$targets --target $name"
done
# The plugin documents the modules in the order of their dependencies, so that each can link to those below it.
swift package --disable-sandbox generate-documentation --enable-experimental-combined-documentation \
  $targets > "$log" 2>&1 || { cat "$log"; exit 1; }

# A parameter that its name explains has no line of its own, which is no broken link.
if grep -E 'warning: ' "$log" | grep -vE "warning: Parameter '.*' is missing documentation"; then
  echo "== the whole report" >&2
  cat "$log" >&2
  exit 1
fi
tail -n 2 "$log"
