// swift-tools-version: 6.2
import PackageDescription

/// Numeric loops run some 300 times slower without optimisation; tests and exercises build in debug.
let optimised = SwiftSetting.unsafeFlags(["-O"], .when(configuration: .debug))

let language: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let strict = language + [.treatAllWarnings(as: .error)]

/// C sources, whose loops are as hot.
let optimisedC: [CSetting] = [
  .treatAllWarnings(as: .error), .unsafeFlags(["-O2"], .when(configuration: .debug)),
]

/// A library target; `numeric` ones are optimised in debug builds too.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], numeric: Bool = true
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: strict + (numeric ? [optimised] : []))
}

/// The tests of one target, which mirror its file names.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict + [optimised])
}

let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// The documentation's tool is fetched only where the documentation is made: `DIFFLAB_DOCS=1 swift package …`.
let documentation: [Package.Dependency] =
  Context.environment["DIFFLAB_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")]

let package = Package(
  name: "DiffusionLab",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "DiffusionLab", targets: ["DiffusionLab"]),
    .executable(name: "difflab", targets: ["difflab"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.0.0"),
  ] + documentation,
  targets: [
    .target(name: "CThreadTeam", cSettings: optimisedC),
    .target(name: "CTileKernels", cSettings: optimisedC),
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CPng", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    library("Parallelism", ["CThreadTeam"]),
    library("PointClouds"),
    library("DiffusionProcess", ["PointClouds", realModule]),
    library(
      "TinyNetwork", ["DiffusionProcess", "Parallelism", "PointClouds", "CTileKernels", realModule]),
    library("ReverseSampling", ["DiffusionProcess", "PointClouds", realModule]),
    library("Models", ["TinyNetwork", "ReverseSampling", "DiffusionProcess", "PointClouds", realModule]),
    library(
      "Evaluation",
      [
        "TinyNetwork", "ReverseSampling", "DiffusionProcess", "Parallelism", "PointClouds", realModule,
      ]),
    library("Plotting", ["PointClouds", realModule]),
    library(
      "Figures",
      [
        "Plotting", "Models", "TinyNetwork", "ReverseSampling", "DiffusionProcess", "PointClouds", realModule,
      ]),
    library("CairoRendering", ["Plotting", "Parallelism", "PointClouds", "CCairo", "CPng"]),
    library(
      "Experiments",
      [
        "Figures", "Plotting", "CairoRendering", "Evaluation", "Models", "TinyNetwork", "ReverseSampling",
        "DiffusionProcess", "Parallelism", "PointClouds", realModule,
      ]),
    library(
      "DiffusionLab",
      [
        "PointClouds", "DiffusionProcess", "TinyNetwork", "ReverseSampling", "Models", "Evaluation",
        "Plotting", "Figures", "CairoRendering", "Experiments", "Parallelism",
      ]),
    // A learner's half-written answer has warnings, and must compile all the same.
    .target(
      name: "Exercises", dependencies: ["DiffusionLab"],
      swiftSettings: language + [optimised]),
    .executableTarget(
      name: "difflab",
      dependencies: [
        "DiffusionLab", "Exercises",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["PointClouds", "DiffusionProcess", realModule],
      path: "Tests/TestSupport", exclude: ["Fixtures"], swiftSettings: strict),
    tests("Parallelism", ["Parallelism"]),
    tests("PointClouds", ["PointClouds"]),
    tests("DiffusionProcess", ["DiffusionProcess", "PointClouds"]),
    tests(
      "TinyNetwork",
      ["TinyNetwork", "CTileKernels", "DiffusionProcess", "Parallelism", "PointClouds", realModule]),
    tests("ReverseSampling", ["ReverseSampling", "DiffusionProcess", "PointClouds", realModule]),
    tests("Models", ["DiffusionLab"]),
    tests("Evaluation", ["Evaluation", "TinyNetwork", "DiffusionProcess", "Parallelism", "PointClouds"]),
    tests("Plotting", ["Plotting", "PointClouds"]),
    tests("Figures", ["Figures", "DiffusionLab"], exclude: ["Snapshots"]),
    tests("CairoRendering", ["CairoRendering", "DiffusionLab"]),
    tests("Experiments", ["DiffusionLab"]),
    tests("DiffusionLab", ["DiffusionLab"]),
    tests("Exercises", ["Exercises", "DiffusionLab"]),
    tests("difflab", ["difflab", "DiffusionLab"]),
  ],
  cLanguageStandard: .c11
)
