# Figures whose words and marks were wrong. Text stands in an SVG as outlines of glyphs; a glyph is known by
# its outline, whatever its name.

# glyphs FILE: one line a glyph that is drawn: y, x and its outline.
glyphs() {
  perl -0777 -ne 'my %d;
    while (/<(?:symbol|g)[^>]*id="([^"]+)"[^>]*>\s*<path[^>]* d="([^"]*)"/g) { $d{$1} //= $2 }
    while (/<use [^>]*href="#([^"]+)"[^>]* x="([-0-9.]+)"[^>]* y="([-0-9.]+)"/g) {
      print "$3\t$2\t$d{$1}\n" if $d{$1} }' "$1"
}
# headings FILE: the second line of the heading of each of five panels, as outlines; one line a panel.
headings() {
  glyphs "$1" | perl -ne 'chomp; my ($y, $x, $d) = split /\t/; push @{$l{$y}}, [$x, $d];
    END { my @y = sort { $a <=> $b } keys %l; my $p = -1e9; for (@{$l{$y[2]}}) {
      print "\n" if $_->[0] > $p + 60 and $p > 0; print $_->[1], "|"; $p = $_->[0] } print "\n" }'
}

for schedule in cosine ve flow; do
  run draw forward moons --schedule $schedule -o $schedule.svg
  headings $schedule.svg > $schedule.headings
done
want "five panels have headings" "[ $(wc -l < cosine.headings) -eq 5 ]"
want "the panels of ve have not all the same heading" "[ $(sort -u ve.headings | wc -l) -ge 4 ]"
# The letter that cosine's headings begin with: alpha with a bar.
alpha=$(head -n 1 cosine.headings | cut -d '|' -f 1)
want "ve does not call its level the signal of cosine" "! grep -qF \"\$alpha\" ve.headings"
want "flow does not call its level the signal of cosine" "! grep -qF \"\$alpha\" flow.headings"
# The points of a panel are one path a colour; all of a cloud lies in its panel but a tail.
panel_points() {
  perl -0777 -ne 'my @n = (0) x 5;
    while (/d="([^"]*)"/g) { my $d = $1; my $c = () = $d =~ /M/g; next if $c < 3;
      while ($d =~ /M ([-0-9.]+) ([-0-9.]+)/g) { my $i = int(($1 - 18) / 187.6);
        $n[$i]++ if $2 > 100 && $i >= 0 && $i < 5 } } print "@n\n"' "$1"
}
read -r first _ _ _ last < <(panel_points ve.svg)
want "the last panel of ve shows its points ($last of $first)" "[ ${last:-0} -gt $((${first:-0} / 2)) ]"

"$tool" train moons -o k.safetensors --points 500 --steps 300 --hidden 32x2 -q 2> err
run draw trajectories k.safetensors --sampler ddpm --paths 40 -o t.svg
paths=$(grep -c 'stroke-width:1.6;' t.svg)
want "fewer paths than asked for are not drawn without a word" "[ $status -eq 0 ] && { says path || [ $paths -ge 40 ]; }"

run draw errors mixture:ring8 -o e.svg
# Something in the lower panel: a glyph, or a line of more than two points.
marks() {
  perl -0777 -ne 'my $n = 0;
    while (/<use [^>]* x="([-0-9.]+)"[^>]* y="([-0-9.]+)"/g) { $n++ if $1 > 60 && $1 < 720 && $2 > 335 && $2 < 470 }
    while (/d="([^"]*)"/g) { my @p = $1 =~ /([-0-9.]+) ([-0-9.]+)(?= [A-Z]|\s*$)/g; my $c = 0;
      while (my ($x, $y) = splice @p, 0, 2) { $c++ if $x > 60 && $x < 720 && $y > 335 && $y < 470 }
      $n++ if $c > 2 } print $n' "$1"
}
want "the lower panel of draw errors is not empty" "[ $status -eq 0 ] && [ $(marks e.svg) -gt 0 ]"

"$tool" datasets sample moons --count 500 -o own.csv -q 2> err
"$tool" train own.csv -o own.safetensors --steps 100 --hidden 32x2 -q 2> err
run draw density own.safetensors --data own.csv -o d.svg --cells 20 --steps 8
# An ellipsis: at least three closed outlines in a strip at the foot of the line.
ellipses=$(glyphs d.svg | cut -f 3 | perl -ne 'my $m = () = /M/g; my @y = /[-0-9.]+ ([-0-9.]+)(?= [A-Z])/g;
  my ($a, $b) = (sort { $a <=> $b } @y)[0, -1]; $n++ if $m >= 3 && $b - $a < 5; END { print $n + 0 }')
want "no label of the density is cut ($ellipses are)" "[ $status -eq 0 ] && [ $ellipses -eq 0 ]"

run animate k.safetensors --theme dark-transparent -o a.gif --frames 3 --steps 4 --points 50
transparent=$(perl -0777 -ne 'my $n = 0; while (/\x21\xf9\x04(.)/gs) { $n += ord($1) & 1 } print $n' a.gif 2>/dev/null)
want "a transparent theme makes a transparent GIF, or is refused" "refused || [ ${transparent:-0} -gt 0 ]"

run draw bound mixture:ring8 -o one.svg --points 200
run draw errors mixture:ring8 -o two.svg --points 200
shared=$(perl -0777 -e 'my @d; for my $i (0, 1) { open my $f, "<", $ARGV[$i]; local $_ = <$f>;
    while (/id="([^"]+)"[^>]*>\s*<path[^>]* d="([^"]*)"/g) { $d[$i]{$1} = $2 } }
  print scalar grep { exists $d[1]{$_} && $d[1]{$_} ne $d[0]{$_} } keys %{$d[0]}' one.svg two.svg)
want "two figures in one page share no glyph names for different glyphs ($shared)" "[ $status -eq 0 ] && [ $shared -eq 0 ]"
