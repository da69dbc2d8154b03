"""Every example against the recipe of its source, written out here in dense NumPy once more."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from reluviz import resource_files
from reluviz.core.dataset import Split
from reluviz.core.trainer import Trainer
from reluviz.document.examples import DEFAULT, NAMES, UnknownExampleError, examples, load_example
from reluviz.document.opened import OpenedDocument
from reluviz.document.storage import write


def trained(name: str, seed: int | None = None, steps: int | None = None) -> tuple[Trainer, OpenedDocument]:
    document = load_example(name)
    if seed is not None:
        sampling = replace(document.sampling, validation_seed=seed)
        document = replace(document, start=replace(document.start, seed=seed), sampling=sampling)
    network, random = document.start.begin(document.target.low, document.target.high)
    samples = document.sampling.split(document.target)
    trainer = Trainer(network, samples.training, document.settings, random, document.locks, samples.validation)
    last = steps or document.settings.last_step(len(samples.training))
    assert last is not None
    assert trainer.run(last) == last
    return trainer, document


@dataclass
class Recipe:
    """A tutorial's training loop: v, b, w, b0 moved by the mean gradient of ½·(ŷ − y)² over the batch."""

    v: np.ndarray
    w: np.ndarray
    relu: bool

    def __post_init__(self) -> None:
        self.b = np.zeros_like(self.v)
        self.b0 = 0.0

    def step(self, x: np.ndarray, y: np.ndarray, rate: float) -> None:
        z = np.outer(x, self.v) + self.b
        on = (z > 0).astype(float) if self.relu else np.ones_like(z)
        hidden = z * on
        error = (hidden @ self.w + self.b0 - y) / len(x)
        back = np.outer(error, self.w) * on
        self.w = self.w - rate * hidden.T @ error
        self.b0 = self.b0 - rate * error.sum()
        self.v = self.v - rate * back.T @ x
        self.b = self.b - rate * back.sum(axis=0)

    @property
    def vector(self) -> np.ndarray:
        return np.concatenate((self.v, self.b, self.w, [self.b0]))


def linear_recipe(y_of: object) -> Recipe:
    x = np.linspace(-3, 3, 1000, dtype=np.float32).astype(np.float64)
    y = y_of(x)  # type: ignore[operator]
    np.random.seed(4321)
    v = np.random.randn(2)
    recipe = Recipe(v, np.random.randn(2), relu=False)
    for _ in range(100):
        i = np.random.randint(0, 1000 - 1)
        recipe.step(x[i : i + 1], y[i : i + 1], 0.01)
    return recipe


def relu_recipe(neurons: int) -> Recipe:
    x = np.linspace(-3, 3, 1024)
    y = 2 * np.sin(x) + 5
    np.random.seed(1234)
    v = np.random.randn(neurons)
    recipe = Recipe(v, np.random.randn(neurons), relu=True)
    order = np.random.permutation(1024)
    x, y = x[order], y[order]
    for _ in range(1000):
        i = np.random.randint(0, 1000 - 100)
        recipe.step(x[i : i + 100], y[i : i + 100], 0.01)
    return recipe


def momentum_recipe() -> Recipe:
    x = np.linspace(-3, 3, 1024)
    y = 2 * np.sin(x) + 5
    np.random.seed(1234)
    v = np.random.randn(100)
    recipe = Recipe(v, np.random.randn(100), relu=True)
    velocity = np.zeros_like(recipe.vector)
    for _ in range(10):
        order = np.random.permutation(1024)
        for i in range(0, 1024, 10):
            batch, before = order[i : i + 10], recipe.vector
            recipe.step(x[batch], y[batch], 0.01)
            velocity = 0.9 * velocity + (recipe.vector - before)
            recipe.v, recipe.b, recipe.w = np.split(before[:-1] + velocity[:-1], 3)
            recipe.b0 = before[-1] + velocity[-1]
    return recipe


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("line-by-linear-network", lambda: linear_recipe(lambda x: 2 * x + 3)),
        ("sine-by-linear-network", lambda: linear_recipe(lambda x: 2 * np.sin(x) + 5)),
        ("sine-by-5-relus", lambda: relu_recipe(5)),
        ("sine-by-100-relus", lambda: relu_recipe(100)),
        ("sine-by-100-relus-momentum", momentum_recipe),
    ],
)
def test_same_draws_and_steps_as_the_source(name, recipe):
    trainer, _ = trained(name)
    np.testing.assert_allclose(trainer.network.vector, recipe().vector, rtol=1e-9, atol=1e-9)


def test_hundred_steps_restore_the_line():
    trainer, document = trained("line-by-linear-network")
    x = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(trainer.network.output(x), 2 * x + 3, atol=0.05)
    assert document.target.label == "2·x + 3"


def test_linear_network_stays_straight_on_a_sine():
    trainer, _ = trained("sine-by-linear-network")
    assert len(trainer.network.vertices(-3, 3)) == 2
    second_differences = np.diff(trainer.network.output(np.linspace(-3, 3, 101)), n=2)
    assert np.abs(second_differences).max() < 1e-13
    assert trainer.loss() > 0.1


def test_hundred_relus_come_closer_than_five_but_not_all_the_way():
    five, hundred = trained("sine-by-5-relus")[0].loss(), trained("sine-by-100-relus")[0].loss()
    assert 1e-4 < hundred < five < 0.1


def test_momentum_comes_closer_with_the_same_neurons():
    plain, momentum = trained("sine-by-100-relus")[0], trained("sine-by-100-relus-momentum")[0]
    assert plain.network.neurons == momentum.network.neurons
    assert momentum.loss() < 0.8 * plain.loss()


READINGS = np.array(
    [
        [35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4],
        [0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0],
    ]
)


def thermometer_samples(document: OpenedDocument) -> Split:
    samples = document.sampling.split(document.target)
    assert samples.validation is not None
    assert (len(samples.training), len(samples.validation)) == (9, 2)
    rows = np.column_stack((samples.training.x, samples.training.y))
    rest = np.column_stack((samples.validation.x, samples.validation.y))
    everything = np.vstack((rows, rest))
    wanted = np.column_stack((0.1 * READINGS[0], READINGS[1]))
    np.testing.assert_allclose(everything[np.argsort(everything[:, 0])], wanted[np.argsort(wanted[:, 0])])
    return samples


def test_the_line_through_the_thermometer_is_the_sources():
    trainer, document = trained("thermometer-by-line")
    x, y = (samples := thermometer_samples(document)).training.x, samples.training.y
    w, b0 = 1.0, 0.0
    for _ in range(3000):
        error = 2.0 * (w * x + b0 - y) / len(x)
        w, b0 = w - 0.01 * error @ x, b0 - 0.01 * error.sum()
    np.testing.assert_allclose(trainer.network.vector, [1.0, 0.0, w, b0], rtol=1e-9)
    assert trainer.loss() == pytest.approx(np.mean((w * x + b0 - y) ** 2))


def test_thirteen_tanh_start_and_train_as_the_source_says():
    document = load_example("thermometer-by-13-tanh")
    x, y = (samples := thermometer_samples(document)).training.x, samples.training.y
    network, _ = document.start.begin(document.target.low, document.target.high)
    assert max(np.abs(network.hidden_weight).max(), np.abs(network.hidden_bias).max()) <= 1.0
    assert max(np.abs(network.output_weight).max(), abs(network.output_bias)) <= 13**-0.5
    v, b, w, b0 = network.hidden_weight, network.hidden_bias, network.output_weight, network.output_bias
    for step in range(1, 5001):
        hidden = np.tanh(np.outer(x, v) + b)
        error = 2.0 * (hidden @ w + b0 - y) / len(x)
        back = np.outer(error, w) * (1.0 - hidden**2)
        w, b0 = w - 0.001 * hidden.T @ error, b0 - 0.001 * error.sum()
        v, b = v - 0.001 * back.T @ x, b - 0.001 * back.sum(axis=0)
        if step in {1000, 5000}:
            trainer = trained("thermometer-by-13-tanh", steps=step)[0]
            # In between the source's learning rate is near its limit, and rounding grows.
            tolerance = 1e-9 if step == 1000 else 1e-3
            np.testing.assert_allclose(trainer.network.vector, [*v, *b, *w, b0], rtol=tolerance, atol=tolerance)


def test_thirteen_tanh_follow_the_noise_where_the_line_does_not():
    early = trained("thermometer-by-13-tanh", steps=1000)[0]
    line, tanh = trained("thermometer-by-line")[0], trained("thermometer-by-13-tanh")[0]
    assert tanh.loss() < line.loss()
    assert tanh.validation_loss() > 2.0 * line.validation_loss()
    assert tanh.loss() < early.loss()
    assert tanh.validation_loss() > 2.0 * early.validation_loss()


def test_the_straight_line_stands_beside_the_overfit():
    line, kept = trained("thermometer-by-line")[0], load_example("thermometer-by-13-tanh").kept
    assert kept is not None
    assert kept.moment.network.vector == pytest.approx(line.network.vector, rel=1e-12)
    assert kept.moment.step == line.step
    assert kept.moment.loss == pytest.approx(line.loss(), rel=1e-12)
    assert kept.moment.validation_loss == pytest.approx(line.validation_loss(), rel=1e-12)
    assert kept.text == "straight line: validation J = 2.201"


def test_over_ten_seeds_tanh_fits_better_and_generalises_worse_on_average():
    seeds = range(10)
    line = [trained("thermometer-by-line", seed)[0] for seed in seeds]
    tanh = [trained("thermometer-by-13-tanh", seed)[0] for seed in seeds]
    assert all(bent.loss() < straight.loss() for bent, straight in zip(tanh, line, strict=True))
    assert sum(bent.validation_loss() for bent in tanh) > sum(straight.validation_loss() for straight in line)


def test_relu_examples_start_with_all_kinks_at_zero():
    network, _ = load_example("sine-by-5-relus").start.begin(-3, 3)
    assert network.kinks.tolist() == [0.0] * 5


def test_hand_made_network_lies_on_its_target():
    document = load_example("three-segments")
    network, _ = document.start.begin(-1, 1)
    expected = [1, 1, 1, 1, 0.5, 0, 4, -8, 5, -1]
    assert network.vector.tolist() == expected
    assert network.vertices(-1, 1).tolist() == [[-1, -1], [-0.5, 1], [0, -1], [1, 0]]
    trainer, _ = trained("three-segments")
    np.testing.assert_allclose(trainer.network.vector, expected, atol=1e-12)


def test_blank_network_has_the_kinks_only_and_learns_the_segments():
    document = load_example("three-segments-blank")
    network, _ = document.start.begin(-1, 1)
    assert network.vector.tolist() == [1, 1, 1, 1, 0.5, 0, 0, 0, 0, 0]
    assert document.sampling.of(document.target).x[256] == -0.5
    trainer, _ = trained("three-segments-blank")
    assert trainer.loss() < 1e-4


def test_list_of_examples():
    shown = examples()
    assert [example.name for example in shown] == list(NAMES)
    assert all(example.title and example.source and example.look_at for example in shown)
    assert DEFAULT in NAMES


def test_every_file_is_listed_and_written_as_the_program_writes():
    files = {file.name: file for file in (resource_files.directory() / "examples").iterdir()}
    assert set(files) == {f"{name}.reluviz" for name in NAMES}
    for name in NAMES:
        assert files[f"{name}.reluviz"].read_bytes() == write(load_example(name))


def test_unknown_example_is_named_with_the_closest():
    with pytest.raises(UnknownExampleError, match=r"'sine-by-5-relu'.*did you mean sine-by-5-relus\?.*blank"):
        load_example("sine-by-5-relu")
    with pytest.raises(UnknownExampleError) as raised:
        load_example("no\nsuch")
    assert "\n" not in str(raised.value)
