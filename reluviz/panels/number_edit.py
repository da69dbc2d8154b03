"""Spin boxes for real numbers, such as parameters, and for counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reluviz.core.notation import count_text, value_text
from reluviz.panels.number_box import NumberBox
from reluviz.panels.number_step import Step, parameter_step, unit_step
from reluviz.panels.number_text import (
    exact_text,
    full_text,
    limit_text,
    parsed_count,
    parsed_number,
    parsed_share,
    quoted,
)

Check = Callable[[float], object]
"""Raises ValueError, in the words that hold everywhere, for a number that a setting cannot have."""

PARAMETER_LIMIT = 1e9
_LONG_COUNT = 10**8  # from here on a count at rest is written as a power of ten


class NumberEdit(NumberBox):
    """A spin box for a real number from `low` to `high`. `name` opens its messages: "w₂: 'nan' is not …".

    Up/Down, the wheel (when focused) and the buttons step as `step` says; Shift: a tenth as far, Ctrl: ten times.
    `edited` is emitted for the user's changes alone; `refused` carries one line when a text is no possible value.
    A setting, which only the user changes, is written without trailing zeros. With a `check` it says what is possible,
    and the limits are those of stepping alone. A share may be typed in percent.
    """

    edited = Signal(float)

    def __init__(
        self,
        name: str,
        low: float = -PARAMETER_LIMIT,
        high: float = PARAMETER_LIMIT,
        step: Step = parameter_step,
        parent: QWidget | None = None,
        *,
        is_setting: bool = False,
        check: Check | None = None,
        is_share: bool = False,
    ) -> None:
        self._is_setting = is_setting
        self._check = check
        self._read = parsed_share if is_share else parsed_number
        super().__init__(name, low, high, step, parent)

    def value(self) -> float:
        """The last value set or entered; never what is half typed."""
        return self._value

    def set_value(self, value: float) -> None:
        """Shows `value`, silently. While the user is typing the text stays, and `value` is what a refusal keeps."""
        self._set(float(value))

    def _parsed(self, text: str) -> float:
        value = self._read(text)
        if self._check is not None:
            self._check(value)
        elif not self._low <= value <= self._high:
            allowed = (
                f"±{limit_text(self._high)}"
                if self._low == -self._high
                else f"{limit_text(self._low)} to {limit_text(self._high)}"
            )
            raise ValueError(f"{quoted(text)} lies outside {allowed}")
        return value

    def _short_text(self, value: float) -> str:
        return exact_text(value) if self._is_setting else value_text(value)

    def _long_text(self, value: float) -> str:
        return full_text(value)

    def _widest_text(self) -> str:
        return "−0.00000" if self._low < 0 else "0.00000"

    def _tell(self, value: float) -> None:
        self.edited.emit(value)


class CountEdit(NumberBox):
    """A spin box for a whole number from `low` to `high`; otherwise like `NumberEdit`. `edited` carries an int."""

    # object, because Qt's int has 32 bits and seeds and steps are larger.
    edited = Signal(object)

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        step: Step = unit_step,
        parent: QWidget | None = None,
        *,
        check: Callable[[int], object] | None = None,
    ) -> None:
        self._check = check
        super().__init__(name, low, high, step, parent)

    def value(self) -> int:
        """The last value set or entered; never what is half typed."""
        return round(self._value)

    def set_value(self, value: int) -> None:
        """Shows `value`, silently. While the user is typing the text stays, and `value` is what a refusal keeps."""
        self._set(value)

    def _parsed(self, text: str) -> float:
        try:
            value = parsed_count(text)
        except ValueError:
            value = None
        if self._check is not None:
            if value is None:
                raise ValueError(f"{quoted(text)} is not a whole number")
            self._check(value)
            return value
        if value is None or not self._low <= value <= self._high:
            raise ValueError(
                f"{quoted(text)} is not a whole number from {count_text(self._low)} to {count_text(self._high)}"
            )
        return value

    def _short_text(self, value: float) -> str:
        return count_text(value) if abs(value) < _LONG_COUNT else exact_text(value)

    def _long_text(self, value: float) -> str:
        return str(round(value))

    def _widest_text(self) -> str:
        return count_text(min(self._high, _LONG_COUNT - 1))

    def _tell(self, value: float) -> None:
        self.edited.emit(round(value))
