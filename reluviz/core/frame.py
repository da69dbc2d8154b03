"""Everything shown at one instant, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from reluviz.core.dataset import Split
from reluviz.core.history import LossCurve
from reluviz.core.network import Network


class Stop(Enum):
    """Why training came to rest by itself."""

    STEPS = "steps"
    EPOCHS = "epochs"
    LOSS = "loss"
    PLATEAU = "plateau"
    DIVERGED = "diverged"
    MEMORY = "memory"
    ERROR = "error"


@dataclass(frozen=True, eq=False)
class Frame:
    """One instant of training. `revision` says for which state of the document it was made.

    `loss` is J over all training samples, `validation_loss` that over the validation samples, None where there are
    none; `epoch` counts the samples seen by N; `steps_per_second` is the rate of late, 0 when at rest; `stop` says why
    training stopped by itself, if it did; `split` are the samples, None before there are any.
    """

    network: Network
    step: int = 0
    epoch: float = 0.0
    loss: float = float("nan")
    curve: LossCurve = field(default_factory=LossCurve)
    steps_per_second: float = 0.0
    running: bool = False
    stop: Stop | None = None
    revision: int = 0
    validation_loss: float | None = None
    split: Split | None = None
