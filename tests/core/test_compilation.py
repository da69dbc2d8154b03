"""The kernels are compiled ahead, for all the ways a run can call them."""

from __future__ import annotations

from reluviz.core import kernels
from reluviz.core.activation import IDENTITY
from reluviz.core.compilation import compile_kernels
from reluviz.core.dataset import Sampling
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
    for start in (Start(), Start(activation=IDENTITY)):
        for settings in (
            TrainingSettings(),
            TrainingSettings(batch_size=10),
            TrainingSettings(batch_size=10, shuffle=True),
        ):
            network, random = start.begin(-3.0, 3.0)
            trainer = Trainer(network, Sampling(100).of(target), settings, random)
            trainer.run(3)
            trainer.loss()
    assert compiled() == before
