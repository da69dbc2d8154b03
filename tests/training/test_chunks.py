"""A chunk of training is few calls of the kernel: after each the thread may have to wait for its turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reluviz.core.compilation import compile_kernels
from reluviz.core.dataset import Sampling
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer
from reluviz.training.job import Job
from reluviz.training.run import Run


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many steps each call made."""
    made: list[int] = []
    run = Trainer.run

    def counted(trainer: Trainer, steps: int) -> int:
        made.append(steps)
        return run(trainer, steps)

    monkeypatch.setattr(Trainer, "run", counted)
    return made


def test_once_the_curve_has_its_first_points_a_chunk_is_one_call_or_two(calls: list[int]) -> None:
    compile_kernels()
    target, start = FunctionTarget("sine"), Start(neurons=5)
    network, _ = start.begin(target.low, target.high)
    settings = replace(TrainingSettings(), steps=None, batch_size=None)
    run = Run(Job(target, Sampling(64), start, settings, network=network))
    # So far that no point of the curve is missed where there is none for a whole chunk.
    while run.trainer.step < 5_000_000:
        run.advance(1 << 40, 0.002)
    calls.clear()
    chunks = 40
    for _ in range(chunks):
        run.advance(1 << 40, 0.002)
    # A call that another program held up leaves no room for a second one.
    assert chunks <= len(calls) <= 2.2 * chunks
    assert sum(calls) > 100 * len(calls)


def test_a_wish_for_so_many_steps_is_made_in_full(calls: list[int]) -> None:
    target, start = FunctionTarget("sine"), Start(neurons=3)
    network, _ = start.begin(target.low, target.high)
    run = Run(Job(target, Sampling(64), start, replace(TrainingSettings(), steps=None), network=network))
    made = 0
    while made < 12_345:
        made += run.advance(12_345 - made, 0.001, stops=False)[0]
    assert run.trainer.step == made == 12_345
