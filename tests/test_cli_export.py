"""`reluviz export`: pictures and tables without a window, and what bad input gets."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from reluviz.cli import main
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.recording import Moment
from reluviz.document.examples import load_example
from reluviz.document.storage import write

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.usefixtures("qapp")


def export(*arguments: object) -> int:
    return main(["export", *map(str, arguments)])


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_png_has_the_size_and_the_ground_that_are_asked_for(tmp_path):
    out = tmp_path / "a.png"
    assert export("sine-by-5-relus", out, "--size", "640x480", "--theme", "transparent") == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == (640, 480)
    assert image.pixelColor(2, 2).alpha() == 0
    assert export("sine-by-5-relus", tmp_path / "b.PNG", "--size", "column", "--theme", "dark") == 0
    column = QImage(str(tmp_path / "b.PNG"))
    assert column.width() == 1004
    assert column.dotsPerMeterX() == round(300 / 0.0254)
    assert column.pixelColor(2, 2).name() == "#14161a"


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", b"<?xml"), (".pdf", b"%PDF-"), (".png", b"\x89PNG")])
def test_the_same_document_gives_the_same_bytes(tmp_path, suffix, begins):
    outs = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for out in outs:
        options = ("--steps", 300, "--parts", "target,output,rays,kinks,samples,loss,caption,title,legend")
        assert export("sine-by-5-relus", out, *options) == 0
    one, other = (out.read_bytes() for out in outs)
    assert one.startswith(begins)
    assert one == other


def test_what_a_document_keeps_to_compare_with_is_on_its_picture(tmp_path):
    level = Network([0.0], [0.0], [0.0], 0.5)
    kept = replace(load_example("three-segments"), kept=Kept(Moment(level, 77, 0.25)))
    document, usual, with_it, without = (tmp_path / name for name in ("a.reluviz", "a.svg", "b.svg", "c.svg"))
    document.write_bytes(write(kept))
    assert export(document, usual) == 0
    assert export(document, with_it, "--parts", "target,output,ghost,legend") == 0
    assert export(document, without, "--parts", "target,output,legend") == 0
    assert "kept: step 77, J = 0.2500" in usual.read_text(encoding="utf-8")
    assert "stroke-dasharray" in with_it.read_text(encoding="utf-8")
    assert "kept" not in without.read_text(encoding="utf-8")
    assert "stroke-dasharray" not in without.read_text(encoding="utf-8")


def test_tables(tmp_path):
    curves, losses, parameters = (tmp_path / f"{name}.csv" for name in ("curves", "losses", "parameters"))
    assert export("three-segments", curves) == 0
    assert export("sine-by-5-relus", losses, "--table", "loss", "--steps", 100) == 0
    assert export("three-segments", parameters, "--table", "parameters") == 0
    rows = rows_of(curves)
    assert {"x", "corner", "target", "output", "contribution_1"} <= set(rows[0])
    # The hand-made network is its target.
    np.testing.assert_allclose([float(r["output"]) for r in rows], [float(r["target"]) for r in rows], atol=1e-9)
    steps = [int(row["step"]) for row in rows_of(losses)]
    assert steps[0] == 0
    assert steps[-1] == 100
    assert [row["neuron"] for row in rows_of(parameters)][-1] == "0"


def test_training_first_changes_the_picture_and_no_progress_is_written_to_a_file(tmp_path, capsys):
    for name, steps in (("a", 0), ("b", 500)):
        assert export("sine-by-5-relus", tmp_path / f"{name}.svg", "--steps", steps) == 0
    assert (tmp_path / "a.svg").read_bytes() != (tmp_path / "b.svg").read_bytes()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.xyz"], "'a.xyz': unknown extension '.xyz' (known: .png, .svg, .pdf, .csv"),
        (["a"], "'a': the extension is missing (known: .png"),
        (["nowhere/a.png"], "nowhere/a.png: there is no folder 'nowhere'"),
        (["there.png"], "there.png: the file exists already (--force replaces it)"),
        (["folder.png", "--force"], "folder.png: this is a folder"),
        (["a.png", "--size", "50000x100"], "--size: a picture is 1 to 16 384 pixels wide, not 50 000"),
        (["a.png", "--size", "0x100"], "not 0"),
        (["a.png", "--size", "16384x16384"], "at most 67 108 864 pixels"),
        (["a.png", "--size", "large"], "'large' is no size"),
        (["a.png", "--size", "99999999999x1"], "is no size"),
        (["a.png", "--theme", "pink"], "unknown name 'pink'"),
        (["a.png", "--parts", "rays,foo"], "unknown 'foo' (known: target, output"),
        (["a.png", "--magnification", "nan"], "'nan' is not a finite number"),
        (["a.png", "--dpi", "0"], "dots per inch"),
        (["a.png", "--steps", "-1"], "--steps: training makes 0 to"),
        (["a.png", "--table", "loss"], "--table: only a .csv is a table"),
        (["a.csv", "--table", "loss"], "nothing is recorded; --steps N trains"),
        (["a.csv", "--theme", "dark"], "--theme: a table has none"),
        (["a.png", "--force", "b.png"], "one argument too many"),
    ],
)
def test_bad_input_gets_one_line_and_nothing_is_written(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    Path("there.png").write_bytes(b"mine")
    Path("folder.png").mkdir()
    assert export("sine-by-5-relus", *arguments) == 2
    out, complaint = capsys.readouterr()
    assert out == ""
    assert message in complaint.replace("\u2009", " ")
    assert complaint.startswith("reluviz: ")
    assert complaint.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.png", "there.png"]
    assert Path("there.png").read_bytes() == b"mine"


def test_force_replaces(tmp_path):
    out = tmp_path / "a.png"
    out.write_bytes(b"old")
    assert export("sine-by-5-relus", out, "--force", "--size", "64x48") == 0
    assert QImage(str(out)).width() == 64


def test_divergence_writes_nothing(tmp_path, capsys):
    document = tmp_path / "wild.reluviz"
    main(["train", "sine-by-5-relus", "--learning-rate", "500", "--steps", "0", "--save", str(document)])
    assert export(document, tmp_path / "a.png", "--steps", 1000) == 2
    assert "J diverged at step" in capsys.readouterr().err
    assert not (tmp_path / "a.png").exists()


def test_a_process_of_its_own_needs_no_display(tmp_path):
    out = tmp_path / "a.png"
    keep = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    # The command must not try to reach the display that is named here.
    environment = keep | {"QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, str(ROOT / "main.py"), "export", "sine-by-5-relus", str(out), "--size", "320x200"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # Headless and in the process of a window: the same picture.
    here = tmp_path / "b.png"
    assert export("sine-by-5-relus", here, "--size", "320x200") == 0
    assert out.read_bytes() == here.read_bytes()


def test_interrupted(tmp_path, capsys, monkeypatch):
    def frame_after(document, steps):
        raise KeyboardInterrupt

    monkeypatch.setattr("reluviz.command_line.picture_export.frame_after", frame_after)
    assert export("sine-by-5-relus", tmp_path / "a.png", "--steps", 10) == 130
    assert capsys.readouterr().err == "reluviz: interrupted\n"
    assert list(tmp_path.iterdir()) == []


def test_what_is_exported_can_be_set_up_as_for_training(tmp_path):
    options = ("--neurons", 3, "--activation", "tanh", "--seed", 5, "--target", "x^2", "--domain", 0, 1)
    assert export("sine-by-5-relus", tmp_path / "a.csv", "--table", "parameters", "--steps", 20, *options) == 0
    trained = tmp_path / "trained.reluviz"
    assert main(["train", "sine-by-5-relus", "--steps", "20", "--save", str(trained), *map(str, options)]) == 0
    assert export(trained, tmp_path / "b.csv", "--table", "parameters") == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert len(rows_of(tmp_path / "a.csv")) >= 3
