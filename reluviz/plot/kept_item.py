"""The output of a recorded moment, kept under the present one to compare."""

from __future__ import annotations

from collections.abc import Sequence

from reluviz.core.network import Network
from reluviz.plot.axes import LegendEntry
from reluviz.plot.ghost_item import GHOST_WIDTH, DrawnGhost, GhostItem
from reluviz.plot.look import Look
from reluviz.plot.strokes import blended


def kept_colour(look: Look) -> str:
    """That of all that is kept to compare: grey."""
    return blended(look.palette.text, look.palette.plot, 0.4).name()


class DrawnKept(DrawnGhost):
    """A ghost that has a name in the legend."""

    _name = ("", "")

    def keep(self, network: Network | None, text: str = "", short: str = "") -> None:
        """Keep the output of `network`, called `text`, or `short` where there is less room; None for no more."""
        self._name = text, short
        self.set_network(network)

    def legend(self) -> Sequence[LegendEntry]:
        text, short = self._name
        return () if self.network is None else (LegendEntry(text, self.colour(), GHOST_WIDTH, short),)

    def colour(self) -> str:
        return kept_colour(self.look)


class KeptItem(DrawnKept, GhostItem):
    """On the screen."""
