"""Milliseconds to repaint the plot: reluviz, one pyqtgraph PlotCurveItem per neuron, and matplotlib, in one run.

All draw the same picture of 1280 × 720 pixels, antialiased, without a screen: the target 2·sin(x) + 5 (5 pixels wide),
the output (3 pixels) and every neuron's ray (2 pixels, 1.5 past 40 rays), exact polylines with no more points than
needed; reluviz also draws the handles of the selected neuron, or of all where they are few, and past 300 segments
antialiases them by four samples a pixel. Every repaint shows a network of which all parameters have changed. All take
turns, the figure is the median of the repaints. Peers that are not installed are left out. Then the whole window: how
soon it is there, and its frames while training flat out. Prints a table; with `--json` one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QWidget

from reluviz.core.network import Network
from reluviz.core.palette import LIGHT
from reluviz.core.target import FunctionTarget
from reluviz.plot.decomposition_plot import DecompositionPlot
from reluviz.plot.fit import fitted_heights
from reluviz.plot.ray_item import ray_width

RAYS = (3, 100, 1000)
QUICK_RAYS = (3, 100)
WIDTH, HEIGHT = 1280, 720
TARGET = FunctionTarget("sine")
# Different enough from one another that nothing painted before is of use.
VARIANTS = 12

MOST_MILLISECONDS = {100: 5.0, 1000: 16.0}
TIMES_ITEM_PER_NEURON = {1000: 15.0}
LEAST_FRAMES_PER_SECOND = 58.0
MOST_99TH_PERCENTILE = 25.0
LEAST_SPEED_KEPT = 0.8
MOST_START_SECONDS = 1.5
MOST_DRAG = 16.0
MOST_UNDO = 50.0
MOST_OPEN = 50.0

Show = Callable[[Network], None]
"""Brings a network onto the picture, and returns when its last pixel is drawn."""


def networks(neurons: int) -> list[Network]:
    """Networks whose output runs along the target, with kinks all over the domain and rays to both sides."""
    random = np.random.default_rng(neurons)
    v = random.choice([-1.0, 1.0], neurons) * random.uniform(0.3, 2.0, neurons)
    b = -v * random.uniform(TARGET.low, TARGET.high, neurons)
    drawn = Network(v, b, random.normal(0.0, 1.0, neurons), 5.0)
    x = np.linspace(TARGET.low, TARGET.high, 256)
    missing = TARGET(x) - drawn.output(x)
    w = drawn.output_weight + np.linalg.lstsq(drawn.activations(x).T, missing, rcond=1e-3)[0]
    base = Network(v, b, w, 5.0).vector
    found = [base * (1.0 + random.normal(0.0, 0.02 / np.sqrt(neurons), len(base))) for _ in range(VARIANTS)]
    return [Network.from_vector(vector) for vector in found]


def heights(network: Network) -> tuple[float, float]:
    """The range of y that every peer shows: that which reluviz chooses."""
    return fitted_heights(TARGET.polyline(), network, TARGET.low, TARGET.high)


def shown(plot: QWidget) -> None:
    """On screen, so that from now on a repaint paints."""
    plot.show()
    QApplication.processEvents()


def reluviz_show(first: Network) -> Show:
    plot = DecompositionPlot()
    plot.resize(WIDTH, HEIGHT)
    plot.set_domain(TARGET.low, TARGET.high)
    plot.set_target(TARGET.polyline(), TARGET.label)
    plot.show_network(first)
    plot.set_highlight(0, None)
    shown(plot)

    def show(network: Network) -> None:
        before = plot.repaints
        plot.show_network(network)
        plot.viewport().repaint()
        assert plot.repaints == before + 1

    return show


def item_per_neuron_show(first: Network) -> Show:
    plot = pg.PlotWidget(background=LIGHT.plot)
    plot.resize(WIDTH, HEIGHT)
    plot.setXRange(TARGET.low, TARGET.high)
    plot.setYRange(*heights(first))

    def curve(colour: str, width: float) -> pg.PlotCurveItem:
        item = pg.PlotCurveItem(pen=pg.mkPen(colour, width=width), antialias=True)
        plot.addItem(item)
        return item

    width = ray_width(first.neurons)
    rays = [curve(LIGHT.neuron(j), width) for j in range(first.neurons)]
    curve(LIGHT.target, 5).setData(*TARGET.polyline().T)
    output = curve(LIGHT.output, 3)
    shown(plot)

    def show(network: Network) -> None:
        polylines = network.contribution_polylines(TARGET.low, TARGET.high)
        for ray, polyline in zip(rays, polylines, strict=True):
            ray.setData(*polyline.T)
        output.setData(*network.vertices(TARGET.low, TARGET.high).T)
        plot.viewport().repaint()

    return show


def matplotlib_show(first: Network) -> Show:
    canvas_class = import_module("matplotlib.backends.backend_agg").FigureCanvasAgg
    figure = import_module("matplotlib.figure").Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    canvas = canvas_class(figure)
    axes = figure.add_subplot()
    axes.set_xlim(TARGET.low, TARGET.high)
    axes.set_ylim(*heights(first))
    points = 72 / 100
    width = ray_width(first.neurons) * points
    rays = [axes.plot([], [], color=LIGHT.neuron(j), linewidth=width)[0] for j in range(first.neurons)]
    axes.plot(*TARGET.polyline().T, color=LIGHT.target, linewidth=5 * points)
    (output,) = axes.plot([], [], color=LIGHT.output, linewidth=3 * points)

    def show(network: Network) -> None:
        polylines = network.contribution_polylines(TARGET.low, TARGET.high)
        for ray, polyline in zip(rays, polylines, strict=True):
            ray.set_data(*polyline.T)
        output.set_data(*network.vertices(TARGET.low, TARGET.high).T)
        canvas.draw()

    return show


PEERS: dict[str, tuple[str, Callable[[Network], Show]]] = {
    "reluviz": ("pyqtgraph", reluviz_show),
    "item per neuron": ("pyqtgraph", item_per_neuron_show),
    "matplotlib": ("matplotlib", matplotlib_show),
}


def timed(show: Show, network: Network) -> float:
    begin = time.perf_counter()
    show(network)
    return 1000.0 * (time.perf_counter() - begin)


def measured(neurons: int, rounds: int) -> dict[str, float]:
    """Milliseconds per repaint, for each peer: the median over `rounds` rounds in which each repaints a few times."""
    variants = networks(neurons)
    shows = {name: start(variants[0]) for name, (module, start) in PEERS.items() if find_spec(module) is not None}
    for show in shows.values():
        show(variants[1])
    times: dict[str, list[float]] = {name: [] for name in shows}
    for number in range(rounds):
        for name, show in shows.items():
            # The first repaint after another's turn finds the caches full of the other's data.
            show(variants[number % VARIANTS])
            for step in range(1, 6 if name == "reluviz" else 2):
                times[name].append(timed(show, variants[(number + step) % VARIANTS]))
    return {name: statistics.median(each) for name, each in times.items()}


def window_measured(seconds: float, starts: int) -> dict:
    """The whole window, see `window_run.measure`; in a process of its own, without the peers' thousands of items."""
    script = Path(__file__).with_name("window_run.py")
    done = subprocess.run(
        [sys.executable, script, str(seconds), str(starts)], capture_output=True, text=True, check=True
    )
    found: dict = json.loads(done.stdout)
    return found


def hand_measured(times: int) -> dict[str, float]:
    """A hand on 1000 neurons, see `drag_run.measure`; in a process of its own too."""
    script = Path(__file__).with_name("drag_run.py")
    done = subprocess.run([sys.executable, script, str(times)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def target(text: str, value: float, limit: float, unit: str, at_least: bool = False) -> dict[str, object]:
    reached = value >= limit if at_least else value < limit
    return {"target": f"{text} {limit:g} {unit}", "measured": value, "unit": unit, "reached": reached}


def targets(rows: list[dict], window: dict, hand: dict[str, float]) -> list[dict[str, object]]:
    """Each target that the measured rows can speak of: what it asks for, what was measured, whether it is reached."""
    times = {row["rays"]: row["milliseconds"] for row in rows}
    found = [
        target(f"{rays} rays in less than", times[rays]["reluviz"], most, "ms")
        for rays, most in MOST_MILLISECONDS.items()
        if rays in times
    ]
    for rays, least in TIMES_ITEM_PER_NEURON.items():
        if rays in times:
            times_faster = times[rays]["item per neuron"] / times[rays]["reluviz"]
            found.append(target(f"{rays} rays faster than item per neuron by", times_faster, least, "×", at_least=True))
    found.append(target("a painted window in less than", window["start_seconds"], MOST_START_SECONDS, "s"))
    for example, run in window["flat_out"].items():
        rate, slowest, kept = run["frames_per_second"], run["frame_ms_99th"], run["share_of_alone"]
        found += [
            target(f"{example}: at least", rate, LEAST_FRAMES_PER_SECOND, "frames/s", at_least=True),
            target(f"{example}: 99th percentile of a frame below", slowest, MOST_99TH_PERCENTILE, "ms"),
            target(f"{example}: of the speed without a window at least", kept, LEAST_SPEED_KEPT, "", at_least=True),
        ]
    found += [
        target("1000 neurons, a mouse move on the screen in less than", hand["drag_ms_median"], MOST_DRAG, "ms"),
        target("1000 neurons, undo of a drag in less than", hand["undo_ms_median"], MOST_UNDO, "ms"),
        target("1000 neurons, a document open in less than", hand["open_ms_median"], MOST_OPEN, "ms"),
    ]
    return found


def versions() -> dict[str, str]:
    names = {"numpy": "numpy", "pyqtgraph": "pyqtgraph", "PySide6-Essentials": "PySide6", "matplotlib": "matplotlib"}
    found = {name: version(name) for name, module in names.items() if find_spec(module) is not None}
    return {"python": platform.python_version()} | found


def table(result: dict) -> str:
    names = list(result["rows"][0]["milliseconds"])
    head = (
        f"{'rays':>6}" + "".join(f"{name:>18}" for name in names) + "".join(f"{name + ' ÷':>18}" for name in names[1:])
    )
    lines = [f"ms per repaint, {WIDTH} × {HEIGHT}, antialiased, and how many times reluviz's", head]
    for row in result["rows"]:
        line = f"{row['rays']:>6}" + "".join(f"{row['milliseconds'][name]:>18.2f}" for name in names)
        lines.append(line + "".join(f"{row['times_reluviz'][name]:>18.1f}" for name in names[1:]))
    lines.append(f"the window is painted {result['window']['start_seconds']:.2f} s after the process starts")
    for example, run in result["window"]["flat_out"].items():
        lines.append(f"the whole window while {example} trains flat out")
        lines += [f"{name.replace('_', ' '):>24}  {value:,.4g}" for name, value in run.items()]
    lines.append("a hand on 1000 neurons, until the frame is painted")
    lines += [f"{name.replace('_', ' '):>24}  {value:,.4g}" for name, value in result["hand"].items()]
    for each in result["targets"]:
        word = "reached    " if each["reached"] else "NOT reached"
        lines.append(f"{word}  {each['target']}: {each['measured']:.3g}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--quick", action="store_true", help="two sizes and few repaints: a trial run")
    options = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    rows = []
    for rays in QUICK_RAYS if options.quick else RAYS:
        print(f"{rays} rays …", file=sys.stderr, flush=True)
        times = measured(rays, 2 if options.quick else 9)
        factors = {name: value / times["reluviz"] for name, value in times.items()}
        rows.append({"rays": rays, "milliseconds": times, "times_reluviz": factors})
    application.shutdown()
    window = window_measured(0.5, 1) if options.quick else window_measured(10.0, 5)
    hand = hand_measured(2 if options.quick else 15)
    result = {
        "rows": rows,
        "window": window,
        "hand": hand,
        "targets": targets(rows, window, hand),
        "versions": versions(),
        "processors": os.cpu_count(),
    }
    print(json.dumps(result) if options.json else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
