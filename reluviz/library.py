"""What `import reluviz` offers: the names of the library, each in the module that defines it."""

from reluviz.core.activation import ACTIVATIONS, IDENTITY, RELU, Activation, leaky_relu
from reluviz.core.construct import construct
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.formula import FormulaError
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.loss import LOSSES, half_mse
from reluviz.core.network import Network
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.schedule import SCHEDULES, Schedule
from reluviz.core.settings import Plateau, TrainingSettings
from reluviz.core.start import Start
from reluviz.core.stopping import Stopping
from reluviz.core.target import FUNCTIONS, FunctionTarget, PointsTarget, Target
from reluviz.core.trainer import Trainer

__all__ = [
    "ACTIVATIONS",
    "FUNCTIONS",
    "IDENTITY",
    "LOSSES",
    "OPTIMIZERS",
    "OUTPUT_BIAS",
    "RELU",
    "SCHEDULES",
    "Activation",
    "DataTarget",
    "Dataset",
    "FormulaError",
    "FormulaTarget",
    "FunctionTarget",
    "Kind",
    "Locks",
    "Network",
    "Optimizer",
    "Parameter",
    "Plateau",
    "PointsTarget",
    "Sampling",
    "Schedule",
    "Start",
    "Stopping",
    "Target",
    "Trainer",
    "TrainingSettings",
    "construct",
    "half_mse",
    "leaky_relu",
]
