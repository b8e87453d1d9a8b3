import ArgumentParser

/// The command line of the lab; every subcommand has a file of its own.
@main
struct Difflab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "difflab", abstract: "A laboratory of diffusion models in the plane.")
}
