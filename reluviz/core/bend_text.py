"""What a neuron's place on the x axis and its steepness are, in words, for each kind of activation.

A hinge is a kink: the slope jumps there. Smooth activations have a middle instead, where z = v·x + b is 0: of tanh and
sigmoid the inflection, where they are steepest; of softplus, GELU and SiLU the place where they bend most; of ELU the
end of its bend, from where it is a straight line.
"""

from __future__ import annotations

from dataclasses import dataclass

from reluviz.core import smooth
from reluviz.core.activation import Activation, is_leaky
from reluviz.core.notation import short_text, value_text

_INFLECTED = (smooth.TANH, smooth.SIGMOID)


def place_symbol(activation: Activation) -> str:
    """The letter for a neuron's place: k for a kink, m for a smooth activation's middle, "" where there is none."""
    if not activation.bend_at:
        return ""
    return "m" if activation.is_smooth else "k"


def place_text(activation: Activation) -> str:
    """What the place of neuron j is, and how it follows from its parameters."""
    if not activation.bend_at:
        return f"No kink: {activation.label} is a straight line everywhere"
    if activation.smooth in _INFLECTED:
        return "Inflection: where the contribution is steepest, x = −bⱼ/vⱼ"
    if activation.smooth == smooth.ELU:
        return "End of the bend: from here on the contribution is a straight line, x = −bⱼ/vⱼ"
    if activation.is_smooth:
        return "Middle of the bend: where the contribution bends most, x = −bⱼ/vⱼ"
    if len(activation.bend_at) > 1:
        places = [f"x = ({short_text(at)} − bⱼ)/vⱼ" for at in activation.bend_at]
        return (
            f"First of two kinks, between which the contribution rises or falls: {places[0]}.\nThe other: {places[1]}"
        )
    change = "changes its slope" if is_leaky(activation) else "switches"
    return f"Kink: where the neuron {change}, x = −bⱼ/vⱼ"


def steepness_text(
    activation: Activation, index: str = "ⱼ", output_weight: float | None = None, hidden_weight: float | None = None
) -> str:
    """What w·v is of neuron `index` (a subscript), with its value if both weights are given."""
    weights = _Weights(index, output_weight, hidden_weight)
    if activation.is_smooth:
        return _of_smooth(activation.smooth, weights)
    if not activation.bend_at:
        return f"Slope of the contribution, everywhere: {weights.product()}."
    if len(activation.bend_at) > 1:
        return (
            f"Slope of the contribution between its kinks: {weights.product()}; beyond them it is level.\n"
            f"At its kinks the output's slope changes by {weights.bend()}, and back."
        )
    leak, jump = activation.line_slope, activation.hinge_slope[0]
    where = f"on its open side: {weights.product()}; on the other: {weights.product(leak)}"
    return (
        f"Slope of the contribution {where if leak else f'where it is active: {weights.product()}'}.\n"
        f"At the kink the output's slope changes by {weights.bend(jump)}."
    )


@dataclass(frozen=True)
class _Weights:
    """The weights of the neuron with that subscript, by name, and with their values if these are known."""

    index: str
    output_weight: float | None
    hidden_weight: float | None

    def product(self, factor: float = 1.0) -> str:
        """`factor`·w·v."""
        return self._written(factor, f"w{self.index}·v{self.index}", self.hidden_weight)

    def bend(self, factor: float = 1.0) -> str:
        """`factor`·w·|v|."""
        size = None if self.hidden_weight is None else abs(self.hidden_weight)
        return self._written(factor, f"w{self.index}·|v{self.index}|", size)

    def _written(self, factor: float, name: str, hidden_weight: float | None) -> str:
        name = name if factor == 1.0 else f"{short_text(factor)}·{name}"
        if self.output_weight is None or hidden_weight is None:
            return name
        return f"{name} = {value_text(factor * self.output_weight * hidden_weight)}"


def _of_smooth(kind: int, weights: _Weights) -> str:
    if kind == smooth.TANH:
        return f"Slope of the contribution at its inflection, where it is steepest: {weights.product()}."
    if kind == smooth.SIGMOID:
        return (
            f"Product of the weights: {weights.product()}.\n"
            f"At its inflection, where it is steepest, the contribution has slope {weights.product(0.25)}."
        )
    middle = "at the end of the bend it has it" if kind == smooth.ELU else "in the middle of the bend it has half"
    return f"Slope that the contribution tends to where it is active: {weights.product()};\n{middle}."
