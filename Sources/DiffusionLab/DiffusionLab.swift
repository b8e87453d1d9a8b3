/// The whole lab in one import: clouds, processes, networks, samplers, models, scores, figures and experiments.
@_exported import CairoRendering
@_exported import DiffusionProcess
@_exported import Evaluation
@_exported import Experiments
@_exported import Figures
@_exported import Models
@_exported import Parallelism
@_exported import Plotting
@_exported import PointClouds
@_exported import ReverseSampling
@_exported import TinyNetwork
