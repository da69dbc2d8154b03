"""The whole of what is open, as one frozen value: what undo goes back to."""

from __future__ import annotations

from dataclasses import dataclass, field

from reluviz.core.axis_names import AxisNames
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.parameter import Locks
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget, Target
from reluviz.document.opened import OpenedDocument


@dataclass(frozen=True, eq=False)
class State:
    """Target, samples, the start of the run, the network at `step`, how it is trained, and what the axes are called."""

    network: Network
    target: Target = field(default_factory=lambda: FunctionTarget("sine"))
    sampling: Sampling = field(default_factory=Sampling)
    start: Start = field(default_factory=Start)
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    locks: Locks = field(default_factory=Locks)
    step: int = 0
    axes: AxisNames = field(default_factory=AxisNames)


def opened_state(document: OpenedDocument) -> State:
    """The state that a document file describes: where it was saved, or its start."""
    low, high = document.target.low, document.target.high
    network = document.network or document.start.begin(low, high)[0]
    return State(
        network,
        document.target,
        document.sampling,
        # Documents were written that had gone back to a run of another activation or size than their start's.
        document.start.fitting(network, low, high),
        document.settings,
        document.locks,
        document.step if document.network is not None else 0,
        document.axes,
    )
