"""Makes optimizers.json: 200 steps of PyTorch's optimizers and schedules in float64, for tests/core/test_optimizer.py.

Run it where torch is installed: `python tests/core/reference/make_optimizer_reference.py`. The test needs the JSON
alone. What is trained, and how each case is set up, stands in `CASES` and `problem`, which the test reads as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).with_name("optimizers.json")
STEPS = 200
EVERY = 40
"""A state is kept every so many steps."""

# Name: optimizer and its numbers, schedule and its numbers, learning rate.
CASES: dict[str, dict] = {
    "sgd": {"rate": 0.01, "optimizer": {"name": "sgd"}},
    "sgd with weight decay": {"rate": 0.01, "optimizer": {"name": "sgd", "weight_decay": 0.05}},
    "momentum": {"rate": 0.002, "optimizer": {"name": "momentum"}},
    "momentum 0.5 with weight decay": {
        "rate": 0.01,
        "optimizer": {"name": "momentum", "momentum": 0.5, "weight_decay": 0.02},
    },
    "nesterov": {"rate": 0.002, "optimizer": {"name": "nesterov"}},
    "nesterov with weight decay": {"rate": 0.002, "optimizer": {"name": "nesterov", "weight_decay": 0.02}},
    "rmsprop": {"rate": 0.002, "optimizer": {"name": "rmsprop"}},
    "rmsprop with its numbers": {
        "rate": 0.005,
        "optimizer": {"name": "rmsprop", "alpha": 0.9, "epsilon": 1e-4, "weight_decay": 0.02},
    },
    "adam": {"rate": 0.01, "optimizer": {"name": "adam"}},
    "adam with its numbers": {
        "rate": 0.02,
        "optimizer": {"name": "adam", "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3, "weight_decay": 0.02},
    },
    "step": {"rate": 0.02, "optimizer": {"name": "sgd"}, "schedule": {"name": "step", "every": 30, "gamma": 0.5}},
    "cosine": {
        "rate": 0.02,
        "optimizer": {"name": "momentum", "momentum": 0.5},
        "schedule": {"name": "cosine", "every": 80, "least": 0.001},
    },
    "adam, cosine": {
        "rate": 0.02,
        "optimizer": {"name": "adam"},
        "schedule": {"name": "cosine", "every": 200},
    },
}

Step = Callable[[np.ndarray], np.ndarray]
"""Takes the gradient at the present parameters and returns the next parameters."""


def problem() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The first parameters (v, b, w, b0) of 6 ReLUs, x and y: a start with kinks all over, samples of 2·sin(x) + 5."""
    random = np.random.RandomState(7)
    v, w = random.uniform(0.5, 1.5, 6) * np.array([1, -1, 1, -1, 1, -1]), random.randn(6)
    b = -v * np.linspace(-2.5, 2.5, 6)
    x = np.linspace(-3.0, 3.0, 101)
    return np.concatenate((v, b, w, [0.0])), x, 2.0 * np.sin(x) + 5.0


def gradient(theta: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Of ½·mean (ŷ − y)² for ReLUs, by back-propagation."""
    v, b, w = theta[:6], theta[6:12], theta[12:18]
    z = np.outer(v, x) + b[:, None]
    f = np.maximum(z, 0.0)
    r = (w @ f + theta[18] - y) / len(x)
    back = w[:, None] * (z > 0.0) * r
    return np.concatenate((back @ x, back.sum(axis=1), f @ r, [r.sum()]))


def states(step: Step) -> list[list[float]]:
    """The parameters after every `EVERY` of `STEPS` steps."""
    theta, x, y = problem()
    kept = []
    for made in range(1, STEPS + 1):
        theta = step(gradient(theta, x, y))
        if made % EVERY == 0:
            kept.append(theta.tolist())
    return kept


def torch_step(case: dict) -> Step:
    """PyTorch's optimizer and schedule for a case, fed with the gradient."""
    torch = import_module("torch")
    theta = torch.tensor(problem()[0], dtype=torch.float64, requires_grad=True)
    numbers = dict(case["optimizer"])
    name = numbers.pop("name")
    if "epsilon" in numbers:
        numbers["eps"] = numbers.pop("epsilon")
    if name in ("momentum", "nesterov"):
        numbers = {"momentum": 0.9, "nesterov": name == "nesterov"} | numbers
    if name == "adam":
        numbers["betas"] = numbers.pop("beta1", 0.9), numbers.pop("beta2", 0.999)
    kind = {"adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}.get(name, torch.optim.SGD)
    optimizer = kind([theta], lr=case["rate"], **numbers)
    schedule = case.get("schedule", {"name": "constant"})
    scheduler = None
    if schedule["name"] == "step":
        scheduler = torch.optim.lr_scheduler.StepLR(optimizer, schedule["every"], schedule["gamma"])
    elif schedule["name"] == "cosine":
        least = schedule.get("least", 0.0)
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, schedule["every"], least)

    def step(slopes: np.ndarray) -> np.ndarray:
        theta.grad = torch.tensor(slopes)
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        return theta.detach().numpy().copy()

    return step


def reference(step_of: Callable[[dict], Step]) -> dict[str, list[list[float]]]:
    """Every case's states, by the given implementation."""
    return {name: states(step_of(case)) for name, case in CASES.items()}


if __name__ == "__main__":
    REFERENCE.write_text(json.dumps(reference(torch_step), indent=0) + "\n", encoding="utf-8")
