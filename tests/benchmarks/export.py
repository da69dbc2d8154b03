"""Seconds to write an animation: reluviz beside matplotlib's FuncAnimation.save with ffmpeg, in one run.

Both write 600 frames of 1280 × 720 to MP4 with x264 at the same crf, preset and tuning: the target, the output and the
rays of 100 neurons while they are trained, the same networks in the same frames. The peer is left out where matplotlib
or the program ffmpeg is not installed. The encoder alone gets the same frames painted beforehand. Every measurement is
a process of its own, all take turns, the figure is the median of the rounds. Then the memory that 3 000 frames take
above what was there before. Prints a table; with `--json` one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PRESETS = ("veryfast", "medium")
NEURONS, STEPS = 100, 6000
TIMES_MATPLOTLIB = {"veryfast": 3.5, "medium": 1.8}
MOST_PAINTING = 8.0
MOST_ABOVE_ENCODER = 1.25
MOST_MEGABYTES = 300.0


def recipe_of(frames: int, width: int, height: int) -> Any:
    from reluviz.core.film_recipe import FilmRecipe, Pace
    from reluviz.core.picture_recipe import Part, PictureRecipe

    look = PictureRecipe(width, height, parts=frozenset({Part.TARGET, Part.OUTPUT, Part.RAYS, Part.LEGEND}))
    return FilmRecipe(look=look, frames=frames, hold=0.0, pace=Pace.LOGARITHMIC, steps=STEPS)


def filmed() -> Any:
    from reluviz.core.dataset import Sampling
    from reluviz.core.film_run import FilmedRun
    from reluviz.core.filmed import Filmed
    from reluviz.core.settings import TrainingSettings
    from reluviz.core.start import Start
    from reluviz.core.target import FunctionTarget

    target, start = FunctionTarget("sine"), Start("even", NEURONS)
    run = FilmedRun(target, Sampling(1024), start, TrainingSettings(learning_rate=0.002))
    return Filmed(run, start.begin(target.low, target.high)[0])


def subject() -> Any:
    from reluviz.export.subject import Subject

    return Subject(filmed().run.target)


def prepared_film(recipe: Any) -> Any:
    from reluviz.export.shot_thread import prepared

    return prepared(filmed(), recipe, subject(), lambda part: True)


def by_reluviz(recipe: Any, preset: str, path: Path) -> dict[str, float]:
    """The whole export, training included."""
    import psutil
    from PySide6.QtWidgets import QApplication

    from reluviz.core.compilation import compile_kernels
    from reluviz.export.film_job import FilmJob
    from reluviz.export.headless_film import SWITCH_SECONDS

    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication([])
    compile_kernels()
    process = psutil.Process()
    before, most, is_over = process.memory_info().rss, [0], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.05):
            most[0] = max(most[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    job = FilmJob(filmed(), recipe, subject(), path, preset=preset)
    job.finished.connect(application.quit)
    job.failed.connect(application.quit)
    watcher.start()
    begun = time.perf_counter()
    job.start()
    application.exec()
    seconds = time.perf_counter() - begun
    is_over.set()
    watcher.join()
    assert path.exists()
    return {
        "seconds": seconds,
        "painting": 1000.0 * job.painting_seconds / recipe.frames,
        "megabytes": (most[0] - before) / 2**20,
    }


def by_encoder(recipe: Any, preset: str, path: Path) -> dict[str, float]:
    """Painting alone, and encoding alone of what was painted."""
    from PySide6.QtWidgets import QApplication

    from reluviz.export.film_painter import FilmPainter
    from reluviz.export.film_writer import open_writer

    application = QApplication([])
    film = prepared_film(recipe)
    painter = FilmPainter(filmed(), recipe, subject(), film.view, film.film.source.curve)
    begun = time.perf_counter()
    images = [painter.image(shot) for shot in film.film]
    painting = time.perf_counter() - begun
    begun = time.perf_counter()
    writer = open_writer(recipe.form, path, (recipe.look.width, recipe.look.height), recipe.fps, (), preset)
    for image in images:
        writer.write(image)
    for _ in writer.finish():
        pass
    seconds = time.perf_counter() - begun
    del application
    return {"seconds": seconds, "painting": 1000.0 * painting / recipe.frames}


def by_matplotlib(recipe: Any, preset: str, path: Path) -> dict[str, float]:
    """The same picture by lines whose data are set for every frame, as its documentation does it."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot
    from matplotlib.animation import FFMpegWriter, FuncAnimation

    from reluviz.core.palette import LIGHT
    from reluviz.export.film_writer import CRF

    film = prepared_film(recipe)
    networks = [shot.network for shot in film.film]
    target = filmed().run.target
    figure, axes = pyplot.subplots(figsize=(recipe.look.width / 100, recipe.look.height / 100), dpi=100)
    axes.set(xlim=film.view[0], ylim=film.view[1])
    axes.grid(True)
    rays = [axes.plot([], [], color=LIGHT.neuron(j), linewidth=1.1)[0] for j in range(NEURONS)]
    line = target.polyline()
    axes.plot(line[:, 0], line[:, 1], color=LIGHT.target, linewidth=3.6, label="target")
    (output,) = axes.plot([], [], color=LIGHT.output, linewidth=2.2, label="network output")
    axes.legend(loc="upper right")

    def show(i: int) -> list[Any]:
        for ray, corners in zip(rays, networks[i].contribution_polylines(target.low, target.high), strict=True):
            ray.set_data(corners[:, 0], corners[:, 1])
        vertices = networks[i].vertices(target.low, target.high)
        output.set_data(vertices[:, 0], vertices[:, 1])
        return [*rays, output]

    options = ["-crf", str(CRF), "-preset", preset, "-tune", "animation", "-pix_fmt", "yuv420p"]
    writer = FFMpegWriter(fps=recipe.fps, codec="libx264", extra_args=options)
    begun = time.perf_counter()
    FuncAnimation(figure, show, frames=recipe.frames, cache_frame_data=False).save(str(path), writer=writer)
    return {"seconds": time.perf_counter() - begun}


WAYS = {"reluviz": by_reluviz, "encoder": by_encoder, "matplotlib": by_matplotlib}


def measured(way: str, preset: str, frames: int, size: tuple[int, int]) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--way", way, "--preset", preset]
    command += ["--frames", str(frames), "--size", str(size[0]), str(size[1])]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(answer.splitlines()[-1])
    return found


def measure_here(way: str, preset: str, frames: int, size: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = WAYS[way](recipe_of(frames, *size), preset, Path(folder) / "film.mp4")
    print(json.dumps(result))


def results(presets: Sequence[str], frames: int, size: tuple[int, int], rounds: int, long: int) -> dict[str, Any]:
    has_peer = find_spec("matplotlib") is not None and shutil.which("ffmpeg") is not None
    ways = [way for way in WAYS if way != "matplotlib" or has_peer]
    found: dict[str, Any] = {"frames": frames, "size": size, "presets": {}}
    for preset in presets:
        runs: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way in ways:
                runs[way].append(measured(way, preset, frames, size))
        median = {way: statistics.median(run["seconds"] for run in runs[way]) for way in ways}
        ratios = [
            peer["seconds"] / own["seconds"]
            for peer, own in zip(runs.get("matplotlib", []), runs["reluviz"], strict=False)
        ]
        found["presets"][preset] = {
            **median,
            "painting": statistics.median(run["painting"] for run in runs["encoder"]),
            "painting meanwhile": statistics.median(run["painting"] for run in runs["reluviz"]),
            "above encoder": median["reluviz"] / median["encoder"],
            "times matplotlib": statistics.median(ratios) if ratios else None,
        }
    found["megabytes"] = measured("reluviz", "medium", long, size)["megabytes"]
    found["long"] = long
    return found


def report(found: dict[str, Any]) -> str:
    width, height = found["size"]
    lines = [
        f"{found['frames']} frames of {width} × {height}, {NEURONS} rays, in s; painting in ms, alone and meanwhile"
    ]
    lines.append(
        f"{'':>10}{'reluviz':>10}{'encoder':>10}{'matplotlib':>12}{'times':>8}{'above':>8}{'painting':>10}{'meanwhile':>11}"
    )
    for preset, row in found["presets"].items():
        peer, times = row.get("matplotlib"), row["times matplotlib"]
        lines.append(
            f"{preset:>10}{row['reluviz']:>10.2f}{row['encoder']:>10.2f}"
            f"{'–' if peer is None else f'{peer:.2f}':>12}{'–' if times is None else f'{times:.2f}':>8}"
            f"{100 * (row['above encoder'] - 1):>7.0f}%{row['painting']:>10.2f}{row['painting meanwhile']:>11.2f}"
        )
        goal = TIMES_MATPLOTLIB[preset]
        if times is not None and times < goal:
            lines.append(f"{'':>10}missed: {goal} times matplotlib")
        if row["painting"] > MOST_PAINTING:
            lines.append(f"{'':>10}missed: painting in {MOST_PAINTING} ms a frame")
        if preset == "medium" and row["above encoder"] > MOST_ABOVE_ENCODER:
            lines.append(f"{'':>10}missed: within 25 % of the encoder's own time")
    verdict = "" if found["megabytes"] < MOST_MEGABYTES else f" (missed: {MOST_MEGABYTES:.0f})"
    lines.append(f"{found['long']} frames take {found['megabytes']:.0f} MB{verdict}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a few small frames, to see that it runs")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--preset", choices=PRESETS, help=argparse.SUPPRESS)
    parser.add_argument("--frames", type=int, default=600)
    parser.add_argument("--size", type=int, nargs=2, default=(1280, 720))
    options = parser.parse_args()
    if options.way is not None:
        measure_here(options.way, options.preset, options.frames, tuple(options.size))
        return
    if options.quick:
        found = results(PRESETS[:1], 10, (320, 180), 1, 20)
    else:
        found = results(PRESETS, options.frames, tuple(options.size), options.rounds, 5 * options.frames)
    print(json.dumps(found) if options.json else report(found))


if __name__ == "__main__":
    main()
