#!/usr/bin/env bash
# Makes samples, checkpoints, figures and reports by every command, and compares their hashes with a list, so that a
# change that should move no bit is seen to move none.
#
#   Tests/bytes.sh BINARY              compares with Tests/bytes.sha256
#   Tests/bytes.sh BINARY --record     writes the list anew
#
# The list holds for the Cairo and the fonts that it was made with: bitmaps and PDF are theirs, too.
set -u
tool=$(realpath "$1")
list=$(realpath "$(dirname "$0")")/bytes.sha256
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
difflab() { "$tool" "$@" -q 2>/dev/null; }
report() { local file=$1; shift; difflab "$@" >"$file"; }

for set in swissroll moons ring8 grid25 aniso3 checkerboard pinwheel circles spirals scurve box; do
  difflab datasets sample $set --count 500 -o $set.csv
done
difflab datasets sample moons --count 500 -o moons.npy
for set in swissroll moons ring8 box; do
  difflab train $set -o $set.safetensors --steps 300
  difflab sample $set.safetensors -o s-$set.csv --count 400 --steps 20
  difflab sample $set.safetensors -o s-$set.npy --count 400 --steps 20 --trajectory t-$set.npy
done
difflab train moons.csv -o own.safetensors --steps 100
difflab sample own.safetensors -o s-own.csv --count 100 --steps 10
for loss in simple dsm likelihood vlb min-snr p2 edm cfm cfm-ot gms reflected; do
  set=ring8; [ $loss = reflected ] && set=box
  difflab train $set -o l-$loss.safetensors --loss $loss --steps 60
  difflab sample l-$loss.safetensors -o sl-$loss.csv --count 200 --steps 10
done
difflab train ring8 -o ddpm.safetensors --recipe ddpm --steps 60
for variance in transition posterior interpolated diagonal full; do
  difflab train ring8 -o v-$variance.safetensors --variance $variance --loss vlb --timesteps 10 --steps 60
  difflab sample v-$variance.safetensors -o sv-$variance.csv --count 200
  report bound-$variance.txt bound v-$variance.safetensors --points 200
done
for prediction in eps x0 v score velocity mean; do
  difflab train moons -o p-$prediction.safetensors --predict $prediction --steps 60
  difflab sample p-$prediction.safetensors -o sp-$prediction.csv --count 200 --steps 10
done
for sampler in ddpm ddpm-optimal analytic-dpm gms gms-published gms-full ddim dpm++2m edm edm-euler em ode-euler \
  ode-heun ode-rk4 ode-dopri5 langevin pc; do
  difflab sample mixture:aniso3 -o x-$sampler.csv --sampler $sampler --count 200 --steps 8
  difflab sample ring8.safetensors -o r-$sampler.csv --sampler $sampler --count 200 --steps 8
done
for sampler in reflected-em reflected-ode; do
  difflab sample mixture:box -o x-$sampler.csv --sampler $sampler --count 200 --steps 20
  difflab sample l-reflected.safetensors -o r-$sampler.csv --sampler $sampler --count 200 --steps 20
done
difflab sample ring8.safetensors -o r-eta.csv --sampler ddim --eta 0.5 --steps 8 --count 200
difflab sample ring8.safetensors -o r-churn.csv --sampler edm --churn 5 --steps 8 --count 200
difflab sample ring8.safetensors -o r-posterior.csv --variance posterior --steps 8 --count 200
difflab sample v-full.safetensors -o r-learned.csv --variance learned --steps 8 --count 200
for grid in chain vp lambda log-linear karras; do
  difflab sample mixture:ring8 -o g-$grid.csv --sampler ddim --grid $grid --count 200 --steps 10
done
report score.txt score s-moons.csv --against moons --all --count 400
report score.json score s-ring8.csv --against ring8 --count 400 --json
report evaluate.txt evaluate ring8.safetensors --points 500
report bound.txt bound mixture:ring8 --steps 10 --points 200
report likelihood.txt likelihood ring8.safetensors --points 50
report likelihood.json likelihood mixture:ring8 --points 50 --json
report compare.txt compare ring8.safetensors --steps 5,10 --count 300 --repetitions 2 -o compare.svg
for theme in light dark; do
  draw() { local name=$1; shift; difflab draw "$@" --theme $theme -o "d-$name-$theme.svg"; }
  draw dataset dataset swissroll
  draw forward forward swissroll
  draw forward-ve forward moons --schedule ve
  for model in moons.safetensors mixture:ring8 l-reflected.safetensors; do
    draw "reverse-${model/:/-}" reverse $model --steps 20
    draw "trajectories-${model/:/-}" trajectories $model --steps 20
    draw "field-${model/:/-}" field $model --time 0.3
  done
  draw density density ring8.safetensors >/dev/null
  draw loss loss ring8.safetensors
  draw schedule schedule
  draw bound bound mixture:ring8 --steps 10
  draw bounds bound v-full.safetensors v-posterior.safetensors --points 200 --steps 10
  draw errors errors ring8.safetensors mixture:ring8
  draw parameterizations parameterizations moons --steps 60 --count 200
  draw samplers samplers mixture:ring8 --steps 5,10 --count 300
  draw paths paths mixture:ring8 --steps 20
  draw reflected reflected box.safetensors l-reflected.safetensors --steps 20
  draw copies copies moons.safetensors --steps 20 >/dev/null
done
difflab draw dataset swissroll -o d.png
difflab draw dataset swissroll -o d.pdf
difflab animate moons.safetensors -o a.gif --frames 10
difflab animate l-reflected.safetensors -o walls.gif --frames 10
difflab lab moons --steps 300 --count 1000 --out lab >/dev/null

find . -type f | LC_ALL=C sort | xargs sha256sum >../bytes.$$
if [ "${2:-}" = --record ]; then
  mv ../bytes.$$ "$list"
else
  diff "$list" ../bytes.$$ && echo "$(wc -l <"$list") files have the bytes of the list"
  status=$?
  rm ../bytes.$$
  exit $status
fi
