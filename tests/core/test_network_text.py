from __future__ import annotations

import importlib.util
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yardstick import times_as_dear

from reluviz.core.activation import ACTIVATIONS, Activation, leaky_relu
from reluviz.core.arrays import FloatArray
from reluviz.core.construct import construct
from reluviz.core.network import MAX_NEURONS, Network
from reluviz.core.network_text import MAX_TEXT, as_desmos, as_latex, as_numpy, as_pytorch, as_table, parsed

SOURCE = construct(((-1.0, -1.0), (-0.5, 1.0), (0.0, -1.0), (1.0, 0.0)))
LEAKY = Activation("leaky", "leaky", line_slope=0.25, hinge_at=(0.0,), hinge_slope=(0.75,))
HARD_TANH = Activation("hard", "hard", line_offset=-1.0, hinge_at=(-1.0, 1.0), hinge_slope=(1.0, -1.0))
FINITE = st.floats(allow_nan=False, allow_infinity=False)
MODERATE = st.one_of(st.floats(-10.0, 10.0), st.sampled_from([0.0, 1.0, -1.0, 1e-7, -3e-12]))
X = np.linspace(-2.0, 2.0, 41)


@st.composite
def networks(draw: st.DrawFn, numbers: st.SearchStrategy[float] = MODERATE) -> Network:
    rows = draw(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=8))
    activation = draw(st.sampled_from([*ACTIVATIONS.values(), leaky_relu(-0.2), LEAKY, HARD_TANH]))
    return Network(*np.array(rows).T, draw(numbers), activation)


def executed(code: str, **names: object) -> dict[str, object]:
    """The names that `code` defines; the text is what is tested, so it has to run."""
    namespace = dict(names)
    exec(compile(code, "copied text", "exec"), namespace)
    return namespace


def error(network: Network, y: FloatArray) -> float:
    """The largest difference, as part of what is added up."""
    size = np.abs(network.contributions(X)).sum(axis=0).max() + abs(network.output_bias)
    return float(np.abs(y - network.output(X)).max() / max(size, 1.0))


def test_the_sources_table() -> None:
    assert as_table(SOURCE) == (
        "v\tb\tw\tkink\n1.0\t1.0\t4.0\t-1.0\n1.0\t0.5\t-8.0\t-0.5\n1.0\t0.0\t5.0\t0.0\nb0\t-1.0\n"
    )


@given(networks(FINITE))
def test_a_table_comes_back_bit_for_bit(network: Network) -> None:
    assert parsed(as_table(network), network.activation).same_as(network)


def test_a_negative_zero_keeps_its_sign() -> None:
    network = Network([1.0, -0.0], [-0.0, 1.0], [-0.0, -0.0], -0.0)
    assert parsed(as_table(network)).same_as(network)


@given(networks())
def test_the_numpy_text_computes_the_output(network: Network) -> None:
    function = executed(as_numpy(network))["network"]
    assert callable(function)
    assert error(network, function(X)) < 1e-12
    assert function(X.reshape(1, 41)).shape == (1, 41)


@pytest.mark.parametrize("activation", [*ACTIVATIONS.values(), leaky_relu(0.2), LEAKY, HARD_TANH])
def test_the_pytorch_text_computes_the_output(activation: Activation) -> None:
    random = np.random.default_rng(2)
    network = Network(*random.normal(size=(3, 30)), 0.7, activation)
    text = as_pytorch(network)
    compile(text, "PyTorch text", "exec")
    assert f"nn.Linear({network.neurons}, 1)" in text
    for value in (*network.vector[:-1], 0.7):
        assert repr(float(value)) in text
    if importlib.util.find_spec("torch"):
        import torch

        model = executed(text)["model"]
        assert isinstance(model, torch.nn.Sequential)
        with torch.no_grad():
            y = model(torch.from_numpy(X)[:, None])[:, 0].numpy()
        assert error(network, y) < 1e-12


# One capital for each function, so that what is multiplied can be told from what is called.
FUNCTIONS = {"max": "M", "min": "N", "tanh": "T", "ln": "L", "operatorname{erf}": "F"}
CALLS = {"M": max, "N": min, "T": math.tanh, "L": math.log, "F": math.erf, "E": math.exp, "S": math.sqrt}


def tex_value(text: str, x: float) -> float:
    """A value of the little LaTeX that is written here, by turning it into Python."""
    code = text.replace(r"\left", "").replace(r"\right", "")
    code = re.sub(r"\\cdot10\^\{(-?\d+)\}", r"e\1", code)
    for name, capital in FUNCTIONS.items():
        code = code.replace(f"\\{name}", capital)
    before = ""
    while before != code:
        before = code
        code = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", code)
        code = re.sub(r"e\^\{([^{}]*)\}", r"E(\1)", code)
        code = re.sub(r"\\sqrt\{([^{}]*)\}", r"S(\1)", code)
    code = re.sub(r"(?<=[\dx)])(?=[x(MNTLFES])", "*", code)
    assert re.fullmatch(r"[-+*/().,\dex MNTLFES]*", code), code
    value = executed(f"value = {code}", x=x, **CALLS)["value"]
    assert isinstance(value, float | int)
    return float(value)


@given(networks())
def test_the_desmos_text_computes_the_output(network: Network) -> None:
    *rays, bias, total = as_desmos(network).splitlines()
    assert len(rays) == network.neurons
    y = np.full(len(X), tex_value(bias.removeprefix("b_{0}="), 0.0))
    for j, ray in enumerate(rays, start=1):
        name = rf"r_{{{j}}}\left(x\right)"
        assert name in total
        # No number is written as 1e-7, which would be Euler's number times something.
        assert not re.search(r"\de", ray)
        y += [tex_value(ray.removeprefix(name + "="), x) for x in X]
    assert error(network, y) < 1e-12


@given(networks())
def test_the_latex_text_computes_the_output(network: Network) -> None:
    begin, first, *rays, end = as_latex(network).splitlines()
    assert (begin, end) == (r"\begin{aligned}", r"\end{aligned}")
    assert len(rays) == network.neurons
    formula = "".join(line.removesuffix(r" \\").split("& ")[1] for line in (first, *rays))
    assert error(network, np.array([tex_value(formula, x) for x in X])) < 1e-12


def test_the_sources_formulas() -> None:
    assert as_desmos(SOURCE).splitlines() == [
        r"r_{1}\left(x\right)=4\max\left(0,x+1\right)",
        r"r_{2}\left(x\right)=-8\max\left(0,x+0.5\right)",
        r"r_{3}\left(x\right)=5\max\left(0,x\right)",
        r"b_{0}=-1",
        r"y=b_{0}+r_{1}\left(x\right)+r_{2}\left(x\right)+r_{3}\left(x\right)",
    ]
    assert as_latex(SOURCE).splitlines()[1:3] == [r"\hat{y}(x) ={} & -1 \\", r"& +4\max\left(0,x+1\right) \\"]


@pytest.mark.parametrize(
    "text",
    [
        "1 1,5 4\n1 0,5 -8",
        "1,1.5,4\n1,.5,-8",
        "1, 1.5, 4\r\n1, 0.5, −8\r\n",
        "1;1,5;4\n1;0,5;−8\n\nb0;0",
        "v\tb\tw\n1\t1,5\t4\t\n1\t0,5\t-8,0",
        "neuron\tw\tkink\tb\tv\n1\t4\t-1.5\t1.5\t1e0\n2\t-8\t\t.5\t+1",
        "hidden_weight, hidden_bias, output_weight\n1, 1.5, 4\n1, 0.5, -8\noutput_bias = 0",
        "1 1.5 4 -1.5\n1 0.5 -8 -0.5\nb₀: 0",
        "\ufeffB0 0\n1 1.5 4\n1 0.5 -8",
    ],
)
def test_tables_as_people_have_them(text: str) -> None:
    assert parsed(text).same_as(Network([1.0, 1.0], [1.5, 0.5], [4.0, -8.0]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no neuron"),
        ("b0 1", "no neuron"),
        ("v b w", "no neuron"),
        ("v\tb\n1\t2", "line 1: there is no column w"),
        ("v b w v", "line 1: column v is there twice"),
        ("hello world", "line 1: there is no column v"),
        ("1 2", "line 1: a neuron has three numbers, v, b and w, not 2"),
        ("1 2 3 4 5", "line 1: a neuron has three numbers"),
        ("1,5, 2,5, 3,5", "line 1: a neuron has three numbers, v, b and w, not 6"),
        ("1 2 3\n\n1 abc 3", "line 3: 'abc' for b is not a number"),
        ("1 2 3\n1 2", "line 2: w is missing"),
        ("1\t\t3", "line 1: b is missing"),
        ("1 2 nan", "line 1: 'nan' for w is not a number"),
        ("1 2 inf", "line 1: 'inf' for w is not a number"),
        ("1 1e999 3", "line 1: '1e999' for b is too large"),
        ("1 1_0 3", "line 1: '1_0' for b is not a number"),
        ("1 ٣ 3", "line 1: '٣' for b is not a number"),
        ("1 2 3\nb0 1\nb0 2", "line 3: b0 is there twice"),
        ("1 2 3\nb0 x", "line 2: 'x' for b0 is not a number"),
        ("1.5\t1,000\t3", "line 1: '1,000' for b: the numbers have decimal points and decimal commas"),
        ("1 2 3\n" * (MAX_NEURONS + 1), f"line {MAX_NEURONS + 1}: a network has at most 10000 neurons"),
        (" " * (MAX_TEXT + 1), "at most 2000000"),
        ("1 2 " + "z" * 500, "line 1: 'z{32}…' for w is not a number"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parsed(text)


@given(st.text(st.sampled_from("vbw0123456789.,;\t\n -−eE=₀x"), max_size=60))
def test_any_text_is_a_network_or_a_clear_error(text: str) -> None:
    message = ""
    try:
        parsed(text)
    except ValueError as refusal:
        message = str(refusal)
    assert re.match(r"line \d+: |there is no neuron|$", message)


def test_the_largest_network_is_written_and_read() -> None:
    random = np.random.default_rng(3)
    network = Network(*(-random.random((3, MAX_NEURONS)) * 1e-300), -1e-300)
    assert parsed(as_table(network)).same_as(network)
    for write in (as_numpy, as_pytorch, as_desmos, as_latex):
        assert len(write(network)) > MAX_NEURONS


@pytest.mark.parametrize(("start", "letter", "end"), [("b0 x", " ", "y"), ("", "1", "x 2 3"), ("1 2 3\nb0 ", ";", "")])
def test_a_long_line_is_refused_at_once(start: str, letter: str, end: str) -> None:
    def refuse(length: int) -> None:
        with pytest.raises(ValueError, match="line"):
            parsed(start + letter * length + end)

    # Matching that goes back and forth would take a hundred times as long, and hours for the longest.
    assert times_as_dear(lambda _: refuse(20_000), lambda _: refuse(2000)) < 30.0
    refuse(10**6)
