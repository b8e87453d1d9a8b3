import Testing

@Suite("What is done with a model on the command line", .serialized)
struct ModelCommandsTests {
  @Test("The exact oracle is evaluated, bounded and drawn like any model")
  func exactModel() throws {
    let folder = try TemporaryFolder()
    for arguments in [
      ["evaluate", "mixture:aniso3", "--levels", "4", "--points", "50"],
      ["bound", "mixture:aniso3", "--steps", "4", "--points", "50", "--json"],
      ["draw", "bound", "mixture:aniso3", "-o", folder.file("b.svg"), "--steps", "4"],
      [
        "draw", "bound", "mixture:aniso3", "-o", folder.file("b.svg"), "--steps", "4", "--variance",
        "moments",
      ],
      ["draw", "errors", "mixture:aniso3", "-o", folder.file("e.svg"), "--levels", "4", "--points", "50"],
      ["draw", "field", "mixture:aniso3", "-o", folder.file("f.svg")],
      ["draw", "density", "mixture:aniso3", "-o", folder.file("d.svg"), "--cells", "20", "--steps", "10"],
      ["likelihood", "mixture:aniso3", "--points", "5", "--process", "vp", "-o", folder.file("l.csv")],
      ["likelihood", "mixture:aniso3", "--at", folder.file("l.csv"), "--json"],
      ["draw", "schedule", "-o", folder.file("s.svg"), "--schedule", "ve", "--schedule", "flow"],
      ["sample", "mixture:aniso3", "-o", folder.file("s.csv"), "--sampler", "dpm++2m", "--steps", "10"],
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    #expect(folder.names == ["b.svg", "d.svg", "e.svg", "f.svg", "l.csv", "s.csv", "s.svg"])
  }

  @Test("A variance of the reverse steps has one name wherever it is asked for")
  func variances() throws {
    let folder = try TemporaryFolder()
    for variance in ["transition", "posterior", "moments", "analytic", "optimal-isotropic", "optimal"] {
      let bound = try CommandLineTool.run([
        "bound", "mixture:aniso3", "--steps", "4", "--points", "50", "--variance", variance,
      ])
      #expect(bound.output.contains("variance \(variance), 50 held-out points"), "\(bound.errors)")
      let samples = try CommandLineTool.run([
        "sample", "mixture:aniso3", "-o", folder.file("s.csv"), "--count", "5", "--steps", "4", "--variance",
        variance,
      ])
      #expect(samples.status == 0, "\(samples.errors)")
    }
    let refused = try CommandLineTool.run(["bound", "mixture:aniso3", "--variance", "diagonal"])
    #expect(refused.errors.contains("trained for it; take transition, posterior,"), "\(refused.errors)")
  }

  @Test("A trajectory file holds every step, and ends at the samples")
  func trajectoryFile() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run([
      "sample", "mixture:aniso3", "-o", folder.file("s.npy"), "--count", "7", "--steps", "5", "--trajectory",
      folder.file("t.npy"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let chain = try folder.bytes("t.npy")
    let samples = try folder.bytes("s.npy")
    #expect(String(decoding: chain.prefix(128), as: UTF8.self).contains("(6, 7, 2)"))
    #expect(chain.suffix(7 * 2 * 8) == samples.suffix(7 * 2 * 8))
  }

  @Test("Samplers are compared on a model, as a table, as JSON and as figures")
  func compare() throws {
    let folder = try TemporaryFolder()
    let small = ["mixture:ring8", "--samplers", "ddpm,ddim"]
    for arguments in [
      ["compare"] + small + [
        "--steps", "2,3,4", "--count", "50", "--repetitions", "1", "-o", folder.file("c.svg"),
      ],
      ["compare"] + small + ["--steps", "3", "--count", "50", "--json", "--grid", "karras"],
      ["compare", "mixture:ring8", "--samplers", "edm", "--recommended", "--count", "50"],
      ["draw", "samplers"] + small + ["--steps", "2,4", "--count", "50", "-o", folder.file("s.svg")],
      ["draw", "paths"] + small + ["--steps", "4", "--paths", "3", "-o", folder.file("p.svg")],
      ["sample", "mixture:ring8", "-o", folder.file("e.csv"), "--sampler", "em", "--steps", "5"],
      ["sample", "mixture:ring8", "-o", folder.file("f.csv"), "--sampler", "ode-rk4", "--grid", "flow"],
      ["samplers"],
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    #expect(folder.names == ["c.svg", "e.csv", "f.csv", "p.svg", "s.svg"])
    for (arguments, reason) in [
      (["compare"] + small + ["--steps", "5,x"], "5,x"),
      (["compare", "mixture:ring8", "--samplers", "ddmp"], "ddpm"),
      (["compare"] + small + ["--recommended", "--steps", "5"], "leave --steps out"),
      (
        ["compare", "mixture:ring8", "--samplers", "em", "--grid", "karras", "--count", "9"],
        "continuous time"
      ),
      (["sample", "mixture:ring8", "-o", folder.file("x.csv"), "--steps", "2000"], "T = 1000"),
      (["sample", "mixture:ring8", "-o", folder.file("x.csv"), "--grid", "karas"], "karras"),
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 64 && outcome.errors.contains(reason), "\(arguments): \(outcome.errors)")
    }
  }
}
