"""Getting the kernels compiled ahead of their first use."""

from __future__ import annotations

import numpy as np

from reluviz.core.activation import RELU, TANH
from reluviz.core.dataset import Dataset
from reluviz.core.loss import HALF_MSE
from reluviz.core.network import Network
from reluviz.core.operands import Parameters
from reluviz.core.settings import TrainingSettings
from reluviz.core.stepper import FORGETFUL, Stepper, rule_of
from reluviz.core.trainer import Trainer


def compile_kernels() -> None:
    """Compile all kernels, or load them from the cache of this machine: some seconds the first time, else a moment.

    In the order in which they are likely to be asked for.
    """
    from reluviz.core import kernels  # noqa: PLC0415  # takes a second

    one = np.ones(1)
    dataset = Dataset(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    for activation, batch_size in ((RELU, None), (RELU, 1), (TANH, None)):
        trainer = Trainer(Network(one, one, one, 0.0, activation), dataset, TrainingSettings(batch_size=batch_size))
        trainer.run(1)
        trainer.loss()
    many = np.linspace(0.0, 1.0, 20_000)
    Stepper(Network(one, one, one), Dataset(many, many)).loss(HALF_MSE)
    Stepper(Network(one, one, one), dataset).summed_loss(HALF_MSE, least=1)
    kernels.update_once(rule_of(TrainingSettings()), 1.0, Parameters(one, np.ones(1, dtype=np.bool_), one), FORGETFUL)
