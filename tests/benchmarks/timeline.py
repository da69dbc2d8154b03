"""The timeline: what recording costs training flat out, how soon a recorded moment is on show, and how much it keeps.

Run it alone on a quiet machine: python tests/benchmarks/timeline.py [--quick] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reluviz.app.application import Application
from reluviz.core.compilation import compile_kernels
from reluviz.core.dataset import Sampling
from reluviz.core.parameter import Locks
from reluviz.core.recorder import BUDGET, Recorder
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import Branch, Course, Timeline
from reluviz.core.trainer import Trainer
from reluviz.document.examples import load_example
from reluviz.training.job import Job
from reluviz.training.run import Run
from reluviz.training.tape import Tape

TARGET = FunctionTarget("sine")
FLAT_OUT = 1 << 40
CHUNK = 0.008


class TimedTape(Tape):
    """Knows what recording has cost, in seconds of its thread's own time."""

    seconds = 0.0

    def take(self, trainer: Trainer, flat_out: bool) -> None:
        begin = time.thread_time()
        super().take(trainer, flat_out)
        self.seconds += time.thread_time() - begin


def run_of(neurons: int, tape: Tape) -> Run:
    start = Start(neurons=neurons, seed=1)
    network, _ = start.begin(TARGET.low, TARGET.high)
    run = Run(Job(TARGET, Sampling(), start, TrainingSettings(1e-5), Locks(), network))
    run.tape = tape
    return run


def recording_cost(neurons: int, seconds: float) -> dict[str, float]:
    """The part of its time that training flat out gives to recording, in its first `seconds` and in as many later.

    Two runs side by side, one without a tape, differ by more than this from moment to moment on a busy machine.
    """
    tape = TimedTape()
    run, shares = run_of(neurons, tape), []
    for _ in range(2):
        spent, begin = tape.seconds, time.thread_time()
        while time.thread_time() - begin < seconds:
            run.advance(FLAT_OUT, CHUNK)
        shares.append((tape.seconds - spent) / (time.thread_time() - begin))
    return {"first": shares[0], "later": shares[1]}


def long_recording(neurons: int, last: int) -> Recorder:
    """As many moments as there is room for, up to step `last`."""
    random = np.random.default_rng(0)
    start, _ = Start(neurons=neurons, seed=1).begin(TARGET.low, TARGET.high)
    vector = start.vector
    recorder = Recorder(TARGET.low, TARGET.high)
    for step in np.unique(np.linspace(0, last, 40_000).astype(np.int64)).tolist():
        recorder.record(
            step, vector + random.normal(scale=1e-3, size=len(vector)), start.activation, 1.0 + 1.0 / (1 + step)
        )
    return recorder


def window_on_show() -> Application:
    application = Application(load_example("sine-by-5-relus"))
    application.window.resize(1280, 800)
    application.show()
    while not application.window.plot.repaints:
        QTest.qWait(10)
    return application


def scrub_milliseconds(application: Application, neurons: int, last: int, moments: int) -> dict[str, float]:
    """From the wish for a random moment to the painted plots."""
    window = application.window
    state = application.document.state
    recording = long_recording(neurons, last).recording()
    course = Course(state.target, state.sampling, state.settings.loss)
    application.document.set_timeline(Timeline((Branch(1, recording, course),), 1))
    QTest.qWait(300)
    application.clock.stop()
    painted = window.plot.repaints
    measured = []
    for step in np.random.default_rng(2).integers(0, last, moments).tolist():
        begin = time.perf_counter()
        application.hand_tuning.replaying.go_to_step(float(step))
        window.plot.viewport().repaint()
        window.loss_plot.repaint()
        measured.append(1000.0 * (time.perf_counter() - begin))
    assert window.plot.repaints >= painted + moments
    measured.sort()
    return {
        "moments": float(len(recording)),
        "median": statistics.median(measured),
        "99th": measured[int(0.99 * len(measured))],
    }


def kept_megabytes(neurons: int, last: int, records: int) -> dict[str, float]:
    """What a run of `last` steps keeps, recorded `records` times at the strides that the recorder asks for."""
    vector = np.ones(3 * neurons + 1)
    network, _ = Start(neurons=neurons, seed=1).begin(TARGET.low, TARGET.high)
    recorder = Recorder(TARGET.low, TARGET.high)
    step, most, made = 0, 0, 0
    while step < last and made < records:
        recorder.record(step, vector, network.activation, 1.0)
        most, made = max(most, recorder.bytes), made + 1
        step += max(recorder.stride, last // records)
    return {"steps": float(step), "moments": float(len(recorder)), "megabytes": most / 2**20}


def measure(quick: bool) -> dict[str, object]:
    compile_kernels()
    if QApplication.instance() is None:
        QApplication(sys.argv[:1])
    seconds = 0.3 if quick else 3.0
    sizes = (5, 100) if quick else (5, 100, 1000, 10_000)
    last = 1_000_000
    application = window_on_show()
    scrubbed = {str(n): scrub_milliseconds(application, n, last, 20 if quick else 300) for n in sizes[:2]}
    application.end()
    return {
        "recording_cost": {str(n): recording_cost(n, seconds) for n in sizes},
        "scrub_milliseconds": scrubbed,
        "budget_megabytes": BUDGET / 2**20,
        "kept": {str(n): kept_megabytes(n, 10**9, 2000 if quick else 100_000) for n in sizes[:2]},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    result = measure(arguments.quick)
    print(json.dumps(result) if arguments.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
