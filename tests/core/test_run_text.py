"""What the list of runs says of each, and what is said of the moment on show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reluviz.core.activation import TANH
from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording
from reluviz.core.run_text import earlier_text, moment_texts, recorded_texts, run_entries
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import Branch, Course, Timeline

COURSE = Course(FunctionTarget("sine"), Sampling(), "half_mse")
SMALL = Recording.of([Moment(Network.from_vector(np.ones(4)), 7861, 0.0109, None)])
LARGE = Recording.of([Moment(Network.from_vector(np.ones(22), TANH), 12, 0.5)])


def texts(*branches: Branch) -> list[str]:
    return [entry.text for entry in run_entries(Timeline(branches, 2), COURSE, 1)]


def test_what_is_the_same_everywhere_is_not_said() -> None:
    assert texts(Branch(1, SMALL, COURSE), Branch(2, LARGE, COURSE, ((0, Start()),), 1200)) == [
        "Run 1 · ReLU, 1 neuron · J = 0.01090 at step 7\u2009861",
        "Run 2 · tanh, 7 neurons · from step 1\u2009200 · J = 0.5000 at step 12 · present",
    ]


def test_other_starts_and_courses_are_named() -> None:
    one, two = ((0, Start("he", seed=1)),), ((0, Start("he", seed=9)), (10, Start("even", seed=2)))
    assert texts(
        Branch(1, SMALL, replace(COURSE, loss="mse"), one), Branch(2, LARGE, COURSE, two), Branch(3, SMALL)
    ) == [
        "Run 1 · ReLU, 1 neuron, he, seed 1 · J = 0.01090 at step 7\u2009861 · other loss",
        "Run 2 · tanh, 7 neurons, even, seed 2 · J = 0.5000 at step 12 · present",
        "Run 3 · ReLU, 1 neuron · J = 0.01090 at step 7\u2009861 · other target, samples or loss",
    ]


def test_a_run_without_moments_has_a_name() -> None:
    assert texts(Branch(1, Recording(), COURSE)) == ["Run 1"]


def test_the_moment_on_show_is_told_the_shorter_the_less_room_there_is() -> None:
    branch = Branch(2, SMALL, COURSE)
    here = "step 1\u2009200 of 7\u2009861 — recorded"
    assert moment_texts(branch, 1200, COURSE, is_present=True) == (here, "step 1\u2009200 — recorded", "")
    assert moment_texts(branch, 1200, COURSE, is_present=False)[0] == f"run 2, {here}"
    other = moment_texts(branch, 1200, replace(COURSE, loss="mse"), is_present=True)
    assert other[:2] == (f"{here} (other loss)", here)


def test_in_the_present_it_is_said_how_to_look_back() -> None:
    assert recorded_texts(1, has_losses=True)[0] == "Training is recorded: drag on its loss to look back"
    assert recorded_texts(1200, has_losses=True)[0] == "1\u2009200 moments recorded: drag on the loss to look back"
    assert recorded_texts(1200, has_losses=False)[:2] == (
        "1\u2009200 moments recorded: R plays them again",
        "1\u2009200 moments recorded",
    )


def test_what_came_before_a_run_is_named() -> None:
    early, late = Branch(1, LARGE), Branch(2, SMALL, COURSE)
    both, alone = Timeline((early, late), 2), Timeline((late,), 2)
    under = "choose that run under Runs"
    assert earlier_text(both, late, "target") == f"Before step 7\u2009861 the target was another: {under}"
    assert earlier_text(both, late, "samples") == f"Before step 7\u2009861 the samples were others: {under}"
    assert earlier_text(both, late, "") == f"Before step 7\u2009861 it was another run: {under}"
    assert earlier_text(alone, late, "loss") == (
        "Before step 7\u2009861 the loss was another, and that is no longer recorded"
    )
