# Data of one's own: what a file says is read as it is meant, and its numbers are never wrong without a word.

# --- scores against a file of finite size
"$tool" datasets sample moons -o own.csv --count 3000 --seed 5 -q 2> err
run -t 240 train own.csv -o own.safetensors --steps 2000
run sample own.safetensors -o s.csv --count 3000
# A ratio to the floor near 1 at every count: the model is good, and a ratio of 2 would be another order.
for count in 500 1500 2999 3000; do
  run score s.csv --against own.csv --count $count
  ratio=$(sed -n 's/^sliced W2.*ratio *//p' out)
  want "score against a file's $count of 3000 rows is plausible, or says why not" \
    "{ [ $status -eq 0 ] && between '${ratio%% *}' 0.5 2; } || { refused && says '[0-9]'; } ||
     { [ $status -eq 0 ] && cat out err | grep -qi resampl; }"
done

# --- a file with the name of a toy
"$tool" datasets sample swissroll --count 30 -o ring8.csv -q 2> err
run train ring8.csv -o my.safetensors --steps 300
want "training on a file called ring8.csv" "[ $status -eq 0 ]"
for command in "likelihood my.safetensors --points 50" "bound my.safetensors" "evaluate my.safetensors"; do
  # shellcheck disable=SC2086
  run $command
  want "$command gives no exact numbers of the toy" \
    "! prints 'exact|true log p|entropy' && { refused && says '\-\-data' || [ $status -eq 0 ]; }"
done

# --- scale
normals() { # SCALE_X SCALE_Y: 4,000 normal points by sums of twelve uniforms
  awk -v a="$1" -v b="$2" 'BEGIN { srand(4); print "x,y"
    for (i = 0; i < 4000; i++) { x = y = -6; for (k = 0; k < 12; k++) { x += rand(); y += rand() }
      printf "%.9e,%.9e\n", a * x, b * y } }'
}
normals 1e-9 1e-9 > tiny.csv
run -t 120 train tiny.csv -o tiny.safetensors --steps 1500 --hidden 64x2
run sample tiny.safetensors -o tiny-s.csv --count 2000
want "data of scale 1e-9 give samples of scale 1e-9" \
  "[ $status -eq 0 ] && between $(deviation tiny-s.csv 1) 0.8e-9 1.2e-9"
normals 1e6 1 > wide.csv
run -t 120 train wide.csv -o wide.safetensors --steps 1500 --hidden 64x2
cp err wide-err
run sample wide.safetensors -o wide-s.csv --count 2000
want "columns of scales 1e6 and 1 are both learned" \
  "[ $status -eq 0 ] && between $(deviation wide-s.csv 1) 0.8e6 1.2e6 && between $(deviation wide-s.csv 2) 0.8 1.2"

# --- text as people have it: what is read comes back beside its log p
"$tool" train moons -o k.safetensors --points 200 $small -q 2> err
# reads FILE ROWS: likelihood reads the file, and the first two columns of its table are ROWS.
reads() {
  rm -f l.csv
  run likelihood k.safetensors --at "$1" -o l.csv --steps 4
  [ $status -eq 0 ] && [ "$(sed 1d l.csv | awk -F, '{ printf "%.3f,%.3f ", $1, $2 }')" = "$2" ]
}
two="1.500,2.500 2.500,1.500 "
dialect() { # TITLE TEXT ROWS: printf writes the text
  # shellcheck disable=SC2059
  printf "$2" > dialect.csv
  want "$1" "reads dialect.csv '$3'"
}
dialect "semicolon and decimal comma" 'x;y\n1,5;2,5\n2,5;1,5\n' "$two"
dialect "semicolon, decimal comma, BOM, CRLF" '\xef\xbb\xbfx;y\r\n1,5;2,5\r\n2,5;1,5\r\n' "$two"
dialect "tabs" 'x\ty\n1.5\t2.5\n2.5\t1.5\n' "$two"
dialect "blanks, no header" '1.5 2.5\n2.5 1.5\n3 4\n' "${two}3.000,4.000 "
dialect "other names and a label of words" \
  'sepal,petal,species\n1.5,2.5,setosa\n2.5,1.5,virginica\n' "$two"
dialect "labels -1 and 1" 'x,y,label\n1.5,2.5,-1\n2.5,1.5,1\n' "$two"
dialect "quotes" '"x","y"\n"1.5","2.5"\n"2.5","1.5"\n' "$two"
dialect "a comment line" '# made by R\nx,y\n1.5,2.5\n2.5,1.5\n' "$two"
dialect "a single point" 'x,y\n0.5,0.5\n' "0.500,0.500 "

printf 'x,y\n1.5,2.5\n,\n2.5,1.5\n' > missing.csv
run likelihood k.safetensors --at missing.csv --steps 4
want "a missing row is refused, with its line and the way out" "refused && says ':3:|line 3' && says skip-missing"
run draw dataset missing.csv -o d.svg --skip-missing
want "--skip-missing leaves it out" "[ $status -eq 0 ]"
printf 'x,y\n0,0\n1,1\n' > two.csv
# shellcheck disable=SC2086
run train two.csv -o two.safetensors $small
want "two different points are not called points without spread" \
  "no_crash && ! says 'without any spread|at least two different'"
# Every dialect goes through a whole lab; small, but all of it.
i=0
for text in 'x;y\n1,5;2,5\n2,5;1,5\n' 'x\ty\n1.5\t2.5\n2.5\t1.5\n' '1.5 2.5\n2.5 1.5\n' \
  'sepal,petal,species\n1.5,2.5,setosa\n2.5,1.5,virginica\n' 'x,y,label\n1.5,2.5,-1\n2.5,1.5,1\n' \
  '"x","y"\n"1.5","2.5"\n"2.5","1.5"\n' '# made by R\nx,y\n1.5,2.5\n2.5,1.5\n'; do
  i=$((i + 1))
  # Forty rows a line of data: a lab needs a held-out part.
  # shellcheck disable=SC2059
  printf "$text" | awk '/[0-9][.,]?[0-9]*/ && !/#/ { for (k = 0; k < 40; k++) {
    line = $0; sub(/5/, sprintf("%d", 5 + k % 5) sprintf("%02d", k), line); print line } next } { print }' > lab$i.csv
  # shellcheck disable=SC2086
  run lab lab$i.csv --out lab$i $small --count 40
  want "lab on dialect $i" "[ $status -eq 0 ] && [ -s lab$i/report.json ]"
done

# --- NumPy arrays
# npy DESCRIPTION SHAPE PACK VALUES...: writes a.npy
npy() {
  perl -e 'my ($descr, $shape, $pack, @v) = @ARGV;
    my $h = "{\x27descr\x27: \x27$descr\x27, \x27fortran_order\x27: False, \x27shape\x27: ($shape), }";
    $h .= " " x (63 - (10 + length $h) % 64) . "\n";
    open my $f, ">:raw", "a.npy" or die;
    print $f "\x93NUMPY\x01\x00", pack("v", length $h), $h, pack("$pack*", @v)' "$@"
}
npy '>f8' '2, 2' 'd>' 1.5 2.5 2.5 1.5; want "NPY of big-endian doubles" "reads a.npy '$two'"
# 1.5, 2.5 as 16-bit floats
npy '<f2' '2, 2' 'v' 15872 16640 16640 15872; want "NPY of half precision" "reads a.npy '$two'"
npy '<i4' '2, 2' 'l<' 1 2 2 1; want "NPY of 32-bit integers" "reads a.npy '1.000,2.000 2.000,1.000 '"
npy '<i8' '2, 2' 'q<' 1 2 2 1; want "NPY of 64-bit integers" "reads a.npy '1.000,2.000 2.000,1.000 '"
npy '<f8' '2, 4000' 'd<' $(seq 1 8000)
run draw dataset a.npy -o d.svg
want "NPY of shape (2, 4000) is asked about" "refused && says transpos"
npy '<f8' '2, 2' 'd<' 1.5 2.5 2.5 1.5
if perl -MIO::Compress::Zip=zip -e 'zip "a.npy" => "a.npz", Name => "arr_0.npy" or die' 2>/dev/null; then
  want "NPZ with one array, deflated" "reads a.npz '$two'"
  perl -MIO::Compress::Zip=:all -e 'zip "a.npy" => "a.npz", Name => "arr_0.npy", Method => ZIP_CM_STORE or die'
  want "NPZ with one array, stored" "reads a.npz '$two'"
else
  skip "NPZ with one array" "this perl cannot write ZIP files"
fi

# --- what is no checkpoint is said by name
not_a_checkpoint() { # TITLE PATTERN
  run sample not.safetensors -o n.csv
  want "$1 is named" "refused && says '$2' && ! says '[0-9]{13}'"
}
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n' > not.safetensors
not_a_checkpoint "a Git LFS pointer" 'LFS'
printf '<!DOCTYPE html><html><body>404</body></html>\n' > not.safetensors
not_a_checkpoint "a web page" 'HTML'
printf 'PK\003\004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaarchive/data.pkl' > not.safetensors
not_a_checkpoint "a file of torch" 'torch|zip|pickle'
perl -e 'print pack "C*", map { ($_ * 2654435761 >> 11) & 255 } 0 .. 4095' > not.safetensors
not_a_checkpoint "a file of noise" 'safetensors'
