"""A moment that is kept to compare with, drawn as a ghost under what is on show."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.notation import count_text, value_text
from reluviz.core.recording import Moment


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
        return self.name or "kept"
