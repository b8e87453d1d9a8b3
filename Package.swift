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

/// A library target; `numeric` ones are optimised in debug builds too.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], numeric: Bool = true
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: strict + (numeric ? [optimised] : []))
}

/// The tests of one target, which mirror its file names.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"],
    swiftSettings: strict + [optimised])
}

let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

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
  ],
  targets: [
    library("PointClouds"),
    library("DiffusionProcess", ["PointClouds", realModule]),
    .target(
      name: "CTileKernels",
      cSettings: [
        .treatAllWarnings(as: .error), .unsafeFlags(["-O2"], .when(configuration: .debug)),
      ]),
    library("TinyNetwork", ["DiffusionProcess", "PointClouds", "CTileKernels", realModule]),
    library("ReverseSampling", ["DiffusionProcess", "PointClouds", realModule]),
    library(
      "Evaluation",
      ["ReverseSampling", "TinyNetwork", "DiffusionProcess", "PointClouds", realModule]),
    library(
      "FigureDrawing",
      ["ReverseSampling", "Evaluation", "DiffusionProcess", "PointClouds", realModule]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CPng", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    library("CairoRendering", ["FigureDrawing", "PointClouds", "CCairo", "CPng"]),
    library(
      "DiffusionLab",
      [
        "PointClouds", "DiffusionProcess", "TinyNetwork", "ReverseSampling", "Evaluation",
        "FigureDrawing", "CairoRendering",
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
      name: "TestSupport", dependencies: ["PointClouds", "DiffusionProcess"],
      path: "Tests/TestSupport", exclude: ["Fixtures"], swiftSettings: strict),
    tests("PointClouds", ["PointClouds"]),
    tests("DiffusionProcess", ["DiffusionProcess", "PointClouds"]),
    tests("TinyNetwork", ["TinyNetwork", "CTileKernels", "DiffusionProcess", "PointClouds", realModule]),
    tests("ReverseSampling", ["ReverseSampling", "DiffusionProcess", "PointClouds", realModule]),
    tests("Evaluation", ["Evaluation", "TinyNetwork", "DiffusionProcess", "PointClouds"]),
    tests("FigureDrawing", ["FigureDrawing", "DiffusionLab"]),
    tests("CairoRendering", ["CairoRendering", "DiffusionLab"]),
    tests("DiffusionLab", ["DiffusionLab"]),
    tests("Exercises", ["Exercises", "DiffusionLab"]),
    tests("difflab", ["difflab", "DiffusionLab"]),
  ],
  cLanguageStandard: .c11
)
