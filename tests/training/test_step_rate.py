"""How fast training is, by a clock that the test sets."""

from __future__ import annotations

import pytest

from reluviz.training import step_rate
from reluviz.training.step_rate import StepRate


def test_it_is_measured_a_few_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock:
        now = 0.0

        def perf_counter(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(step_rate, "time", clock)
    rate = StepRate()
    rate.restart(100)
    clock.now = 0.1
    rate.measure(200)
    assert rate.value == 0.0, "too soon to tell"
    clock.now = 0.5
    rate.measure(600)
    assert rate.value == 1000.0
    clock.now = 1.0
    rate.measure(50)
    assert rate.value == 0.0, "a reset is no training backward"
    clock.now = 1.5
    rate.measure(100)
    assert rate.value == 100.0
    rate.restart(100)
    assert rate.value == 0.0
