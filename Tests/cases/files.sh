# Interrupts, disks and files: nothing that was learned or written is lost, and no exit code hides it.

# interrupted TITLE SIGNAL CONDITION STATUS ARGUMENTS...: starts the tool, waits for the condition (at most
# a minute), sends the signal, and wants the status (a pattern of `case`) within 20 s.
interrupted() {
  local title=$1 signal=$2 condition=$3 wanted=$4
  shift 4
  start "$@"
  if ! until_true 60 "$condition || ! kill -0 $pid 2>/dev/null"; then
    kill -KILL "$pid"; finish 5; fail "$title" "never began"; return
  fi
  kill -0 "$pid" 2>/dev/null || { finish 5; fail "$title" "was over before the signal"; return; }
  kill "-$signal" "$pid"
  finish 20
  # shellcheck disable=SC2254
  case $status in $wanted) ok "$title" ;; *) fail "$title" "status $status instead of $wanted" ;; esac
}

interrupted "Ctrl-C in draw parameterizations ends it with 130" INT '[ -s err ]' 130 \
  draw parameterizations moons -o p.svg --steps 200000 --hidden 16x1
want "and leaves no figure of half-trained networks" "[ ! -e p.svg ]"
interrupted "Ctrl-C in figures ends it with 130" INT 'grep -q training err' 130 \
  figures --out f --steps 200000 --hidden 16x1
interrupted "Ctrl-C in lab after training ends it with 130" INT 'grep -q 20/20 err' 130 \
  lab moons --steps 20 --count 20000 --out lab
want "and keeps the checkpoint" "[ -s lab/model.safetensors ]"
for signal in INT TERM HUP; do
  rm -f m.safetensors
  # A shell in the background ignores HUP no more than the others; 129 and 143 are the signals' own codes.
  case $signal in INT) wanted=130 ;; TERM) wanted='130|143' ;; HUP) wanted='129|130' ;; esac
  start train moons -o m.safetensors --steps 3000000 --hidden 16x1 --batch 16
  until_true 60 '[ -s err ]'
  kill "-$signal" "$pid"
  finish 20
  want "$signal ends training with its code" "case $status in ${wanted/|/) true ;; }) true ;; *) false ;; esac"
  want "$signal: the message says how to go on" "says '\-\-resume'"
  run sample m.safetensors -o s.csv --count 10 --steps 5
  want "$signal: the checkpoint samples" "[ $status -eq 0 ]"
done

# --- a disk that is full, a pipe that is
for arguments in "likelihood mixture:ring8 --points 300 --steps 4 --json" "samplers" "datasets list" \
  "bound mixture:ring8 --points 20" "exercises list" "--help" "--version"; do
  if [ -w /dev/full ]; then
    # shellcheck disable=SC2086
    limited 60 "$tool" $arguments > /dev/full 2> err < /dev/null
    status=$?
    want "$arguments > /dev/full ends with 1 and a message" "[ $status -eq 1 ] && [ -s err ]"
  else
    skip "$arguments on a full disk" "this system has no /dev/full"
  fi
done
limited 60 "$tool" likelihood mixture:ring8 --points 300 --steps 4 --json > whole 2> /dev/null
(trap '' XFSZ; ulimit -f 16; limited 60 "$tool" likelihood mixture:ring8 --points 300 --steps 4 --json > cut 2> err)
status=$?
want "JSON to a disk that fills ends with 1 and a message" "[ $status -eq 1 ] && [ -s err ]"
(trap '' XFSZ; ulimit -f 16; limited 60 "$tool" datasets sample moons --count 20000 -o cut.csv > out 2> err)
status=$?
want "a file on a disk that fills is not left in part" "[ $status -eq 1 ] && [ -s err ] && [ ! -e cut.csv ] && ! ls | grep -q partial"
# A pipe that takes nothing for a second, and says EAGAIN instead of waiting.
perl -e 'use Fcntl; pipe my $r, my $w or die; my $pid = fork;
  if (!$pid) { fcntl $w, F_SETFL, O_WRONLY | O_NONBLOCK; open STDOUT, ">&", $w; open STDERR, ">", "err";
    exec @ARGV }
  close $w; sleep 1; open my $o, ">", "slow"; while (sysread $r, my $b, 4096) { print $o $b }
  close $o; waitpid $pid, 0; exit($? >> 8 || $? & 127)' \
  "$tool" likelihood mixture:ring8 --points 300 --steps 4 --json
status=$?
want "output to a slow pipe that does not block arrives whole" "[ $status -eq 0 ] && cmp -s whole slow"
"$tool" likelihood mixture:ring8 --points 3000 --steps 4 --json 2> err | head -c 10 > /dev/null
status=${PIPESTATUS[0]}
want "a reader that goes away ends the command without a crash message" "[ $status -le 1 ] || [ $status -eq 141 ]"

if [ "$(id -u)" -ne 0 ] || [ "$(uname)" != Linux ]; then
  skip "a disk that fills after the first save" "needs the superuser of Linux, to mount a small disk"
elif [ -z "$slow" ]; then
  skip "a disk that fills after the first save" "waits for periodic saves; --slow"
elif mkdir disk && mount -t tmpfs -o size=400k none disk 2>/dev/null; then
  mounted=$PWD/disk
  start train moons -o disk/m.safetensors --steps 30000000 --hidden 16x1 --batch 16
  until_true 60 '[ -s disk/m.safetensors ]'
  saved=$(cksum < disk/m.safetensors)
  head -c 1000000 /dev/zero > disk/full 2>/dev/null
  until_true 60 'grep -qiE "space|full|saved|written" err'
  want "a full disk at a periodic save is a warning" "kill -0 $pid 2>/dev/null && says 'space|full|written'"
  want "the save of before is whole" "[ '$saved' = '$(cksum < disk/m.safetensors)' ]"
  rm -f disk/full
  until_true 60 "[ \"\$(cksum < disk/m.safetensors)\" != '$saved' ]"
  want "training saves again when it can" "[ '$saved' != '$(cksum < disk/m.safetensors)' ]"
  kill -INT "$pid"
  finish 20
  umount disk && mounted=""
else
  skip "a disk that fills after the first save" "no small disk can be mounted here"
fi

# --- an output that cannot be written is found before the work
touch afile
mkdir -p folder.safetensors folder.md folder.svg folder.csv
"$tool" train moons -o k.safetensors --points 200 $small -q 2> err
before_work() { # ARGUMENTS...: refused within 3 s; a training of the usual size takes longer
  run -t 20 "$@"
  want "$1 ${*: -1} is refused before the work" "refused && [ -s err ] && ! says 'steps/s|█'"
}
for bad in afile/x folder; do
  before_work train moons -o "$bad.safetensors"
  before_work quality moons --steps 20000 -o "$bad.md"
  before_work combinations moons -o "$bad.md"
  before_work compare k.safetensors --count 5000 -o "$bad.svg"
  before_work draw parameterizations moons -o "$bad.svg"
  before_work likelihood mixture:ring8 --points 100000 -o "$bad.csv"
done
before_work lab moons --out afile/lab
before_work figures --out afile
if [ "$(id -u)" -eq 0 ]; then
  skip "a folder without the right to write" "the superuser may write everywhere"
else
  mkdir locked && chmod 555 locked
  before_work train moons -o locked/x.safetensors
  before_work quality moons -o locked/q.md
  before_work compare k.safetensors -o locked/c.svg
fi

# --- names and links
echo precious > victim
sh -c 'for i in csv svg; do ln -s victim x.$i.$$.partial; done
  exec "$0" datasets sample moons -o x.csv -q' "$tool"
want "a link with the temporary name does not lead elsewhere" "[ \"\$(cat victim)\" = precious ]"
rm -f x.*
run sample k.safetensors -o s.npy --trajectory s.npy --count 20
want "one file for samples and trajectory is refused" "refused && [ ! -e s.npy ]"
run sample k.safetensors -o s.npy --trajectory ./s.npy --count 20
want "also under another spelling" "refused && [ ! -e s.npy ]"
run animate k.safetensors -o frames/ --frames 6 --points 20 --steps 6
run animate k.safetensors -o frames/ --frames 3 --points 20 --steps 6
# shellcheck disable=SC2012
want "fewer frames leave no old ones among them" "refused || [ $(ls frames | wc -l) -eq 3 ]"
ln -s target.csv link.csv
echo old > target.csv
run datasets sample moons --count 5 -o link.csv
want "a link as output is written through or refused" \
  "[ -L link.csv ] && { refused || { [ $status -eq 0 ] && [ $(wc -l < target.csv) -gt 4 ]; }; }"
echo old > private.csv
chmod 600 private.csv
run datasets sample moons --count 5 -o private.csv
want "the mode of a file is kept" "[ $status -eq 0 ] && [ $(mode_of private.csv) = 600 ]"
name=$(repeat a 251).csv
run datasets sample moons --count 5 -o "$name"
want "a name of 255 bytes works" "[ $status -eq 0 ] && [ -s '$name' ]"
run datasets sample moons --count 5 -o /dev/stdout
want "-o /dev/stdout into a file works" "[ $status -eq 0 ] && [ $(grep -c , out) -ge 5 ]"
lines=$("$tool" datasets sample moons --count 5 -o /dev/stdout -q 2> err < /dev/null | grep -c ,)
want "-o /dev/stdout into a pipe works" "[ $lines -ge 5 ]"

# --- a write that was killed
mkdir killed
for attempt in 1 2 3 4 5; do
  "$tool" datasets sample moons --count 3000000 -o killed/x.csv -q 2> /dev/null &
  pid=$!
  until_true 20 "[ -n \"\$(ls -A killed)\" ] || ! kill -0 $pid 2>/dev/null"
  kill -KILL $pid 2>/dev/null
  wait $pid 2>/dev/null
  [ ! -e killed/x.csv ] && [ -n "$(ls -A killed)" ] && break
  rm -f killed/x.csv
done
if [ -e killed/x.csv ] || [ -z "$(ls -A killed)" ]; then
  fail "a killed write" "could not be caught in $attempt attempts"
else
  run datasets sample moons --count 5 -o killed/x.csv
  want "the next write of the name removes what a killed one left" \
    "[ $status -eq 0 ] && [ \"\$(ls -A killed)\" = x.csv ]"
fi
