import ArgumentParser
import DiffusionLab
import Exercises

/// Which exercise.
struct ExerciseChoice: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The number of the exercise.", valueName: "number"),
    completion: .list(Exercise.all.names), transform: Exercise.all.find)
  var exercise: Exercise
}
