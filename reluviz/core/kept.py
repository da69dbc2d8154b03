"""A moment that is kept to compare with, drawn as a ghost under what is on show."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.arrays import frozen
from reluviz.core.history import LossCurve
from reluviz.core.notation import count_text, value_text
from reluviz.core.recording import Moment, Recording

KEPT_SHORT = "kept"


@dataclass(frozen=True, eq=False)
class Kept:
    """`name` says what it is where it is no moment of the document's own training, as "straight line"."""

    moment: Moment
    name: str = ""

    @property
    def text(self) -> str:
        """What it is and how well it fits, for a legend."""
        if not self.name:
            return f"kept: step {count_text(self.moment.step)}, J = {value_text(self.moment.loss)}"
        return f"{self.what} = {value_text(self.loss)}"

    @property
    def loss(self) -> float:
        """What to compare it by: what has a name of its own by what counts, the validation loss, where there is one."""
        validation = self.moment.validation_loss
        return self.moment.loss if validation is None or not self.name else validation

    @property
    def what(self) -> str:
        """What `loss` is."""
        is_held_out = bool(self.name) and self.moment.validation_loss is not None
        return f"{self.short}: validation J" if is_held_out else f"{self.short}: J"

    @property
    def short(self) -> str:
        """The same in a word or two."""
        return self.name or KEPT_SHORT


def kept_at(kept: Kept | Recording, step: int) -> Kept:
    """What there is to compare with at a step: of a run, its moment nearest to it."""
    return Kept(kept[kept.nearest(step)]) if isinstance(kept, Recording) else kept


def kept_short(kept: Kept | Recording) -> str:
    """What it is, in a word or two."""
    return KEPT_SHORT if isinstance(kept, Recording) else kept.short


def kept_losses(kept: Kept | Recording) -> LossCurve:
    """The losses to compare with: of a moment, that one."""
    return kept.curve() if isinstance(kept, Recording) else LossCurve(frozen([kept.moment.step]), frozen([kept.loss]))
