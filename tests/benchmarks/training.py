"""Microseconds per full-batch training step: reluviz, the tutorials' dense NumPy, PyTorch eager and JAX, in one run.

All train the same ReLU network on 2·sin(x) + 5 from the same start, in float64, by gradient descent on all samples:
PyTorch as a plain module with SGD (forward, loss, backward, step), once with its default number of threads and once
with one, the faster of which the targets compare with; JAX as one jitted `fori_loop`. Before anything is timed, each
must reach reluviz's parameters in the same number of steps. All take turns, the figure is the median of the rounds.
Peers that are not installed are left out. Prints a table; with `--json` one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.network import Network
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

SIZES = ((3, 1024), (5, 1024), (100, 1024), (1000, 1024), (100, 100_000))
QUICK_SIZES = ((3, 1024), (100, 1024))

# How many steps the peers must agree on, and how closely: rounding alone, in another order of summation.
COMPARED_STEPS = 20
TOLERANCE = 1e-9

# How many times as fast as PyTorch reluviz has to be, and how much more a step on 100 000 samples may cost.
TIMES_PYTORCH = {(3, 1024): 1000, (100, 1024): 100, (1000, 1024): 100, (100, 100_000): 5000}
MOST_FOR_100_000 = 4.0

Run = Callable[[int], np.ndarray]
"""Makes that many steps more and returns all parameters then, ordered as in reluviz."""


@dataclass(frozen=True)
class Problem:
    """What is trained: the start, the samples and the learning rate, small enough for any number of neurons."""

    network: Network
    data: Dataset
    rate: float

    @classmethod
    def of(cls, neurons: int, samples: int) -> Problem:
        data = Sampling(samples).of(FunctionTarget("sine"))
        network, _ = Start("gaussian", neurons, 1234).begin(data.x[0], data.x[-1])
        return cls(network, data, 0.1 / max(10, neurons))


def reluviz_run(problem: Problem) -> Run:
    trainer = Trainer(problem.network, problem.data, TrainingSettings(problem.rate))

    def run(steps: int) -> np.ndarray:
        made = trainer.run(steps)
        assert made == steps, f"diverged after {made} steps"
        return trainer.network.vector

    return run


def numpy_run(problem: Problem) -> Run:
    """The formulas as the tutorials write them: a matrix of samples × neurons, forward and back."""
    x, y = problem.data.x[:, None], problem.data.y[:, None]
    v, b, w = (
        array.copy()
        for array in (problem.network.hidden_weight, problem.network.hidden_bias, problem.network.output_weight)
    )
    b0 = np.array([problem.network.output_bias])
    w = w[:, None]

    def run(steps: int) -> np.ndarray:
        for _ in range(steps):
            z = x * v + b
            f = np.maximum(z, 0.0)
            r = (f @ w + b0 - y) / len(x)
            back = (r @ w.T) * (z > 0.0)
            w[...] -= problem.rate * (f.T @ r)
            v[...] -= problem.rate * (x.T @ back)[0]
            b[...] -= problem.rate * back.sum(axis=0)
            b0[...] -= problem.rate * r.sum(axis=0)
        return np.concatenate((v, b, w[:, 0], b0))

    return run


def torch_run(problem: Problem) -> Run:
    return torch_run_on(problem, import_module("torch").get_num_threads())


def torch_run_on_one_thread(problem: Problem) -> Run:
    return torch_run_on(problem, 1)


def torch_run_on(problem: Problem, threads: int) -> Run:
    torch = import_module("torch")
    default_threads = torch.get_num_threads()
    n = problem.network.neurons
    model = torch.nn.Sequential(torch.nn.Linear(1, n), torch.nn.ReLU(), torch.nn.Linear(n, 1)).double()
    first, _, last = model
    with torch.no_grad():
        first.weight[:, 0] = torch.tensor(problem.network.hidden_weight.copy())
        first.bias[:] = torch.tensor(problem.network.hidden_bias.copy())
        last.weight[0] = torch.tensor(problem.network.output_weight.copy())
        last.bias[:] = problem.network.output_bias
    x, y = torch.tensor(problem.data.x.copy())[:, None], torch.tensor(problem.data.y.copy())[:, None]
    optimizer = torch.optim.SGD(model.parameters(), lr=problem.rate)

    def run(steps: int) -> np.ndarray:
        torch.set_num_threads(threads)
        for _ in range(steps):
            optimizer.zero_grad()
            loss = 0.5 * torch.nn.functional.mse_loss(model(x), y)
            loss.backward()
            optimizer.step()
        torch.set_num_threads(default_threads)
        parts = (first.weight[:, 0], first.bias, last.weight[0], last.bias)
        return torch.cat([part.detach() for part in parts]).numpy().copy()

    return run


def jax_run(problem: Problem) -> Run:
    jax = import_module("jax")
    jax.config.update("jax_enable_x64", True)
    jnp = import_module("jax.numpy")
    x, y = jnp.asarray(problem.data.x), jnp.asarray(problem.data.y)
    network = problem.network
    theta = tuple(
        jnp.asarray(part)
        for part in (network.hidden_weight, network.hidden_bias, network.output_weight, network.output_bias)
    )

    def loss(theta, x, y):
        v, b, w, b0 = theta
        return 0.5 * jnp.mean((jax.nn.relu(x[:, None] * v + b) @ w + b0 - y) ** 2)

    @jax.jit
    def descend(theta, steps, x, y):
        def step(_, theta):
            gradient = jax.grad(loss)(theta, x, y)
            return tuple(part - problem.rate * slope for part, slope in zip(theta, gradient, strict=True))

        return jax.lax.fori_loop(0, steps, step, theta)

    def run(steps: int) -> np.ndarray:
        nonlocal theta
        theta = jax.block_until_ready(descend(theta, steps, x, y))
        return np.concatenate([np.atleast_1d(np.asarray(part)) for part in theta])

    return run


PEERS: dict[str, tuple[str, Callable[[Problem], Run]]] = {
    "reluviz": ("numba", reluviz_run),
    "NumPy": ("numpy", numpy_run),
    "PyTorch": ("torch", torch_run),
    "PyTorch 1": ("torch", torch_run_on_one_thread),
    "JAX": ("jax", jax_run),
}


def installed() -> dict[str, Callable[[Problem], Run]]:
    return {name: start for name, (module, start) in PEERS.items() if find_spec(module) is not None}


def timed(run: Run, steps: int) -> float:
    begin = time.perf_counter()
    run(steps)
    return time.perf_counter() - begin


def steps_that_take(seconds: float, run: Run) -> int:
    steps = 1
    while (elapsed := timed(run, steps)) < seconds / 4:
        steps *= 4
    return max(1, round(steps * seconds / elapsed))


def measured(neurons: int, samples: int, seconds: float, repeats: int) -> dict[str, float]:
    """Microseconds per step, for each peer: the median of `repeats` rounds in which all take their turn of `seconds`.

    Raises AssertionError where a peer does not compute the same.
    """
    problem = Problem.of(neurons, samples)
    reference = reluviz_run(problem)(COMPARED_STEPS)
    runs = {name: start(problem) for name, start in installed().items()}
    for name, run in runs.items():
        error = np.abs(run(COMPARED_STEPS) - reference).max()
        assert error < TOLERANCE, f"{name} is off by {error:.1e} at {neurons} neurons, {samples} samples"
    steps = {name: steps_that_take(seconds, run) for name, run in runs.items()}
    rounds = [{name: timed(run, steps[name]) / steps[name] for name, run in runs.items()} for _ in range(repeats)]
    return {name: 1e6 * statistics.median(each[name] for each in rounds) for name in runs}


def targets(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Each target that the measured rows can speak of: what it asks for, what was measured, whether it is reached."""
    steps = {(row["neurons"], row["samples"]): row["microseconds"] for row in rows}
    found: list[dict[str, object]] = []
    for size, least in TIMES_PYTORCH.items():
        if size in steps and "PyTorch" in steps[size]:
            times = min(steps[size]["PyTorch"], steps[size]["PyTorch 1"]) / steps[size]["reluviz"]
            text = f"at least {least}× PyTorch at {size[0]} neurons, {size[1]} samples"
            found.append({"target": text, "measured": times, "reached": times >= least})
    if {(100, 1024), (100, 100_000)} <= steps.keys():
        times = steps[100, 100_000]["reluviz"] / steps[100, 1024]["reluviz"]
        text = f"a step on 100000 samples at most {MOST_FOR_100_000:g}× one on 1024, 100 neurons"
        found.append({"target": text, "measured": times, "reached": times <= MOST_FOR_100_000})
    return found


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for module in ("numpy", "numba", "torch", "jax"):
        if find_spec(module) is not None:
            found[module] = version(module)
    return found


def table(result: dict) -> str:
    names = list(result["rows"][0]["microseconds"])
    head = f"{'neurons':>8}{'samples':>9}" + "".join(f"{name:>12}" for name in names)
    head += "".join(f"{name + ' ÷':>12}" for name in names[1:])
    lines = ["µs per full-batch step, float64, and how many times reluviz's", head]
    for row in result["rows"]:
        line = f"{row['neurons']:>8}{row['samples']:>9}"
        line += "".join(f"{row['microseconds'][name]:>12.4g}" for name in names)
        line += "".join(f"{row['times_reluviz'][name]:>12,.0f}" for name in names[1:])
        lines.append(line)
    for target in result["targets"]:
        word = "reached    " if target["reached"] else "NOT reached"
        lines.append(
            f"{word}  {target['target']}: {target['measured']:,.3g}×"
            if target["measured"] < 1000
            else f"{word}  {target['target']}: {target['measured']:,.0f}×"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--quick", action="store_true", help="two sizes and a fraction of a second each: a trial run")
    options = parser.parse_args(arguments)
    rows = []
    for neurons, samples in QUICK_SIZES if options.quick else SIZES:
        print(f"{neurons} neurons, {samples} samples …", file=sys.stderr, flush=True)
        steps = measured(neurons, samples, *((0.01, 3) if options.quick else (0.2, 9)))
        times = {name: value / steps["reluviz"] for name, value in steps.items()}
        rows.append({"neurons": neurons, "samples": samples, "microseconds": steps, "times_reluviz": times})
    result = {"rows": rows, "targets": targets(rows), "versions": versions(), "processors": os.cpu_count()}
    print(json.dumps(result) if options.json else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
