import ArgumentParser
import DiffusionLab

struct DrawSamplers: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "samplers",
    abstract: "Draws what samplers make of the same noise in few and in many steps.",
    discussion: """
      Under each title stand the steps and the sliced W2 distance from true points as a multiple of the noise floor, \
      which is that of difflab compare with as many points.

      Example: difflab draw samplers mixture:ring8 -o samplers.svg --samplers ddpm,ddim,edm --steps 5,10,50
      """)

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var list: SamplerListOptions

  @Option(
    help: "Numbers of steps, with commas: one column each. (default: 5,10,20,50)", transform: StepList.init)
  var steps = StepList([5, 10, 20, 50])

  @Option(help: "Samples in each panel.")
  var count = 2000

  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(count, "--count", in: 2...20_000)
    guard steps.values.count <= 6 else {
      throw ValidationError("--steps: \(steps.values.count) columns; at most 6 fit on a page.")
    }
  }

  func run() throws {
    let model = try subject.reference.load(global)
    let source = try subject.measuredSource(of: model, global.console)
    let truth = try TrueClouds(
      of: source, in: model.scene.units, count: count, seed: global.seed)
    truth.remark.map(global.console.note)
    var panels: [CloudPanel] = []
    for kind in try list.kinds(for: model) {
      for steps in steps.values {
        let request = SamplingRequest(sampler: kind, grid: list.grid, steps: steps)
        let samples = try usage { try model.plan(request) }.samples(count: count, seed: global.seed)
        let ratio = truth.ratio(of: samples)
        panels.append(CloudPanel(kind.name, note: "\(steps) steps, \(ratio.fixed(2)) × floor", samples))
      }
    }
    let drawn = ComparisonFigure(
      panels, title: "\(model.name): samplers from the same noise",
      limits: Limits(of: try source.sample(count: count, seed: global.seed)),
      columns: steps.values.count)
    try write(drawn)
  }
}
