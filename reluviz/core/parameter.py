"""Naming single parameters, and the locks on them.

All parameters of a network of n neurons in one vector, the order used everywhere: v₀…vₙ₋₁, b₀…bₙ₋₁, w₀…wₙ₋₁, output
bias.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from reluviz.core.arrays import BoolArray


class Kind(Enum):
    """Which of a neuron's parameters, or the network's output bias."""

    HIDDEN_WEIGHT = "hidden_weight"
    HIDDEN_BIAS = "hidden_bias"
    OUTPUT_WEIGHT = "output_weight"
    OUTPUT_BIAS = "output_bias"


_BLOCK = {Kind.HIDDEN_WEIGHT: 0, Kind.HIDDEN_BIAS: 1, Kind.OUTPUT_WEIGHT: 2}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a network: its kind and, except for the output bias, its neuron (from 0)."""

    kind: Kind
    neuron: int = 0

    def position(self, neurons: int) -> int:
        """Where it stands in the parameter vector of a network of `neurons`. Raises IndexError for a missing neuron."""
        if self.kind is Kind.OUTPUT_BIAS:
            return 3 * neurons
        if not 0 <= self.neuron < neurons:
            raise IndexError(f"no neuron {self.neuron + 1} in a network of {neurons}")
        return _BLOCK[self.kind] * neurons + self.neuron


OUTPUT_BIAS = Parameter(Kind.OUTPUT_BIAS)


@dataclass(frozen=True)
class Locks:
    """The parameters that neither hand nor optimizer moves."""

    locked: frozenset[Parameter] = frozenset()

    def mask(self, neurons: int) -> BoolArray:
        """Shape (3·neurons + 1,), True where locked. Locks on neurons that do not exist are left out."""
        mask = np.zeros(3 * neurons + 1, dtype=np.bool_)
        for parameter in self.locked:
            if parameter.kind is Kind.OUTPUT_BIAS or parameter.neuron < neurons:
                mask[parameter.position(neurons)] = True
        return mask

    def toggled(self, parameter: Parameter) -> Locks:
        """The same locks with the one on `parameter` set or released."""
        return Locks(self.locked ^ {parameter})

    def changed(self, parameters: Iterable[Parameter], locked: bool) -> Locks:
        """The same locks with all of `parameters` locked, or all of them released."""
        return Locks(self.locked | set(parameters) if locked else self.locked - set(parameters))

    def below(self, neurons: int) -> Locks:
        """The locks that a network of `neurons` has something for."""
        return Locks(frozenset(p for p in self.locked if p.kind is Kind.OUTPUT_BIAS or p.neuron < neurons))


def all_of_kind(kind: Kind, neurons: int) -> frozenset[Parameter]:
    """The parameters of one kind in a network of `neurons`."""
    return frozenset((OUTPUT_BIAS,) if kind is Kind.OUTPUT_BIAS else (Parameter(kind, j) for j in range(neurons)))


def all_of_neuron(neuron: int) -> tuple[Parameter, Parameter, Parameter]:
    """v, b and w of one neuron."""
    return tuple(Parameter(kind, neuron) for kind in _BLOCK)  # type: ignore[return-value]
