"""Makes trainings.json: where 200 steps of PyTorch lead, in float64, for tests/core/test_trainings.py.

Every optimizer with every schedule, loss and way to make batches, with weight decay and without; and smooth or clipped
activations, and locked parameters. Here PyTorch does all of it: network, loss, gradient, optimizer and schedule.

Run it where torch is installed: `python tests/core/reference/make_training_reference.py`. The test needs the JSON
alone. What is trained stands in `CASES`, `samples` and `batches`, which the test reads as well.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).with_name("trainings.json")
STEPS = 200
NEURONS = 6
SEED = 11
"""Of the generator that a run draws its batches from."""

RATES = {"sgd": 0.01, "momentum": 0.002, "nesterov": 0.002, "rmsprop": 0.002, "adam": 0.01}
SCHEDULES = {
    "constant": {},
    "step": {"every": 30, "gamma": 0.5},
    "cosine": {"every": 80, "least": 0.0005},
}
LOSSES = ("half_mse", "mse", "mae", "huber")
BATCHES = {
    "full": None,
    "windows": {"batch_size": 10, "shuffle": False, "batching": "windows"},
    "shuffled windows": {"batch_size": 10, "shuffle": True, "batching": "windows"},
    "epochs": {"batch_size": 10, "shuffle": False, "batching": "epochs"},
    "shuffled epochs": {"batch_size": 10, "shuffle": True, "batching": "epochs"},
}
DECAY = 0.02
LOCKED = (1, 8, 15, 18)
"""Places in (v, b, w, b0) of locked parameters: a v, a b, a w and b0."""


@dataclass(frozen=True)
class Case:
    """One training. `name` says all of it, and is its key in the JSON."""

    optimizer: str
    schedule: str = "constant"
    loss: str = "half_mse"
    batches: str = "full"
    weight_decay: float = 0.0
    activation: str = "relu"
    locked: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        parts = [self.activation, self.optimizer, self.schedule, self.loss, self.batches]
        parts += ["decay"] * bool(self.weight_decay) + ["locked"] * bool(self.locked)
        return ", ".join(parts)


def _cases() -> list[Case]:
    ways = ("full", "shuffled windows", "shuffled epochs")
    made = [Case(*rest, decay) for decay in (0.0, DECAY) for rest in itertools.product(RATES, SCHEDULES, LOSSES, ways)]
    made += [Case(o, "constant", "huber", way) for o in RATES for way in ("windows", "epochs")]
    for optimizer, activation, way in itertools.product(RATES, ("tanh", "hardtanh"), ("full", "shuffled epochs")):
        made += [Case(optimizer, "cosine", loss, way, DECAY, activation) for loss in LOSSES]
    return made + [Case(o, "step", "mse", way, DECAY, "relu", LOCKED) for o in RATES for way in ways]


CASES = {case.name: case for case in _cases()}


def start() -> np.ndarray:
    """The first parameters (v, b, w, b0), with kinks all over."""
    random = np.random.RandomState(7)
    v, w = random.uniform(0.5, 1.5, NEURONS) * np.array([1, -1, 1, -1, 1, -1]), random.randn(NEURONS)
    return np.concatenate((v, -v * np.linspace(-2.5, 2.5, NEURONS), w, [0.0]))


def samples() -> tuple[np.ndarray, np.ndarray]:
    """x, ascending, and y: 2·sin(x) + 5 with noise and three outliers."""
    x = np.linspace(-3.0, 3.0, 101)
    y = 2.0 * np.sin(x) + 5.0 + 0.3 * np.random.RandomState(3).randn(101)
    y[[20, 50, 77]] += (6.0, -4.0, 9.0)
    return x, y


def batches(case: Case) -> list[np.ndarray]:
    """The numbers of the samples that each step sees, by the definitions that the settings have."""
    count, how = len(samples()[0]), BATCHES[case.batches]
    everything = np.arange(count)
    if how is None:
        return [everything] * STEPS
    random, size = np.random.RandomState(SEED), how["batch_size"]
    if how["batching"] == "windows":
        order = random.permutation(count) if how["shuffle"] else everything
        begins = [random.randint(0, count - size + 1) for _ in range(STEPS)]
        return [order[begin : begin + size] for begin in begins]
    made: list[np.ndarray] = []
    while len(made) < STEPS:
        order = random.permutation(count) if how["shuffle"] else everything
        made += [order[begin : begin + size] for begin in range(0, count, size)]
    return made[:STEPS]


Training = Callable[[Case], np.ndarray]
"""Makes `STEPS` steps from `start`, on `batches` of `samples`, and returns the parameters."""


def torch_training(case: Case) -> np.ndarray:
    """By PyTorch alone."""
    torch = import_module("torch")
    functional = torch.nn.functional
    theta = torch.tensor(start(), dtype=torch.float64, requires_grad=True)
    first = theta.detach().clone()
    locked = torch.zeros(len(first), dtype=torch.bool)
    locked[list(case.locked)] = True
    x, y = (torch.tensor(values) for values in samples())
    bend = {"relu": functional.relu, "tanh": torch.tanh, "hardtanh": functional.hardtanh}[case.activation]
    cost = {
        "half_mse": lambda out, wanted: functional.mse_loss(out, wanted) / 2.0,
        "mse": functional.mse_loss,
        "mae": functional.l1_loss,
        "huber": functional.huber_loss,
    }[case.loss]
    make = {
        "sgd": torch.optim.SGD,
        "momentum": lambda **how: torch.optim.SGD(momentum=0.9, **how),
        "nesterov": lambda **how: torch.optim.SGD(momentum=0.9, nesterov=True, **how),
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
    }[case.optimizer]
    optimizer = make(params=[theta], lr=RATES[case.optimizer], weight_decay=case.weight_decay)
    numbers = SCHEDULES[case.schedule]
    schedulers = torch.optim.lr_scheduler
    scheduler = {
        "constant": lambda: schedulers.ConstantLR(optimizer, factor=1.0),
        "step": lambda: schedulers.StepLR(optimizer, numbers["every"], numbers["gamma"]),
        "cosine": lambda: schedulers.CosineAnnealingLR(optimizer, numbers["every"], numbers["least"]),
    }[case.schedule]()
    for batch in map(torch.tensor, batches(case)):
        v, b, w, b0 = torch.where(locked, first, theta).split((NEURONS, NEURONS, NEURONS, 1))
        optimizer.zero_grad()
        cost(w @ bend(torch.outer(v, x[batch]) + b[:, None]) + b0, y[batch]).backward()
        optimizer.step()
        scheduler.step()
    return torch.where(locked, first, theta).detach().numpy()


def reference(training: Training, cases: dict[str, Case]) -> dict[str, list[float]]:
    """Where each case's training leads, by the given implementation."""
    return {name: training(case).tolist() for name, case in cases.items()}


if __name__ == "__main__":
    rows = (f"{json.dumps(name)}: {json.dumps(theta)}" for name, theta in reference(torch_training, CASES).items())
    REFERENCE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
