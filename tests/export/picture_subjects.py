"""Networks and targets to make pictures of."""

from __future__ import annotations

import numpy as np

from reluviz.core.frame import Frame
from reluviz.core.history import LossCurve
from reluviz.core.network import Network
from reluviz.core.target import FunctionTarget
from reluviz.export.subject import Subject


def hat_network() -> Network:
    """Two rays, with kinks at −1 and 1, and an output bias."""
    return Network(np.array([1.0, 1.0]), np.array([1.0, -1.0]), np.array([2.0, -3.0]), 1.0)


def subject(**changes: object) -> Subject:
    return Subject(FunctionTarget("sine"), title="A sine & its rays", **changes)  # type: ignore[arg-type]


def falling_curve(points: int = 50) -> LossCurve:
    steps = np.arange(points) * 10.0
    return LossCurve(steps, 10.0 ** (-steps / 100.0))


def frame(network: Network | None = None, step: int = 490) -> Frame:
    curve = falling_curve()
    shown = curve.steps <= step
    return Frame(
        hat_network() if network is None else network,
        step,
        loss=0.01234,
        curve=LossCurve(curve.steps[shown], curve.losses[shown]),
    )


def many_rays(neurons: int = 400) -> Network:
    random = np.random.default_rng(3)
    return Network(*(random.normal(size=neurons) for _ in range(3)), 0.5)
