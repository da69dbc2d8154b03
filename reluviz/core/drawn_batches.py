"""The mini-batches of the steps that are about to be made, drawn ahead for all of them."""

from __future__ import annotations

import numpy as np

from reluviz.core.operands import Batches
from reluviz.core.sampler import Sampler
from reluviz.core.settings import TrainingSettings


class DrawnBatches:
    """Those of one run. What was drawn comes again until it is said to be `used`: a run that was broken off and goes on
    sees the same samples as one that was not.

    `random` is the run's generator, see `Sampler`.
    """

    def __init__(self, samples: int, settings: TrainingSettings, random: np.random.RandomState) -> None:
        self._random = random
        self._unused: Batches | None = None
        self._handed_out = 0
        self.renew(samples, settings)

    def renew(self, samples: int, settings: TrainingSettings) -> None:
        """Draw from so many other samples."""
        self._samples = samples
        self._sampler = Sampler(samples, settings, self._random)
        self._unused = None

    def follow(self, settings: TrainingSettings) -> None:
        """Draw as `settings` say; the samples' order stays where these leave it."""
        self._unused = None
        if self._sampler.continues(settings):
            self._sampler.settings = settings
        else:
            self._sampler = Sampler(self._samples, settings, self._random)

    def skip(self, steps: int) -> None:
        """Go to where an epoch stands after so many steps."""
        self._unused = None
        self._sampler.skip(steps)

    @property
    def waiting(self) -> int:
        """For how many steps there are batches that were drawn and not used."""
        return 0 if self._unused is None else len(self._unused.begins)

    def next(self, size: int, steps: int) -> Batches:
        """Batches of `size` samples for the next `steps` steps, at most as many as are waiting where some are."""
        if self._unused is None:
            self._unused = self._sampler.batches(size, steps)
        self._handed_out = steps
        return _part(self._unused, slice(steps))

    def used(self) -> None:
        """The steps on those of `next` are made: others come then."""
        if self._unused is not None:
            rest = _part(self._unused, slice(self._handed_out, None))
            self._unused = rest if len(rest.begins) else None


def _part(batches: Batches, steps: slice) -> Batches:
    return batches._replace(begins=batches.begins[steps], ends=batches.ends[steps])
