"""One-hidden-layer networks in one variable, neuron by neuron.

This is the library for notebooks and scripts: no Qt, no files, no threads. Numba is imported and the kernels compiled
(once per machine) when a Trainer first runs.
"""

from reluviz.core.activation import ACTIVATIONS, IDENTITY, RELU, Activation
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.formula import FormulaError
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.loss import half_mse
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FUNCTIONS, FunctionTarget, PointsTarget, Target
from reluviz.core.trainer import Trainer

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "FUNCTIONS",
    "IDENTITY",
    "OUTPUT_BIAS",
    "RELU",
    "Activation",
    "DataTarget",
    "Dataset",
    "FormulaError",
    "FormulaTarget",
    "FunctionTarget",
    "Kind",
    "Locks",
    "Network",
    "Parameter",
    "PointsTarget",
    "Sampling",
    "Start",
    "Target",
    "Trainer",
    "TrainingSettings",
    "half_mse",
]
