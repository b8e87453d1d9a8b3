/// The whole lab in one import: clouds, processes, networks, samplers, scores and figures.
@_exported import CairoRendering
@_exported import DiffusionProcess
@_exported import Evaluation
@_exported import FigureDrawing
@_exported import PointClouds
@_exported import ReverseSampling
@_exported import TinyNetwork
