"""What the legend of the decomposition plot says."""

from __future__ import annotations

from collections.abc import Sequence

from reluviz.core.notation import count_text
from reluviz.core.palette import Palette
from reluviz.core.picture import Picture, Rays
from reluviz.plot.axes import LegendEntry
from reluviz.plot.curve_item import OUTPUT_WIDTH, TARGET_WIDTH
from reluviz.plot.ray_item import ray_width
from reluviz.plot.residual_item import residual_alpha
from reluviz.plot.strokes import blended

_RAYS = {
    Rays.SCALED: ("scaled ray", " wⱼ·f(vⱼ·x + bⱼ)"),
    Rays.RAW: ("raw ray", " f(vⱼ·x + bⱼ)"),
    Rays.PARTIAL_SUMS: ("partial sum", ""),
}
_TINT_WIDTH = 11.0


def legend_entries(picture: Picture, target: str | LegendEntry, palette: Palette) -> Sequence[LegendEntry]:
    """The target, by its label or its own entry, and what `picture` draws."""
    if isinstance(target, str):
        target = LegendEntry(f"target {target}".strip(), palette.target, TARGET_WIDTH, "target")
    entries = [target]
    if picture.output:
        entries.append(LegendEntry("network output", palette.output, OUTPUT_WIDTH, "output"))
    entries.append(_of_rays(picture, palette))
    if picture.residual:
        ground = 1.0 - residual_alpha(palette)
        over, under = (blended(tint, palette.plot, ground).name() for tint in (palette.over, palette.under))
        entries.append(LegendEntry("output above, below target", over, _TINT_WIDTH, "ŷ > y, ŷ < y", (under,)))
    return entries


def _of_rays(picture: Picture, palette: Palette) -> LegendEntry:
    name, formula = _RAYS[picture.rays]
    if picture.solo is not None and picture.rays is not Rays.PARTIAL_SUMS:
        colour = palette.neuron(picture.solo)
        return LegendEntry(
            f"{name} {picture.solo + 1} alone{formula}", colour, ray_width(1), f"{name} {picture.solo + 1}"
        )
    short = f"{name}s"
    if picture.hidden and picture.solo is None:
        short += f" ({count_text(len(picture.hidden))} hidden)"
    return LegendEntry(f"{short}{formula}", palette.neurons[0], ray_width(1), short, palette.neurons[1:3])
