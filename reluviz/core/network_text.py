"""A network as text to carry elsewhere (table, NumPy, PyTorch, Desmos, LaTeX), and a pasted table back as a network.

All numbers are written so that reading them gives the same bits.
"""

from __future__ import annotations

import math
import re
import textwrap

import numpy as np

from reluviz.core.activation import IDENTITY, RELU, Activation
from reluviz.core.arrays import FloatArray
from reluviz.core.network import MAX_NEURONS, Network
from reluviz.core.notation import MINUS
from reluviz.core.smooth_text import LATEX, NUMPY, PYTORCH

# Room for the longest numbers of MAX_NEURONS neurons.
MAX_TEXT = 2_000_000

_COLUMNS = {
    "v": "v",
    "hidden_weight": "v",
    "hidden weight": "v",
    "b": "b",
    "hidden_bias": "b",
    "hidden bias": "b",
    "w": "w",
    "output_weight": "w",
    "output weight": "w",
}
_OUTPUT_BIAS_LINE = re.compile(r"(?:b0|b₀|output[_ ]bias)[\s=:;,]+(\S.*)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_PYTORCH_ACTIVATIONS = {RELU.name: "nn.ReLU()", IDENTITY.name: "nn.Identity()"}


def as_table(network: Network) -> str:
    """Tab-separated: the header v, b, w, kink (empty where there is none), a line for each neuron, last b0's."""
    rows = zip(network.hidden_weight, network.hidden_bias, network.output_weight, network.kinks, strict=True)
    lines = ["v\tb\tw\tkink"]
    for v, b, w, kink in rows:
        lines.append("\t".join((_plain(v), _plain(b), _plain(w), "" if math.isnan(kink) else _plain(kink))))
    lines.append(f"b0\t{_plain(network.output_bias)}")
    return "\n".join(lines) + "\n"


def as_numpy(network: Network) -> str:
    """Python source that defines `network(x)` with NumPy: x and the result are arrays of one shape."""
    f = network.activation
    value = NUMPY[f.smooth] if f.is_smooth else _hinge_sum(f, "np.maximum({}, 0.0)")
    return (
        f"{'import math' + chr(10) * 2 if 'math.' in value else ''}import numpy as np\n\n"
        f"v = np.array([{_listed(network.hidden_weight)}])\n"
        f"b = np.array([{_listed(network.hidden_bias)}])\n"
        f"w = np.array([{_listed(network.output_weight)}])\n"
        f"b0 = {_plain(network.output_bias)}\n\n\n"
        "def network(x):\n"
        "    z = np.multiply.outer(x, v) + b\n"
        f"    return ({value}) @ w + b0\n"
    )


def as_pytorch(network: Network) -> str:
    """Python source that defines `model`, an `nn.Sequential` in double precision; x has shape (samples, 1)."""
    activation = network.activation
    name = _PYTORCH_ACTIVATIONS.get(activation.name, PYTORCH.get(activation.smooth))
    definition = ""
    if name is None:
        name = "Activation()"
        value = _hinge_sum(activation, "torch.relu({})")
        definition = f"class Activation(nn.Module):\n    def forward(self, z):\n        return {value}\n\n\n"
    n = network.neurons
    return (
        "import torch\nfrom torch import nn\n\n\n"
        f"{definition}"
        f"model = nn.Sequential(nn.Linear(1, {n}), {name}, nn.Linear({n}, 1)).double()\n"
        "with torch.no_grad():\n"
        f"    model[0].weight[:, 0] = {_tensor(network.hidden_weight)}\n"
        f"    model[0].bias[:] = {_tensor(network.hidden_bias)}\n"
        f"    model[2].weight[0] = {_tensor(network.output_weight)}\n"
        f"    model[2].bias[:] = {_tensor([network.output_bias])}\n"
    )


def as_desmos(network: Network) -> str:
    """One expression a line, to paste into Desmos: each scaled ray as r_j(x), b_0, and their sum y."""
    lines = [rf"r_{{{j}}}\left(x\right)={ray}" for j, ray in enumerate(_rays(network), start=1)]
    lines.append(f"b_{{0}}={_tex(network.output_bias)}")
    lines.append("y=b_{0}" + "".join(rf"+r_{{{j}}}\left(x\right)" for j in range(1, network.neurons + 1)))
    return "\n".join(lines) + "\n"


def as_latex(network: Network) -> str:
    """The whole formula in LaTeX, to stand in display mathematics with amsmath: one ray a line."""
    lines = [rf"\hat{{y}}(x) ={{}} & {_tex(network.output_bias)}"]
    lines += [f"& {ray}" if ray.startswith("-") else f"& +{ray}" for ray in _rays(network)]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n"


def parsed(text: str, activation: Activation = RELU) -> Network:
    """The network of a table of v, b, w (and kink, which follows from them) with one neuron a line.

    Columns are separated by tabs, semicolons, commas or blanks; decimal commas are understood where commas do not
    separate. A header is optional and may name the columns in any order, with others between; a line "b0 …" is optional
    (0 without it). Raises ValueError, naming the line, for anything else, and for more than MAX_NEURONS neurons or
    MAX_TEXT characters.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"the text has {len(text)} characters, a table at most {MAX_TEXT}")
    text = text.replace(MINUS, "-").replace("\ufeff", "")
    separator = next((mark for mark in "\t;" if mark in text), None)
    columns: dict[str, int] | None = None
    rows: list[tuple[float, float, float]] = []
    output_bias: float | None = None
    decimals: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        bias = _OUTPUT_BIAS_LINE.fullmatch(line.strip())
        if bias:
            if output_bias is not None:
                raise ValueError(f"{where}: b0 is there twice")
            output_bias = _number(bias[1].rstrip(" \t;,"), "b0", where, decimals)
            continue
        cells = _cells(line, separator)
        if columns is None:
            columns = {"v": 0, "b": 1, "w": 2}
            if not any(_NUMBER.fullmatch(cell) for cell in cells):
                columns = _header(cells, where)
                continue
            _check_width(cells, where)
        if len(rows) == MAX_NEURONS:
            raise ValueError(f"{where}: a network has at most {MAX_NEURONS} neurons")
        v, b, w = (_number(_cell(cells, columns[name]), name, where, decimals) for name in "vbw")
        rows.append((v, b, w))
    if not rows:
        raise ValueError("there is no neuron in the text: each line gives one as v, b, w")
    hidden_weight, hidden_bias, output_weight = np.array(rows).T
    return Network(hidden_weight, hidden_bias, output_weight, 0.0 if output_bias is None else output_bias, activation)


def _cells(line: str, separator: str | None) -> list[str]:
    if separator is not None:
        cells = line.split(separator)
    elif "," in line and (re.search(r",\s|\s,", line) or not re.search(r"\s", line.strip())):
        cells = line.split(",")
    else:
        cells = line.split()
    cells = [cell.strip() for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _header(cells: list[str], where: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = _COLUMNS.get(cell.lower())
        if name in columns:
            raise ValueError(f"{where}: column {name} is there twice")
        if name is not None:
            columns[name] = index
    for name in "vbw":
        if name not in columns:
            raise ValueError(f"{where}: there is no column {name}")
    return columns


def _check_width(cells: list[str], where: str) -> None:
    if not 3 <= len(cells) <= 4:
        raise ValueError(f"{where}: a neuron has three numbers, v, b and w, not {len(cells)}")


def _cell(cells: list[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _number(cell: str, name: str, where: str, decimals: set[str]) -> float:
    shown = cell[:32] + ("…" if len(cell) > 32 else "")
    if not cell:
        raise ValueError(f"{where}: {name} is missing")
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"{where}: '{shown}' for {name} is not a number")
    # 1,500 among numbers with decimal points would be read a thousand times too small.
    decimals |= set(cell) & set(",.")
    if len(decimals) > 1:
        raise ValueError(f"{where}: '{shown}' for {name}: the numbers have decimal points and decimal commas")
    value = float(cell.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(f"{where}: '{shown}' for {name} is too large for a number")
    return value


def _plain(value: float) -> str:
    return repr(float(value))


def _listed(values: FloatArray | list[float]) -> str:
    """The numbers with commas, on one line if short, else wrapped and indented."""
    text = ", ".join(map(_plain, values))
    if len(text) <= 80:
        return text
    lines = textwrap.wrap(text, 100, break_long_words=False, break_on_hyphens=False)
    return "\n" + textwrap.indent("\n".join(lines), " " * 8) + "\n"


def _tensor(values: FloatArray | list[float]) -> str:
    return f"torch.tensor([{_listed(values)}], dtype=torch.float64)"


def _hinge_sum(activation: Activation, hinge: str) -> str:
    """f(z) in Python; `hinge` says how max(·, 0) is written."""
    terms = []
    if activation.line_slope:
        terms.append("z" if activation.line_slope == 1.0 else f"{_plain(activation.line_slope)} * z")
    if activation.line_offset:
        terms.append(_plain(activation.line_offset))
    for at, slope in zip(activation.hinge_at, activation.hinge_slope, strict=True):
        ramp = hinge.format("z" if at == 0.0 else f"z - {_plain(at)}" if at > 0.0 else f"z + {_plain(-at)}")
        terms.append(ramp if slope == 1.0 else f"{_plain(slope)} * {ramp}")
    return " + ".join(terms) or "0.0 * z"


def _tex(value: float) -> str:
    """The number as LaTeX and Desmos read it: whole numbers without a point, powers of ten written out."""
    mantissa, _, power = _plain(value).removesuffix(".0").partition("e")
    mantissa = mantissa.removesuffix(".0")
    return rf"{mantissa}\cdot10^{{{int(power)}}}" if power else mantissa


def _signed(value: float) -> str:
    """The number to stand behind others, with its sign; "" for 0."""
    return "" if value == 0.0 else _tex(value) if value < 0.0 else f"+{_tex(value)}"


def _factor(value: float) -> str:
    """The number to stand before what it multiplies: "" for 1."""
    return {1.0: "", -1.0: "-"}.get(value, _tex(value))


def _rays(network: Network) -> list[str]:
    """Each neuron's scaled ray w·f(v·x + b) in LaTeX, w first."""
    f = network.activation
    rays = []
    for v, b, w in zip(network.hidden_weight, network.hidden_bias, network.output_weight, strict=True):
        inner = f"{_factor(v)}x{_signed(b)}" if v != 0.0 else _tex(b)
        if f.is_smooth:
            form, is_sum = LATEX[f.smooth]
            value = form.format(z=inner)
            rays.append(_factor(w) + (rf"\left({value}\right)" if is_sum else value))
            continue
        terms = []
        if f.line_slope:
            terms.append(rf"{_factor(f.line_slope)}\left({inner}\right)")
        if f.line_offset:
            terms.append(_tex(f.line_offset))
        for at, slope in zip(f.hinge_at, f.hinge_slope, strict=True):
            terms.append(rf"{_factor(slope)}\max\left(0,{inner}{_signed(-at)}\right)")
        total = "".join(term if i == 0 or term.startswith("-") else f"+{term}" for i, term in enumerate(terms))
        rays.append(_factor(w) + (total if len(terms) == 1 else rf"\left({total or 0}\right)"))
    return rays
