import DiffusionLab
import Foundation
import Testing

@Suite("Reflected diffusion on the command line", .serialized)
struct ReflectedCommandsTests {
  @Test("A model between walls trains, samples inside, and is drawn; what needs Gaussian noise refuses it")
  func reflected() throws {
    let folder = try TemporaryFolder()
    let (plain, walled) = (folder.file("plain.safetensors"), folder.file("box.safetensors"))
    for arguments in [
      ["train", "box", "-o", plain, "--steps", "20", "--hidden", "16x1", "--timesteps", "20", "-q"],
      ["train", "box", "-o", walled, "--loss", "reflected", "--steps", "20", "--hidden", "16x1", "-q"],
      ["sample", walled, "-o", folder.file("s.csv"), "--count", "200", "--steps", "10"],
      [
        "sample", walled, "-o", folder.file("o.npy"), "--count", "20", "--steps", "5", "--sampler",
        "reflected-ode", "--trajectory", folder.file("t.npy"),
      ],
      ["draw", "reverse", walled, "-o", folder.file("r.svg"), "--count", "50", "--steps", "10"],
      ["draw", "trajectories", walled, "-o", folder.file("p.svg"), "--steps", "10"],
      ["draw", "field", walled, "-o", folder.file("f.svg"), "--time", "0.4"],
      ["draw", "field", "mixture:box", "-o", folder.file("g.svg"), "--time", "0.4"],
      ["draw", "forward", "box", "-o", folder.file("v.svg"), "--count", "50", "--reflected"],
      ["draw", "forward", "moons", "-o", folder.file("m.svg"), "--count", "50", "--reflected"],
      ["draw", "loss", walled, "-o", folder.file("l.svg")],
      [
        "draw", "reflected", plain, walled, "-o", folder.file("w.svg"), "--count", "100", "--steps", "10",
      ],
      ["animate", walled, "-o", folder.file("frames/"), "--frames", "2", "--points", "20", "--steps", "5"],
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    let samples = try CSVFile.read(folder.file("s.csv"))
    #expect(samples.count == 200)
    #expect(DataBox(lower: SIMD2(-1, -1), upper: SIMD2(1, 1)).shareOutside(samples) == 0)

    for (arguments, reason) in [
      (["sample", walled, "-o", "x.csv", "--sampler", "ddpm"], "reflected-em or reflected-ode"),
      (["sample", walled, "-o", "x.csv", "--variance", "posterior"], "takes no variance"),
      (["sample", plain, "-o", "x.csv", "--sampler", "reflected-em"], "--loss reflected"),
      (["sample", walled, "-o", "x.csv", "--grid", "karras"], "no other grid"),
      (["draw", "forward", "box", "-o", "x.svg", "--reflected", "--schedule", "ve"], "process of its own"),
      (["compare", walled], "mirrored"), (["bound", walled], "mirrored"), (["evaluate", walled], "mirrored"),
      (["draw", "reflected", walled, plain, "-o", "x.svg"], "the first model is the plain one"),
      (["draw", "reflected", plain, plain, "-o", "x.svg"], "--loss reflected"),
      (["train", "box", "-o", walled, "--loss", "reflected", "--predict", "eps"], "score"),
      (["train", "box", "-o", walled, "--loss", "reflected", "--timesteps", "9"], "process of its own"),
      (["likelihood", walled], "mirrored"),
      (["train", "box", "-o", walled, "--loss", "reflected", "--schedule", "ve"], "process of its own"),
      (["train", "box", "-o", walled, "--loss", "reflected", "--variance", "posterior"], "variance"),
      (["lab", "box", "--loss", "reflected"], "take train, sample, draw and animate"),
      (["draw", "density", walled, "-o", "x.svg"], "sample, animate and draw"),
      (["figures", "--loss", "reflected"], "between walls"),
      (["quality", "box", "--loss", "reflected"], "between walls"),
    ] {
      let outcome = try CommandLineTool.run(arguments, in: folder.path)
      #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(reason), "\(outcome.errors)")
    }
    #expect(!folder.names.contains { $0.hasPrefix("x.") })
    #expect(try CommandLineTool.run(["samplers"]).output.contains("reflected-em"))
  }
}
