"""A target given by a formula that the user typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reluviz.core.arrays import FloatArray, frozen
from reluviz.core.curve_sampling import curve_polyline
from reluviz.core.formula import Formula, FormulaError
from reluviz.core.target import MAX_ORDINATE, check_domain

_PROBES = 1025


@dataclass(frozen=True)
class FormulaTarget:
    """The formula `text` on [low, high]; blanks in it are kept single.

    Where the formula has no value, or one beyond ±MAX_ORDINATE, the target is NaN. Raises FormulaError for what is no
    formula or has no value anywhere on the domain, ValueError for an impossible domain.
    """

    text: str
    low: float = -3.0
    high: float = 3.0
    _formula: Formula = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        formula = Formula(self.text)
        check_domain(self.low, self.high)
        object.__setattr__(self, "text", " ".join(self.text.split()))
        object.__setattr__(self, "_formula", formula)
        if np.isnan(self(np.linspace(self.low, self.high, _PROBES))).all():
            raise FormulaError(f"the formula has no value between {self.low:g} and {self.high:g}", 0)

    @property
    def label(self) -> str:
        return self.text

    def __call__(self, x: FloatArray) -> FloatArray:
        y = self._formula(x)
        return np.where(np.abs(y) <= MAX_ORDINATE, y, np.nan)

    def polyline(self) -> FloatArray:
        return self._polyline

    @cached_property
    def _polyline(self) -> FloatArray:
        return frozen(curve_polyline(self, self.low, self.high))

    def on_domain(self, low: float, high: float) -> FormulaTarget:
        return FormulaTarget(self.text, low, high)
