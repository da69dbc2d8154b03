"""How things are drawn: in which colours, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core.palette import LIGHT, Palette
from reluviz.core.parameter import OUTPUT_BIAS, Parameter


@dataclass(frozen=True)
class Look:
    """`scale` is how much larger than usual lines, handles and type are."""

    palette: Palette = LIGHT
    scale: float = 1.0

    def colour_of(self, parameter: Parameter) -> str:
        """That of the parameter's neuron, or of the output for b0."""
        return self.palette.output if parameter == OUTPUT_BIAS else self.palette.neuron(parameter.neuron)
