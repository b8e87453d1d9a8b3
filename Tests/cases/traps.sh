# Traps and hangs: calls and files that crashed, ran for minutes in silence, or followed what a file says.

run compare mixture:ring8 --steps 1 --count 200
want "compare in one step" "[ $status -eq 0 ] || { refused && says steps; }"
"$tool" train moons -o t3.safetensors --timesteps 3 --steps 50 -q 2> err
run compare t3.safetensors --steps 1,5,10 --count 200
want "compare with more steps than the chain has" "[ $status -eq 0 ] || { refused && says steps; }"

mixture() { printf '{"weights":[1,1],"means":[[0,0],%s],"covariances":[%s,%s]}' "$1" "$2" "$3" > m.json; }
mixture '[1e90,0]' '[[1,0],[0,1]]' '[[1,0],[0,1]]'
run -t 10 sample mixture:m.json -o s.csv --count 50 --steps 10
want "a mixture with means 1e90 apart" \
  "refused && says 'm.json' || { [ $status -eq 0 ] && ! grep -qiE 'nan|inf' s.csv; }"
run -t 10 bound mixture:m.json --steps 5 --points 10
want "its bound" "refused || { [ $status -eq 0 ] && ! prints 'nan|inf( |$)'; }"
for variance in 1e-6 1e-40; do
  mixture '[3,1]' "[[1,0],[0,$variance]]" '[[0.5,0],[0,0.5]]'
  run -t 10 bound mixture:m.json --steps 5 --points 10
  want "the bound of a mixture with a variance of $variance beside 1, in 10 s" \
    "[ $status -eq 0 ] && ! prints 'nan|inf( |$)' || { refused && says '[0-9]'; }"
done

# --- what a checkpoint says of its data is no path to follow
"$tool" train moons -o k.safetensors --points 200 $small -q 2> err
printf 'x,y\n1,2\n2,1\n3,3\n' > own.csv
mkfifo fifo
for target in "$PWD/fifo" fifo /dev/zero /dev/stdin; do
  edit_checkpoint k.safetensors k2.safetensors dataset "$target"
  for command in "bound k2.safetensors --points 20" "likelihood k2.safetensors --points 5 --steps 4" \
    "compare k2.safetensors --samplers ddim --steps 4 --count 50" \
    "draw density k2.safetensors -o d.svg --cells 8 --steps 4" \
    "sample k2.safetensors -o s.csv --count 20"; do
    # The limit on memory stands for the gigabyte that /dev/zero once took.
    # shellcheck disable=SC2086
    (ulimit -v 500000 2>/dev/null; limited 10 "$tool" $command > out 2> err < /dev/null)
    status=$?
    want "${command%% k2*} of a checkpoint whose data are called ${target##*/}" no_crash
  done
done
edit_checkpoint k.safetensors k2.safetensors dataset a 1000000
for command in "bound k2.safetensors --points 20" "draw reverse k2.safetensors -o d.svg --steps 4" \
  "evaluate k2.safetensors --points 20 --data moons"; do
  # shellcheck disable=SC2086
  run -t 5 $command
  want "${command%% k2*} of a checkpoint with a name of a million letters, in 5 s and few words" \
    "no_crash && [ $(($(wc -c < out) + $(wc -c < err))) -lt 20000 ]"
done
edit_checkpoint k.safetensors k2.safetensors dataset '\u001b[2J'
for command in "bound k2.safetensors --points 20" "evaluate k2.safetensors --points 20 --data moons" \
  "likelihood k2.safetensors --points 5 --steps 4 --data moons"; do
  # shellcheck disable=SC2086
  run $command
  want "${command%% k2*}: no escape code of a file reaches the terminal" \
    "no_crash && ! grep -q $'\033' out && ! grep -q $'\033' err"
done
# A name in a table of Markdown: the pipe and the line break must not make cells and lines.
"$tool" datasets sample moons --count 300 -o 'a|b<script>.csv' -q 2> err
run quality 'a|b<script>.csv' -o q.md --steps 5 --hidden 16x1 --batch 16 --clouds 2 --sampling-steps 4
want "a name with | and < in a Markdown table" \
  "refused || { [ $status -eq 0 ] && ! grep -qE '(^|[^\\\\])([|]b|<script>)' q.md; }"
edit_checkpoint k.safetensors k2.safetensors dataset 'a|b\n<script>'
for command in "bound k2.safetensors --points 20" "evaluate k2.safetensors --points 20 --data moons"; do
  # shellcheck disable=SC2086
  run $command
  want "${command%% k2*}: a line break in a name starts no line" "no_crash && ! cat out err | grep -q '^<script>'"
done

# --- numbers of a checkpoint that overflow
# Whether a file of samples has a NaN or an infinity: as words, or as the bits of its doubles.
finite_fails() {
  case $1 in
    *.npy) perl -0777 -ne 'my $b = substr $_, 10 + unpack "v", substr $_, 8, 2;
        exit !grep { ($_ >> 52 & 0x7ff) == 0x7ff } unpack "Q<*", $b' "$1" ;;
    *) grep -qiE 'nan|inf' "$1" ;;
  esac
}
for entry in scale:1e308 mean:'1e308 1e308' scale:1e-308 scale:nan scale:-1 mean:'inf 0'; do
  edit_checkpoint k.safetensors k2.safetensors "${entry%%:*}" "${entry#*:}"
  for output in s.csv s.npy; do
    rm -f s.csv s.npy
    run sample k2.safetensors -o $output --count 20 --steps 4
    want "sample to $output with $entry in the checkpoint" \
      "refused || { [ $status -eq 0 ] && ! finite_fails $output; }"
  done
  run likelihood k2.safetensors --points 5 --steps 4 --data moons
  want "likelihood with $entry in the checkpoint" "refused || { [ $status -eq 0 ] && ! prints 'nan|inf( |$)'; }"
done
