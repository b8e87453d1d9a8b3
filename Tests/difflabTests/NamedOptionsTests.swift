import ArgumentParser
import DiffusionLab
import Testing

@testable import difflab

@Suite("Options that name an entry")
struct NamedOptionsTests {
  /// What the command line answers to a call that does not parse.
  private func refusal(_ line: String) -> String? {
    do {
      _ = try Difflab.parseAsRoot(line.split(separator: " ").map(String.init))
      return nil
    } catch {
      return Difflab.message(for: error)
    }
  }

  @Test(
    "refuse an unknown name with the option, the value, the nearest name and all known names",
    arguments: [
      ("train moons -o m.safetensors --loss simpl", "--loss", "simple", TrainingLoss.all.names),
      ("train moons -o m.safetensors --schedule cosin", "--schedule", "cosine", DiscreteSchedule.all.names),
      ("train moons -o m.safetensors --predict vv", "--predict", "v", Prediction.all.names),
      ("train moons -o m.safetensors --recipe dpm", "--recipe", "ddpm", NamedRecipe.all.names),
      (
        "train moons -o m.safetensors --variance ful", "--variance", "full",
        ReverseVariance.trainable.map(\.rawValue)
      ),
      ("sample mixture:ring8 -o s.csv --sampler ddimm", "--sampler", "ddim", Samplers.all.names),
      ("sample mixture:ring8 -o s.csv --grid karas", "--grid", "karras", GridFamily.all.names),
      ("bound mixture:ring8 --variance analytics", "--variance", "analytic", VarianceChoice.all.names),
      ("likelihood mixture:ring8 --process vpp", "--process", "vp", Processes.all.names),
      ("compare mixture:ring8 --samplers ddim,ddmp", "--samplers", "ddpm", Samplers.all.names),
      ("draw dataset moons -o m.svg --theme ligth", "--theme", "light", Theme.all.names),
      ("draw schedule -o s.svg --schedule linaer", "--schedule", "linear", DiscreteSchedule.all.names),
      ("reproduce kaist-chamfr", "<names>", "kaist-chamfer", Reproductions.all.names),
    ])
  func unknownName(_ line: String, _ option: String, _ nearest: String, _ known: [String]) throws {
    let text = try #require(refusal(line), "\(line) parses")
    let value = try #require(line.split(separator: " ").last)
    #expect(text.contains("'\(value)'") && text.contains(option), "\(text)")
    #expect(text.contains("Did you mean \(nearest)?"), "\(text)")
    #expect(text.contains("Known are \(known.joined(separator: ", "))."), "\(text)")
  }

  @Test(
    "refuse a text of another form with what to give instead",
    arguments: [
      ("train moons -o m.safetensors --hidden wide", "128x3"), ("combinations --hidden 3", "128x3"),
      ("train moons -o m.safetensors --columns x", "lon,lat"), ("bench --shape 1x1", "128x3x256"),
      ("compare mixture:ring8 --steps 5,ten", "5,10,20"), ("compare mixture:ring8 --samplers ,", "ddpm,ddim"),
      ("draw samplers mixture:ring8 -o s.svg --steps 0", "5,10,20"), ("exercises check 99", "Known are 1, 2"),
    ])
  func otherForm(_ line: String, _ remedy: String) throws {
    let text = try #require(refusal(line), "\(line) parses")
    #expect(text.contains(remedy), "\(text)")
  }
}
