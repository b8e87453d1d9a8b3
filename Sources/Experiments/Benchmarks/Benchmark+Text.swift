import PointClouds

extension Benchmark {
  /// The figures as tables.
  package var text: String {
    var parts = [
      "\(processors) \(processors == 1 ? "processor" : "processors"), \(instructionSet) kernels; medians. At best, multiply–adds in registers: "
        + peak.map { "\($0.rate.fixed(0)) GFLOP/s on \(Self.threads($0.threads))" }.joined(separator: ", ")
        + ".",
      trainingTable.text,
    ]
    if !sampling.isEmpty { parts.append(otherTable.text) }
    return parts.joined(separator: "\n\n")
  }

  /// The training steps.
  package var trainingTable: TextTable {
    TextTable(
      [
        "training", "threads", "steps/s, batch made beforehand", "steps/s, batch drawn", "GFLOP/s",
        "of the peak",
      ],
      training.map { row in
        [
          row.shape.title, "\(row.threads)", row.readySteps.fixed(0), row.steps.fixed(0),
          row.gigaflops.fixed(1), (100 * row.share).fixed(0) + " %",
        ]
      })
  }

  private var otherTable: TextTable {
    TextTable(
      ["threads", "samples · steps a second", "20,000 samples by 50 steps", "frames a second"],
      zip(sampling, frames).map {
        ["\($0.threads)", $0.rate.fixed(0), (1e6 / $0.rate).fixed(2) + " s", $1.rate.fixed(1)]
      })
  }

  private static func threads(_ count: Int) -> String { count == 1 ? "1 thread" : "\(count) threads" }
}
