import ArgumentParser
import Testing

@testable import difflab

@Suite("Command lines of old")
struct OldCommandLinesTests {
  @Test("that the README, the articles and the help once printed still parse", arguments: Self.lines)
  func parses(_ line: String) throws {
    #expect(throws: Never.self) {
      try Difflab.parseAsRoot(line.split(separator: " ").map(String.init))
    }
  }

  /// All that was printed before the command line was rebuilt; somebody has each of them in a script.
  static let lines = """
    animate mixture:ring8 -o frames/ --frames 30
    animate moons.safetensors -o moons.gif
    animate walls.safetensors -o walls.gif
    bench
    bench --scaling
    bench --shape 128x3x256 --json --threads 2
    bound full.safetensors
    bound mixture:ring8 --steps 10
    bound ring8.safetensors
    bound ring8.safetensors --steps 10 --json
    combinations
    combinations -o combinations.md
    combinations ring8 --steps 6000 -o ring8.md
    compare mixture:ring8 --samplers all --recommended
    compare mixture:ring8 --samplers ddpm,ddpm-optimal,analytic-dpm,gms,gms-published,gms-full,ddim,dpm++2m --steps 5,10,20,50 --repetitions 8
    compare ring8.safetensors --samplers ddpm,ddim,edm --steps 5,10,20,50 -o compare.svg
    compare ring8.safetensors --steps 5,10,20,50,100 --count 2000 --repetitions 6 -o ring8-compare.svg
    datasets
    datasets list
    datasets remake --out Datasets
    datasets sample moons --count 500 --seed 3 -o moons.csv
    datasets sample swissroll --count 2000 --seed 1 -o swissroll.csv
    draw bound fixed.safetensors full.safetensors -o bound.svg --steps 10
    draw bound mixture:aniso3 -o bound.svg
    draw bound mixture:ring8 -o bound.svg --steps 10
    draw copies moons.safetensors -o copies.svg
    draw copies own.safetensors --data own.csv -o copies.svg
    draw dataset pinwheel -o pinwheel.svg
    draw density ring8.safetensors -o density.svg
    draw errors ring8.safetensors -o errors.svg
    draw field ring8.safetensors -o field.svg --time 0.3
    draw forward box -o forward.svg --reflected
    draw forward swissroll -o forward.svg --schedule linear
    draw loss moons.safetensors -o loss.svg
    draw parameterizations moons -o parameterizations.svg --steps 4000
    draw paths mixture:ring8 -o paths.svg --samplers ddpm,ddim,edm --steps 50
    draw reflected plain.safetensors box.safetensors -o walls.svg
    draw reflected plain.safetensors walls.safetensors -o walls.svg
    draw reverse moons.safetensors -o reverse.svg --sampler ddim --steps 50
    draw samplers mixture:ring8 -o samplers.svg --samplers ddpm,ddim,edm --steps 5,10,50
    draw samplers mixture:ring8 -o samplers.svg --steps 5,10,50
    draw schedule -o schedules.svg --schedule cosine --schedule linear
    draw trajectories mixture:ring8 -o trajectories.svg --sampler ddim
    draw trajectories moons.safetensors -o trajectories.svg
    evaluate c.safetensors --json
    evaluate moons.safetensors --levels 50 --json
    evaluate ring8.safetensors
    exercises check 1
    exercises list
    exercises show 1
    figures
    figures --out Figures
    lab own.csv
    lab points.csv --out my-lab --steps 3000 --seed 7
    lab swissroll
    likelihood mixture:ring8 --at points.csv -o logp.csv --process vp --steps 200
    likelihood ring8.safetensors
    likelihood ring8.safetensors --at samples.csv
    quality
    quality --ablation
    quality --batch 1024 --steps 3000
    quality --steps 4000
    quality ring8 moons --steps 3000 --predict eps
    quality swissroll pinwheel --files 5
    quality swissroll ring8 checkerboard --ablation --steps 3000 --clouds 16 -o ablation.svg
    quality swissroll ring8 checkerboard --ablation --steps 4000 -o ablation.svg
    reproduce
    reproduce kaist-chamfer --json
    sample box.safetensors -o samples.csv --sampler reflected-em --steps 100
    sample mixture:ring8 -o exact.csv --sampler gms --steps 10
    sample mixture:ring8 -o samples.csv
    sample moons.safetensors -o samples.csv --count 2000 --sampler ddim --steps 50
    sample ring8-gms.safetensors -o samples.csv --sampler gms --steps 10
    sample walls.safetensors -o samples.csv --count 5000 --sampler reflected-em --steps 100
    sample walls.safetensors -o samples.csv --sampler reflected-em --steps 100
    samplers
    score samples.csv --against box
    score samples.csv --against own.csv --all
    score samples.csv --against ring8 --all
    score samples.csv --against swissroll
    train aniso3 -o c.safetensors --predict v --loss simple --steps 4000 --batch 256 --hidden 96x3 --fourier 0 --timesteps 100
    train box --loss reflected -o walls.safetensors
    train box -o plain.safetensors
    train own.csv -o own.safetensors --columns lon,lat --skip-missing
    train ring8 --loss gms -o ring8-gms.safetensors
    train ring8 -o full.safetensors --predict eps --variance full --loss vlb --fourier 0 --timesteps 10 --steps 6000 --batch 256
    train ring8 -o full.safetensors --variance full --loss vlb --timesteps 10
    train ring8 -o ring8-gms.safetensors --loss gms --predict eps --fourier 0 --batch 256 --steps 20000
    train ring8 -o ring8.safetensors
    train swissroll -o quick.safetensors --seconds 5
    train swissroll -o swissroll.safetensors --resume swissroll.safetensors
    train swissroll -o swissroll.safetensors --steps 10000 --hidden 128x3
    """.split(separator: "\n").map(String.init)
}
