#!/usr/bin/env bash
# Inputs, interruptions and disks that once went wrong, each as a command with its wanted outcome.
#
#   Tests/cases.sh [--only data|traps|files|figures]... [--slow] [DIFFLAB]
#
# DIFFLAB is the binary; the release build where it is left out. One line a case: ok, FAIL or skip with the
# reason. Ends with 1 if any case fails. --slow adds the cases that wait for a periodic save (a minute and a
# half). Needs perl, which writes the binary files and reads the figures. Takes some minutes.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)

sections=""
slow=""
tool="$here/../.build/release/difflab"
while [ $# -gt 0 ]; do
  case $1 in
    --only) sections="$sections $2"; shift ;;
    --slow) slow=1 ;;
    *) tool=$1 ;;
  esac
  shift
done
[ -n "$sections" ] || sections="data traps files figures"
tool=$(cd "$(dirname "$tool")" && pwd)/$(basename "$tool")
[ -x "$tool" ] || { echo "no binary at $tool; build it or name one" >&2; exit 1; }

work=$(mktemp -d)
mounted=""
trap 'cd /; [ -z "$mounted" ] || umount "$mounted"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
failures=0

ok() { echo "ok    $1"; }
fail() { echo "FAIL  $1${2:+: $2}"; failures=$((failures + 1)); }
skip() { echo "skip  $1: $2"; }

# want TITLE CONDITION: the condition is shell text; a failure shows what the last run left.
want() {
  if eval "$2"; then ok "$1"; else
    fail "$1" "status ${status:-?}; $( (head -c 300 err; head -c 300 out) 2>/dev/null | tr -c '[:print:]' ' ')"
  fi
}

# limited SECONDS COMMAND...: SIGALRM ends it after so long; SIGINT has its default action again, which a
# shell takes from what it starts in the background.
limiter='$SIG{INT} = "DEFAULT"; alarm shift; exec @ARGV or exit 127'
limited() { perl -e "$limiter" "$@"; }

# run [-t SECONDS] ARGUMENTS...: one run of the tool; sets status, leaves out and err.
run() {
  local seconds=60
  [ "$1" != -t ] || { seconds=$2; shift 2; }
  limited "$seconds" "$tool" "$@" > out 2> err < /dev/null
  status=$?
}

# start ARGUMENTS...: a run in the background; sets pid.
start() {
  : > out; : > err
  # Not by the function: the process in the background would be a shell that waits for the tool.
  perl -e "$limiter" 240 "$tool" "$@" > out 2> err < /dev/null &
  pid=$!
}

# until SECONDS CONDITION: waits for the condition; 1 if it does not come.
until_true() {
  local turns=$(($1 * 20))
  until eval "$2"; do
    turns=$((turns - 1))
    [ $turns -gt 0 ] || return 1
    sleep 0.05
  done
}

# finish SECONDS: waits for the background run; kills it after so long (status 137).
finish() {
  until_true "$1" "! kill -0 $pid 2>/dev/null" || kill -KILL "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  status=$?
}

refused() { [ "$status" -eq 1 ] || [ "$status" -eq 64 ]; }
no_crash() { [ "$status" -lt 128 ]; }
says() { grep -qiE -- "$1" err; }
prints() { grep -qiE -- "$1" out; }
mode_of() { perl -e 'printf "%o", (stat shift)[2] & 0777' "$1"; }
# Standard deviation of column $2 of the CSV file $1.
deviation() {
  awk -F, -v c="$2" '$c + 0 == $c || $c ~ /^-?[0-9.]+e/ {
    n++; d = $c - m; m += d / n; s += d * ($c - m) } END { printf "%.6e", sqrt(s / n) }' "$1"
}
# between VALUE LOW HIGH
between() { awk -v v="$1" -v a="$2" -v b="$3" 'BEGIN { exit !(v + 0 >= a + 0 && v + 0 <= b + 0) }'; }
# The checkpoint $1 as $2, with the metadata entry $3 replaced by the JSON string $4, repeated $5 times.
edit_checkpoint() {
  perl -e 'my ($from, $to, $key, $value, $times) = @ARGV; local $/;
    $value = "\"" . ($value x ($times || 1)) . "\"";
    open my $in, "<:raw", $from or die; my $all = <$in>;
    my $count = unpack "Q<", $all; my $header = substr $all, 8, $count;
    $header =~ s/("\Q$key\E":)"[^"]*"/$1$value/ or die "no $key";
    open my $out, ">:raw", $to or die;
    print $out pack("Q<", length $header), $header, substr $all, 8 + $count' "$@"
}
# repeat TEXT COUNT
repeat() { perl -e 'print $ARGV[0] x $ARGV[1]' "$1" "$2"; }

small="--steps 5 --hidden 16x1 --timesteps 8 --batch 16"
for section in $sections; do
  mkdir -p "$work/$section"
  cd "$work/$section" || exit 1
  echo "== $section"
  # shellcheck source=/dev/null
  . "$here/cases/$section.sh"
done
echo "== $failures failed"
[ "$failures" -eq 0 ]
