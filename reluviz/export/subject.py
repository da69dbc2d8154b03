"""What stays the same over all pictures of one document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, Self

from reluviz.core.arrays import FloatArray
from reluviz.core.axis_names import AxisNames
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling, Split
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.picture import Picture
from reluviz.core.point_cloud import PointCloud
from reluviz.core.recording import Recording
from reluviz.core.sample_marks import is_worth_marking
from reluviz.core.settings import TrainingSettings
from reluviz.core.target import Target
from reluviz.core.training_text import LOSS_TITLES
from reluviz.plot.fit import ViewRange, fitted_heights, with_room


class Pictured(Protocol):
    """What is asked of a document to make pictures of it."""

    @property
    def target(self) -> Target: ...

    @property
    def sampling(self) -> Sampling: ...

    @property
    def settings(self) -> TrainingSettings: ...

    @property
    def axes(self) -> AxisNames: ...


@dataclass(frozen=True, eq=False)
class Subject:
    """The target and what is drawn of the networks that approximate it.

    `samples` are those to mark, None for none, and `on_line` says how many there are that the target's line stands for;
    `loss` names what J is, as "½ MSE"; `kept` is a moment, or a run, to compare with.
    """

    target: Target
    picture: Picture = field(default_factory=Picture)
    title: str = ""
    samples: Split | None = None
    loss: str = "½ MSE"
    names: AxisNames = field(default_factory=AxisNames)
    on_line: int = 0
    kept: Kept | Recording | None = None

    @classmethod
    def of(
        cls,
        pictured: Pictured,
        picture: Picture,
        title: str,
        split: Split | None,
        kept: Kept | Recording | None = None,
    ) -> Self:
        """What a document shows, its samples where they are known, in `split`, and worth marking."""
        marked = split is not None and is_worth_marking(split, pictured.sampling, pictured.target)
        loss = LOSS_TITLES[pictured.settings.loss]
        on_line = 0 if split is None or marked else split.samples
        return cls(pictured.target, picture, title, split if marked else None, loss, pictured.axes, on_line, kept)

    @property
    def domain(self) -> tuple[float, float]:
        return self.target.low, self.target.high

    @cached_property
    def polyline(self) -> FloatArray:
        """The target's, shape (m, 2); of very many data so many points that they show where all are."""
        return self.target.polyline() if self.cloud is None else self.cloud.outline()

    @property
    def cloud(self) -> PointCloud | None:
        """The target's data, if it has such."""
        return self.target.cloud if isinstance(self.target, DataTarget) else None

    def fitted_view(self, networks: Iterable[Network], picture: Picture | None = None) -> ViewRange:
        """The view that shows the target and all of these networks, at least one, as `picture` draws them."""
        spans = [fitted_heights(self.polyline, network, *self.domain, picture or self.picture) for network in networks]
        bottoms, tops = zip(*spans, strict=True)
        return with_room(self.domain, (min(bottoms), max(tops)))
