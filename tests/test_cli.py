"""The command line, in this process where the answer is its text, in a process of its own where that is the point."""

from __future__ import annotations

import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from reluviz import __version__
from reluviz.cli import main
from reluviz.command_line.interrupt import held_interrupt
from reluviz.core.activation import ACTIVATIONS
from reluviz.core.initializer import INITIALIZERS, initialized
from reluviz.document.examples import NAMES, examples
from reluviz.document.storage import load

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, str(ROOT / "main.py")]


@pytest.fixture
def run(capsys):
    """Runs a command line: (exit code, stdout, stderr)."""

    def runner(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return runner


@pytest.fixture
def result(run):
    """Trains with --json: the object printed."""

    def runner(*arguments: str) -> dict:
        code, out, err = run("train", *arguments, "--json")
        assert (code, err) == (0, "")
        assert out.count("\n") == 1
        return json.loads(out)

    return runner


def environment(**changes: str | None) -> dict[str, str]:
    whole = os.environ | {"PYTHONPATH": str(ROOT)} | changes
    return {name: value for name, value in whole.items() if value is not None}


def test_examples_are_listed(run):
    code, out, err = run("examples")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.strip() for line in lines if line.startswith("  ") and line[2] != " "] == list(NAMES)
    assert max(map(len, lines)) < 80
    groups = [" ".join(group.split()) for group in out.split("\n\n")]
    sources = list(dict.fromkeys(example.source for example in examples()))
    assert all(group.startswith(source) for group, source in zip(groups, sources, strict=True))
    assert all(example.look_at in " ".join(out.split()) for example in examples())


def test_help_and_version(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run("--version") == (0, f"reluviz {__version__}\n", "")
    for arguments in (("--help",), ("-h",), ("examples", "--help"), ("train", "--help"), ("export", "--help")):
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        assert "reluviz" in out
        assert max(map(len, out.splitlines())) < 80
    assert "example:" in run("--help")[1]
    assert "example:" in run("train", "--help")[1]


def test_json_of_train(result):
    trained = result("sine-by-5-relus")
    assert list(trained) == ["steps", "seconds", "loss_before", "loss", "validation_loss", "network"]
    parameters = ["hidden_weight", "hidden_bias", "output_weight", "output_bias"]
    assert list(trained["network"]) == ["activation", *parameters]
    assert trained["steps"] == 1000
    assert trained["validation_loss"] is None
    assert 0 < trained["seconds"] < 5
    assert trained["network"]["activation"] == "relu"
    v, b, w, b0 = (np.array(trained["network"][name]) for name in parameters)
    x = np.linspace(-3, 3, 1024)
    residuals = w @ np.maximum(0, np.outer(v, x) + b[:, None]) + b0 - (2 * np.sin(x) + 5)
    assert trained["loss"] == pytest.approx(np.mean(residuals**2) / 2, rel=1e-12)
    assert trained["loss"] < trained["loss_before"]


def test_steps_0_prints_the_start(result):
    start = result("--steps", "0")
    random = np.random.RandomState(1234)
    assert start["network"]["hidden_weight"] == random.randn(5).tolist()
    assert start["network"]["output_weight"] == random.randn(5).tolist()
    assert start["loss"] == start["loss_before"]
    assert (start["steps"], start["seconds"]) == (0, 0)


def test_options_that_change_the_start_initialise_anew(result):
    random = np.random.RandomState(7)
    given = result("three-segments", "--initializer", "gaussian", "--seed", "7", "--steps", "0")["network"]
    assert given["hidden_weight"] == random.randn(3).tolist()
    assert given["hidden_bias"] == [0, 0, 0]
    even = result("three-segments", "--neurons", "4", "--steps", "0")["network"]
    assert even["hidden_weight"] == [1] * 4
    assert even["hidden_bias"] == [1, 0.5, 0, -0.5]
    identity = result("--activation", "identity", "--steps", "0")["network"]
    assert identity["activation"] == "identity"


@pytest.mark.parametrize("name", [*ACTIVATIONS, "leaky_relu(0.2)"])
def test_every_activation_trains(result, name):
    trained = result("three-segments", "--activation", name, "--steps", "2")
    assert trained["network"]["activation"] == name
    assert np.isfinite(trained["loss"])


@pytest.mark.parametrize("name", INITIALIZERS)
def test_every_initializer_draws_its_start(result, name):
    drawn = result("three-segments", "--initializer", name, "--seed", "7", "--steps", "0")["network"]
    wanted = initialized(name, 3, np.random.RandomState(7), (-1.0, 1.0))
    assert drawn["hidden_weight"] == wanted.hidden_weight.tolist()
    assert drawn["hidden_bias"] == wanted.hidden_bias.tolist()
    assert drawn["output_weight"] == wanted.output_weight.tolist()
    assert drawn["output_bias"] == wanted.output_bias


def test_learning_options_keep_the_start(result):
    kept = result("three-segments", "--learning-rate", "0.001", "--batch-size", "full", "--steps", "3")
    assert kept["loss_before"] == 0
    assert kept["network"]["output_weight"] == pytest.approx([4, -8, 5])


@pytest.mark.parametrize(
    "formula", ["sine", "2*sin(x)+5", "2·sin(x) + 5", "2sin(x)+5", "y = 5 + sin(x)*2", "where(x<9, 2*sin(x)+5, 1)"]
)
def test_target_by_name_or_formula(result, formula):
    loss = result("--target", formula, "--steps", "0")["loss"]
    assert loss == pytest.approx(result("--steps", "0")["loss"], rel=1e-12)


def test_a_target_from_a_file(result, tmp_path):
    path = tmp_path / "Line.CSV"
    x = np.linspace(-1.0, 2.0, 3)
    path.write_text("t;v\n" + "".join(f"{a};{2 * a + 1}\n" for a in x).replace(".", ","))
    trained = result("--target", str(path), "--samples", "3", "--batch-size", "full", "--steps", "0")
    v, w = (np.array(trained["network"][name]) for name in ("hidden_weight", "output_weight"))
    assert trained["loss"] == pytest.approx(np.mean((w @ np.maximum(0, np.outer(v, x)) - 2 * x - 1) ** 2) / 2)


def test_rows_that_are_left_out_are_told_and_few_rows_are_one_batch(run, tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("1,2\n2,oops\n3,4\n")
    code, out, err = run("train", "--target", str(path), "--steps", "1", "--json")
    assert code == 0
    assert json.loads(out)["steps"] == 1
    assert err.splitlines() == [
        "reluviz: few.csv: 2 rows, 1 left out (line 2: y 'oops' is not a number)",
        "reluviz: a batch of 100 is more than the 2 samples: full batch now",
    ]
    path.write_text("1,2\n1,3\n")
    code, out, err = run("train", "--target", str(path))
    assert (code, out) == (2, "")
    assert "few.csv: all 2 rows have x = 1: data need at least two different x" in err


def test_sampling_options(result):
    trained = result(
        "--target", "square", "--domain", "-1e0", "2", "--samples", "3", "--batch-size", "full", "--steps", "0"
    )
    v, w = (np.array(trained["network"][name]) for name in ("hidden_weight", "output_weight"))
    x = np.array([-1.0, 0.5, 2.0])
    assert trained["loss"] == pytest.approx(np.mean((w @ np.maximum(0, np.outer(v, x)) - x**2) ** 2) / 2)


@pytest.mark.parametrize(
    ("options", "steps"),
    [(("--epochs", "2"), 21), (("--epochs", "2", "--batch-size", "full"), 2), (("--steps", "5"), 5), ((), 1000)],
)
def test_length_of_training(result, options, steps):
    assert result(*options)["steps"] == steps


def test_a_larger_set_is_used_whole(result):
    few = result("--steps", "300", "--samples", "1024")
    assert few == result("--steps", "300") | {"seconds": few["seconds"]}
    many = result("--steps", "3000", "--samples", "50000", "--batch-size", "100")
    assert many["loss"] < 0.1


def test_save_and_go_on(run, result, tmp_path):
    path = tmp_path / "trained.reluviz"
    trained = result("sine-by-5-relus", "--batch-size", "full", "--steps", "100", "--save", str(path))
    saved = load(path)
    assert saved.network is not None
    assert saved.network.hidden_weight.tolist() == trained["network"]["hidden_weight"]
    assert saved.step == 100
    further = result(str(path), "--steps", "50", "--save", str(path))
    assert further["loss_before"] == trained["loss"]
    assert load(path).step == 150
    straight = result("sine-by-5-relus", "--batch-size", "full", "--steps", "150")
    assert further["network"]["hidden_weight"] == pytest.approx(straight["network"]["hidden_weight"], rel=1e-12)
    assert result(str(path), "--seed", "1234", "--steps", "0")["loss"] == trained["loss_before"]


def test_readable_result(run):
    code, out, err = run("train", "sine-by-100-relus", "--steps", "10")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("sine-by-100-relus: 10 steps in ")
    assert " J 86.22 → " in lines[0]
    assert len(lines) < 20
    assert "88 more neurons" in lines[-2]
    assert lines[-1].split()[0] == "b₀"
    assert "more neurons" not in run("train", "--neurons", "13", "--steps", "0")[1]


def test_divergence_names_step_and_rate_and_prints_the_last_finite_state(run, tmp_path):
    path = tmp_path / "out.reluviz"
    options = ("--batch-size", "full", "--learning-rate", "50", "--save", str(path))
    code, out, err = run("train", "--json", *options)
    assert code == 2
    trained = json.loads(out)
    assert np.isfinite(trained["loss"])
    assert trained["loss"] > trained["loss_before"]
    assert err.count("\n") == 1
    assert f"diverged at step {trained['steps'] + 1} with learning rate 50" in err
    assert not path.exists()


BAD = [
    (("train", "sine-by-6-relus"), "did you mean sine-by-5-relus?"),
    (("sine-by-6-relus",), "did you mean sine-by-5-relus?"),
    (("trian",), "did you mean train?"),
    (("none.reluviz",), "none.reluviz: no such file"),
    (("train", "none/at/all"), "none/at/all: no such file"),
    (("examples", "more"), "'more' is one argument too many"),
    (("one", "two"), "'two' is one argument too many"),
    (("--frob",), "unknown option --frob"),
    (("train", "--lerning-rate", "0.1"), "unknown option --lerning-rate: did you mean --learning-rate?"),
    (("train", "--lerning-rate=0.1"), "unknown option --lerning-rate: did you mean --learning-rate?"),
    (("train", "--learning-rate", "fast"), "--learning-rate: 'fast' is not a finite number"),
    (("train", "--learning-rate"), "--learning-rate: expected one argument"),
    (("train", "--learning-rate", "0"), "--learning-rate: "),
    (("train", "--learning-rate", "-1"), "--learning-rate: "),
    (("train", "--learning-rate", "-1e-3"), "--learning-rate: "),
    (("train", "--learning-rate", "nan"), "--learning-rate: "),
    (("train", "--learning-rate", "-inf"), "--learning-rate: "),
    (("train", "--learning-rate", "1e308"), "--learning-rate: "),
    (("train", "--neurons", "0"), "--neurons: "),
    (("train", "--neurons", "100000"), "--neurons: a network has 1 to 10000 neurons, not 100000"),
    (("train", "--neurons", "9" * 5000), "--neurons: '999"),
    (("train", "--neurons", "9" * 4000), "--neurons: a network has"),
    (("train", "--neurons", "2.5"), "--neurons: '2.5' is not a whole number"),
    (("train", "--neurons", "nan"), "--neurons: 'nan' is not a whole number"),
    (("train", "--samples", "0"), "--samples: "),
    (("train", "--samples", "1000000000"), "--samples: "),
    (("train", "--samples", "10", "--batch-size", "100"), "--batch-size: a batch of 100 is more than the 10 samples"),
    (("train", "--batch-size", "0"), "--batch-size: "),
    (("train", "--batch-size", "2000"), "--batch-size: a batch of 2000 is more than the 1024 samples"),
    (("train", "--batch-size", "all"), "--batch-size: 'all' is not a whole number"),
    (("train", "--seed", "-1"), "--seed: "),
    (("train", "--seed", "4294967296"), "--seed: "),
    (("train", "--domain", "3", "-3"), "--domain: "),
    (("train", "--domain", "1", "1"), "--domain: "),
    (("train", "--domain", "nan", "1"), "--domain: "),
    (("train", "--domain", "-inf", "1"), "--domain: "),
    (("train", "--domain", "-1e308", "1e308"), "--domain: "),
    (("train", "--domain", "1"), "--domain: expected 2 arguments"),
    (("train", "--steps", "-1"), "--steps: "),
    (("train", "--epochs", "-1"), "--epochs: "),
    (("train", "--steps", "1" + "0" * 13), "--steps: "),
    (("train", "--steps", "1", "--epochs", "1"), "--epochs: not allowed with argument --steps"),
    (("train", "--activation", "rely"), "--activation: unknown name 'rely': did you mean relu?"),
    (
        ("train", "--activation", "leaky_relu(2)"),
        "--activation: the slope of a leaky ReLU must lie from -1 to 1, not 2",
    ),
    (("train", "--activation", "leaky_relu(x)"), "--activation: the slope in 'leaky_relu(x)' is not a number"),
    (("train", "--activation", "tanh(2)"), "--activation: unknown activation 'tanh(2)'"),
    (("train", "--initializer", "magic"), "--initializer: unknown name 'magic'"),
    (
        ("train", "--optimizer", "adamw"),
        "--optimizer: unknown name 'adamw': did you mean adam? (known: sgd, ",
    ),
    (("train", "--loss", "l1"), "--loss: unknown name 'l1' (known: half_mse, mse, mae, huber)"),
    (("train", "--target", "cosine"), "--target: unknown 'cosine': did you mean sine?"),
    (("train", "--target", "bad\x1b[31m\n"), "--target: 'bad [31m', column 4: the character U+001B"),
    (("train", "--target", "2x"), "--target: '2x', column 2: an operator is missing: write 2*x"),
    (
        ("train", "--target", "sqrt(x)", "--domain", "-2", "-1"),
        "--target: 'sqrt(x)', column 1: the formula has no value",
    ),
    (("train", "--target", "x^4", "--domain", "2", "1"), "--domain: the domain's end"),
    (("train", "--target", "none.csv"), "--target: none.csv: no such file"),
    (("train", "--save", "out.txt"), "--save: 'out.txt' must end in .reluviz"),
    (("train", "--save", "none/out.reluviz"), "--save: there is no folder 'none'"),
    (("train", ""), "'' is neither a file nor an example"),
]


@pytest.mark.parametrize(("arguments", "expected"), BAD, ids=[" ".join(arguments)[:40] for arguments, _ in BAD])
def test_bad_input_is_one_line(run, arguments, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("reluviz: " + expected) or (err.startswith("reluviz: ") and expected in err)
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_damaged_file_is_located(run, tmp_path):
    path = tmp_path / "damaged.reluviz"
    path.write_text('{"format": "reluviz", "version": 1, "title": 3}')
    for arguments in ((str(path),), ("train", str(path))):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err.endswith("damaged.reluviz: title: expected str, got int\n")


def test_file_of_an_examples_name_needs_its_path(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("three-segments").write_text("mine")
    assert run("train", "three-segments", "--steps", "0")[0] == 0
    assert run("train", f".{os.sep}three-segments", "--steps", "0")[0] == 2


LOADED = "import sys, reluviz.cli as c; assert c.main(sys.argv[1:]) == 0; print(*(m for m in {} if m in sys.modules))"


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        (["examples"], ("PySide6", "numba", "pyqtgraph")),
        (["--help"], ("PySide6", "numba", "pyqtgraph")),
        (["train", "--steps", "1"], ("PySide6", "pyqtgraph")),
    ],
)
def test_nothing_heavy_is_loaded_in_vain(arguments, modules):
    script = LOADED.format(modules)
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""


def test_library_needs_neither_qt_nor_numba():
    designed = {"Network", "Dataset", "Target", "TrainingSettings", "Trainer", "construct"}
    script = (
        "import sys, reluviz; print(*(name for name in reluviz.__all__ if getattr(reluviz, name) is not None)); "
        "print('PySide6' in sys.modules, 'numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    names, loaded = done.stdout.splitlines()
    assert designed <= set(names.split())
    assert loaded == "False False"


@pytest.mark.skipif(os.name == "nt", reason="terminals and signals as on Unix")
def test_progress_on_a_terminal_and_interrupt_in_one_line():
    terminal, its_end = os.openpty()
    command = [*COMMAND, "train", "--steps", "1000000000000"]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=its_end)
    os.close(its_end)
    try:
        seen = b""
        while b"step " not in seen:
            seen += os.read(terminal, 1000)
        assert "of 1\u2009000\u2009000\u2009000\u2009000 (0 %)   J " in (seen + os.read(terminal, 1000)).decode()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
        rest = os.read(terminal, 10_000).decode()
    finally:
        process.kill()
        os.close(terminal)
    assert (process.returncode, out) == (130, b"")
    assert rest.endswith("\r\x1b[Kreluviz: interrupted\r\n")
    assert rest.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes as on Unix")
@pytest.mark.parametrize("arguments", [["examples"], ["--help"], ["train", "--steps", "0"]])
def test_closed_pipe_is_quiet(arguments):
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [*COMMAND, *arguments], env=environment(), stdout=write_end, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_one_line():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "examples"], env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "reluviz: the result cannot be written: no space left on device\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays as on Linux")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "there is no display"),
        ({"DISPLAY": ":4321"}, "the display DISPLAY=:4321 cannot be opened"),
        ({"DISPLAY": "nonsense"}, "the display DISPLAY=nonsense cannot be opened"),
        ({"WAYLAND_DISPLAY": "wayland-77"}, "the display WAYLAND_DISPLAY=wayland-77 does not answer"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no display"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "QT_QPA_PLATFORM=nonsense names no platform"),
    ],
)
def test_without_display_one_line_names_what_works(changes, expected):
    none = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    done = subprocess.run(COMMAND, env=environment(**none | changes), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"reluviz: {expected}")
    assert done.stderr.endswith("without a window these work: reluviz train, reluviz export, reluviz examples\n")
    assert done.stderr.count("\n") == 1


def test_missing_system_library_is_one_line(run, monkeypatch):
    def missing(name: str) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("reluviz.command_line.display.importlib.import_module", missing)
    code, _, err = run()
    assert code == 2
    assert err.startswith("reluviz: a system library that Qt needs is missing: libEGL.so.1 (README.md")
    assert err.count("\n") == 1


def test_ctrl_c_while_qt_is_loaded_is_heard_afterwards():
    reached = []

    def load():
        with held_interrupt():
            signal.raise_signal(signal.SIGINT)
            reached.append(True)

    with pytest.raises(KeyboardInterrupt):
        load()
    assert reached
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


# Python's own script for the command, whose `main` is what this names, with Ctrl-C while the first package is loaded.
INTERRUPTED = """
import importlib, importlib.abc, sys
class Interrupted(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == sys.argv[2]:
            raise {error}
sys.meta_path.insert(0, Interrupted())
module, function = sys.argv[1].split(":")
sys.exit(getattr(importlib.import_module(module), function)())
"""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        ("KeyboardInterrupt", 130, "reluviz: interrupted\n"),
        ("ModuleNotFoundError(name='numpy')", 1, "reluviz: the package 'numpy' is not installed; the README's first "),
    ],
)
@pytest.mark.parametrize("name", ["reluviz.core", "numpy", "reluviz.cli"])
def test_what_happens_before_all_is_loaded_is_told_in_one_line(name, error, code, said):
    entry = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]["reluviz"]
    script = [sys.executable, "-c", INTERRUPTED.format(error=error), entry, name]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_as_a_module_it_is_the_same_command():
    command = [sys.executable, "-m", "reluviz", "--version"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == f"reluviz {__version__}\n"


def test_from_a_checkout_it_is_the_same_command():
    assert runpy.run_path(str(ROOT / "main.py"))["main"] is importlib.import_module("reluviz.command").main
