"""Everything that a document file says, as values of the core."""

from __future__ import annotations

from dataclasses import dataclass, field

from reluviz.core.axis_names import AxisNames
from reluviz.core.data_target import DataTarget
from reluviz.core.dataset import Sampling
from reluviz.core.film_recipe import FilmRecipe
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.parameter import Locks
from reluviz.core.picture import Picture
from reluviz.core.recording import Recording
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import Target
from reluviz.core.timeline import Timeline


@dataclass(frozen=True, eq=False)
class OpenedDocument:
    """One document, opened.

    `source` names the publication it reproduces, `look_at` says in a sentence what to look at. `network` and `step` are
    the present state of a run that was saved; None and 0 mean that it stands at its start. `speed` is the wanted rate
    in steps per second, None as fast as it goes; `picture` says what is drawn, `film` how it was last
    filmed, None for never. `timeline` are the recorded runs, `kept` is a moment, or a run, to compare with.
    """

    title: str
    target: Target
    sampling: Sampling = field(default_factory=Sampling)
    start: Start = field(default_factory=Start)
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    locks: Locks = field(default_factory=Locks)
    network: Network | None = None
    step: int = 0
    speed: float | None = None
    source: str = ""
    look_at: str = ""
    picture: Picture = field(default_factory=Picture)
    timeline: Timeline = field(default_factory=Timeline)
    axes: AxisNames = field(default_factory=AxisNames)
    film: FilmRecipe | None = None
    kept: Kept | Recording | None = None

    def prepare(self) -> OpenedDocument:
        """This document, with what a window is about to ask of very many data found out; in whatever thread this is."""
        if isinstance(self.target, DataTarget):
            self.target.prepare()
        return self
