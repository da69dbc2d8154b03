"""Whether samples are worth marking on a picture."""

from __future__ import annotations

from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling, Split
from reluviz.core.target import Target

# So few can be told apart; more, without noise, would only thicken the target's line.
FEW_SAMPLES = 60


def is_worth_marking(split: Split, sampling: Sampling, target: Target) -> bool:
    """Whether there is more to see in the samples than in the target itself."""
    if split.validation is not None or sampling.noise > 0.0:
        return True
    # Data are drawn as points already.
    return len(split.training) <= FEW_SAMPLES and not isinstance(target, DataTarget)
