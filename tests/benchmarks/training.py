"""Microseconds per training step: reluviz, the tutorials' dense NumPy, PyTorch eager and JAX, in one run.

All train the same network on 2·sin(x) + 5 from the same start, in float64: ReLUs by gradient descent on all samples,
ReLUs on shuffled mini-batches, and tanhs on all samples. PyTorch is a plain module with SGD (forward, loss, backward,
step), once with its default number of threads and once with one, the faster of which the targets compare with; JAX one
jitted `fori_loop`. Before anything is timed, each must reach reluviz's parameters in the same number of steps. All take
turns, the figure is the median of the rounds. Peers that are not installed are left out. Then reluviz alone: every
optimizer beside SGD, every activation on all samples. Prints tables; with `--json` one JSON object.
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
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from reluviz.core.activation import ACTIVATIONS, activation_named
from reluviz.core.dataset import Dataset, Sampling
from reluviz.core.network import Network
from reluviz.core.optimizer import OPTIMIZERS, Optimizer
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget
from reluviz.core.trainer import Trainer

SIZES = ((3, 1024), (5, 1024), (100, 1024), (1000, 1024), (100, 100_000))
QUICK_SIZES = ((3, 1024), (100, 1024))

# What the sources train besides: mini-batches of ReLUs, and the thermometer's 13 tanhs.
MINI_BATCH = (100, 100, 1024)
"""Batch size, neurons, samples."""
TANHS = (13, 1024)
TIMES_PYTORCH_ON_MINI_BATCHES, TIMES_PYTORCH_ON_TANHS = 15, 4
MOST_FOR_AN_OPTIMIZER = 3.0
OPTIMIZER_NEURONS = 100

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
    """What is trained: the start, the samples, the learning rate, small enough for any number of neurons, and how."""

    network: Network
    data: Dataset
    rate: float
    batch_size: int | None = None
    optimizer: str = "sgd"

    @classmethod
    def of(cls, neurons: int, samples: int, activation: str = "relu", **more: object) -> Problem:
        data = Sampling(samples).of(FunctionTarget("sine"))
        network, _ = Start("gaussian", neurons, 1234, activation_named(activation)).begin(data.x[0], data.x[-1])
        return cls(network, data, 0.1 / max(10, neurons), **more)

    def draws(self) -> tuple[np.ndarray, np.ndarray, Callable[[int], np.ndarray]]:
        """The samples in the order of the batches, and a function that gives the next batches' first samples."""
        random = np.random.RandomState(0)
        order = random.permutation(len(self.data)) if self.batch_size else np.arange(len(self.data))
        last = len(self.data) - (self.batch_size or len(self.data))
        return self.data.x[order], self.data.y[order], lambda steps: random.randint(0, last + 1, size=steps)

    @property
    def size(self) -> int:
        return self.batch_size or len(self.data)


def reluviz_run(problem: Problem) -> Run:
    how = TrainingSettings(
        problem.rate, problem.batch_size, problem.batch_size is not None, optimizer=Optimizer(problem.optimizer)
    )
    trainer = Trainer(problem.network, problem.data, how, np.random.RandomState(0))

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
    activation = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[problem.network.activation.name]()
    model = torch.nn.Sequential(torch.nn.Linear(1, n), activation, torch.nn.Linear(n, 1)).double()
    first, _, last = model
    with torch.no_grad():
        first.weight[:, 0] = torch.tensor(problem.network.hidden_weight.copy())
        first.bias[:] = torch.tensor(problem.network.hidden_bias.copy())
        last.weight[0] = torch.tensor(problem.network.output_weight.copy())
        last.bias[:] = problem.network.output_bias
    x, y, drawn = problem.draws()
    x, y, size = torch.tensor(x)[:, None], torch.tensor(y)[:, None], problem.size
    optimizer = torch.optim.SGD(model.parameters(), lr=problem.rate)

    def run(steps: int) -> np.ndarray:
        torch.set_num_threads(threads)
        for i in drawn(steps).tolist():
            batch_x, batch_y = (x, y) if size == len(x) else (x[i : i + size], y[i : i + size])
            optimizer.zero_grad()
            loss = 0.5 * torch.nn.functional.mse_loss(model(batch_x), batch_y)
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
    x, y, drawn = problem.draws()
    x, y, size = jnp.asarray(x), jnp.asarray(y), problem.size
    f = {"relu": jax.nn.relu, "tanh": jnp.tanh}[problem.network.activation.name]
    network = problem.network
    theta = tuple(
        jnp.asarray(part)
        for part in (network.hidden_weight, network.hidden_bias, network.output_weight, network.output_bias)
    )

    def loss(theta, x, y):
        v, b, w, b0 = theta
        return 0.5 * jnp.mean((f(x[:, None] * v + b) @ w + b0 - y) ** 2)

    @jax.jit
    def descend(theta, steps, starts, x, y):
        def step(k, theta):
            batch_x, batch_y = x, y
            if size < len(x):
                batch_x, batch_y = (jax.lax.dynamic_slice(part, (starts[k],), (size,)) for part in (x, y))
            gradient = jax.grad(loss)(theta, batch_x, batch_y)
            return tuple(part - problem.rate * slope for part, slope in zip(theta, gradient, strict=True))

        return jax.lax.fori_loop(0, steps, step, theta)

    def run(steps: int) -> np.ndarray:
        nonlocal theta
        # Of one length, whatever the number of steps, so that nothing is compiled anew while time is taken.
        starts = np.zeros(1 << 17, np.int32)
        if size < len(x):
            assert steps <= len(starts)
            starts[:steps] = drawn(steps)
        theta = jax.block_until_ready(descend(theta, steps, starts if size < len(x) else starts[:1], x, y))
        return np.concatenate([np.atleast_1d(np.asarray(part)) for part in theta])

    return run


PEERS: dict[str, tuple[str, Callable[[Problem], Run]]] = {
    "reluviz": ("numba", reluviz_run),
    "NumPy": ("numpy", numpy_run),
    "PyTorch": ("torch", torch_run),
    "PyTorch 1": ("torch", torch_run_on_one_thread),
    "JAX": ("jax", jax_run),
}


def installed(without: str = "") -> dict[str, Callable[[Problem], Run]]:
    found = {name: start for name, (module, start) in PEERS.items() if find_spec(module) is not None}
    return {name: start for name, start in found.items() if name != without}


def timed(run: Run, steps: int) -> float:
    begin = time.perf_counter()
    run(steps)
    return time.perf_counter() - begin


def steps_that_take(seconds: float, run: Run) -> int:
    steps = 1
    while (elapsed := timed(run, steps)) < seconds / 4:
        steps *= 4
    return max(1, round(steps * seconds / elapsed))


def measured(
    problem: Problem, starts: dict[str, Callable[[Problem], Run]], seconds: float, repeats: int
) -> dict[str, float]:
    """Microseconds per step, for each peer: the median of `repeats` rounds in which all take their turn of `seconds`.

    Raises AssertionError where a peer does not compute the same.
    """
    reference = reluviz_run(problem)(COMPARED_STEPS)
    runs = {name: start(problem) for name, start in starts.items()}
    for name, run in runs.items():
        error = np.abs(run(COMPARED_STEPS) - reference).max()
        assert error < TOLERANCE, f"{name} is off by {error:.1e} at {problem.network.neurons} neurons"
    return in_turns(runs, seconds, repeats)


def in_turns(runs: dict[str, Run], seconds: float, repeats: int) -> dict[str, float]:
    """Microseconds per step, for each run: the median of `repeats` rounds in which all take their turn of `seconds`."""
    steps = {name: steps_that_take(seconds, run) for name, run in runs.items()}
    rounds = [{name: timed(run, steps[name]) / steps[name] for name, run in runs.items()} for _ in range(repeats)]
    return {name: 1e6 * statistics.median(each[name] for each in rounds) for name in runs}


def optimizers(seconds: float, repeats: int) -> dict[str, float]:
    """Microseconds per full-batch step of each optimizer."""
    problem = Problem.of(OPTIMIZER_NEURONS, 1024)
    # A rate that no optimizer finds too large.
    runs = {name: reluviz_run(replace(problem, optimizer=name, rate=1e-4)) for name in OPTIMIZERS}
    return in_turns(runs, seconds, repeats)


def activations(seconds: float, repeats: int) -> dict[str, float]:
    """Microseconds per full-batch step of each activation, `TANHS` large."""
    return in_turns({name: reluviz_run(Problem.of(*TANHS, name)) for name in ACTIVATIONS}, seconds, repeats)


def compared_with_pytorch(text: str, steps: dict[str, float], least: float) -> list[dict[str, object]]:
    """The two targets of a row that PyTorch and JAX have run, as far as they are installed."""
    found = []
    if "PyTorch" in steps:
        times = min(steps["PyTorch"], steps["PyTorch 1"]) / steps["reluviz"]
        found.append({"target": f"at least {least}× PyTorch {text}", "measured": times, "reached": times >= least})
    if "JAX" in steps:
        times = steps["JAX"] / steps["reluviz"]
        found.append({"target": f"no slower than JAX {text}", "measured": times, "reached": times >= 1.0})
    return found


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


def compared(what: str, rows: list[dict]) -> list[str]:
    """The lines of a table of peers."""
    names = list(rows[0]["microseconds"])
    head = f"{'neurons':>8}{'samples':>9}" + "".join(f"{name:>12}" for name in names)
    head += "".join(f"{name + ' ÷':>12}" for name in names[1:])
    lines = [f"µs per step, {what}, float64, and how many times reluviz's", head]
    for row in rows:
        line = f"{row['neurons']:>8}{row['samples']:>9}"
        line += "".join(f"{row['microseconds'][name]:>12.4g}" for name in names)
        line += "".join(f"{row['times_reluviz'][name]:>12,.4g}" for name in names[1:])
        lines.append(line)
    return lines


def alone(what: str, steps: dict[str, float]) -> list[str]:
    """The lines of a table of reluviz's own."""
    base = next(iter(steps.values()))
    lines = [f"µs per full-batch step of reluviz, {what}, and how many times the first"]
    return lines + [f"{name:>12}{value:>12.4g}{value / base:>8.2f}" for name, value in steps.items()]


def table(result: dict) -> str:
    lines = compared("full batch, ReLU", result["rows"])
    lines += compared(f"mini-batches of {MINI_BATCH[0]}, ReLU", [result["mini_batches"]])
    lines += compared("full batch, tanh", [result["tanhs"]])
    lines += alone(f"{OPTIMIZER_NEURONS} ReLUs, 1024 samples", result["optimizers"])
    lines += alone(f"{TANHS[0]} neurons, {TANHS[1]} samples", result["activations"])
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
    time_and_repeats = (0.01, 3) if options.quick else (0.2, 9)

    def row(problem: Problem, starts: dict[str, Callable[[Problem], Run]]) -> dict[str, object]:
        neurons, samples = problem.network.neurons, len(problem.data)
        print(f"{neurons} {problem.network.activation.name}, {samples} samples …", file=sys.stderr, flush=True)
        steps = measured(problem, starts, *time_and_repeats)
        times = {name: value / steps["reluviz"] for name, value in steps.items()}
        return {"neurons": neurons, "samples": samples, "microseconds": steps, "times_reluviz": times}

    rows = [row(Problem.of(*size), installed()) for size in (QUICK_SIZES if options.quick else SIZES)]
    batch_size, neurons, samples = MINI_BATCH
    mini_batches = row(Problem.of(neurons, samples, batch_size=batch_size), installed(without="NumPy"))
    tanhs = row(Problem.of(*TANHS, "tanh"), installed(without="NumPy"))
    by_optimizer = optimizers(*time_and_repeats)
    slowest = max(by_optimizer.values()) / by_optimizer["sgd"]
    text = f"on mini-batches of {batch_size}, {neurons} neurons"
    reached = targets(rows)
    reached += compared_with_pytorch(text, mini_batches["microseconds"], TIMES_PYTORCH_ON_MINI_BATCHES)
    reached += compared_with_pytorch(f"with {TANHS[0]} tanhs", tanhs["microseconds"], TIMES_PYTORCH_ON_TANHS)
    text = f"every optimizer at most {MOST_FOR_AN_OPTIMIZER:g}× SGD"
    reached.append({"target": text, "measured": slowest, "reached": slowest <= MOST_FOR_AN_OPTIMIZER})
    result = {
        "rows": rows,
        "mini_batches": mini_batches,
        "tanhs": tanhs,
        "optimizers": by_optimizer,
        "activations": activations(*time_and_repeats),
        "targets": reached,
        "versions": versions(),
        "processors": os.cpu_count(),
    }
    print(json.dumps(result) if options.json else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
