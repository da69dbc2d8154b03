"""The kernels are compiled ahead, for all the ways a run can call them."""

from __future__ import annotations

from reluviz.core import kernels
from reluviz.core.activation import ACTIVATIONS
from reluviz.core.compilation import compile_kernels
from reluviz.core.dataset import Sampling
from reluviz.core.loss import LOSSES
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.schedule import SCHEDULES, Schedule
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer


def compiled() -> dict[str, int]:
    dispatchers = [getattr(kernels, name) for name in kernels.__all__]
    return {kernel.__name__: len(kernel.signatures) for kernel in dispatchers}


def test_no_run_compiles_anew():
    compile_kernels()
    before = compiled()
    target = FunctionTarget("sine")
    data = Sampling(100, validation=0.1).split(target)
    ways = [TrainingSettings(loss=loss) for loss in LOSSES]
    ways += [TrainingSettings(batch_size=10, shuffle=shuffle) for shuffle in (False, True)]
    ways += [TrainingSettings(batch_size=10, batching="epochs", shuffle=shuffle) for shuffle in (False, True)]
    ways += [TrainingSettings(optimizer=Optimizer(name, weight_decay=0.1)) for name in OPTIMIZERS]
    ways += [TrainingSettings(schedule=Schedule(name)) for name in SCHEDULES]
    for activation in ACTIVATIONS.values():
        for settings in ways:
            network, random = Start(activation=activation).begin(-3.0, 3.0)
            trainer = Trainer(network, data.training, settings, random, validation=data.validation)
            trainer.run(3)
            trainer.loss()
            trainer.validation_loss()
            trainer.gradient()
    assert compiled() == before
