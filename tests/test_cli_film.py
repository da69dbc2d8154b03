"""`reluviz export` of animations: what it writes, what bad input gets, and what an interruption leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from reluviz.cli import main
from reluviz.core.film_format import APNG
from reluviz.core.film_recipe import FilmRecipe, What
from reluviz.core.picture_recipe import PictureRecipe, Theme
from reluviz.document.examples import load_example
from reluviz.document.storage import save

ROOT = Path(__file__).resolve().parent.parent
SMALL = ("--size", "160x120", "--fps", 10, "--frames", 6, "--hold", 0)

pytestmark = pytest.mark.usefixtures("qapp")


def export(*arguments: object) -> int:
    return main(["export", *map(str, arguments)])


def test_films_of_all_kinds_have_their_frames(tmp_path, capsys):
    for what in ("run", "build", "sums", "sweep"):
        assert export("three-segments", tmp_path / f"{what}.gif", "--what", what, "--steps", 50, *SMALL) == 0
        with Image.open(tmp_path / f"{what}.gif") as film:
            assert (film.n_frames, film.size) == (6, (160, 120))
    out, err = capsys.readouterr()
    assert out == ""
    # Not a terminal: lines that can be read afterwards.
    assert err.count("100 % (6 of 6 frames)\n") == 4
    assert "\r" not in err


def test_a_length_in_seconds(tmp_path):
    assert export("three-segments", tmp_path / "a.apng", "--size", "64x48", "--fps", 5, "--seconds", 1.6) == 0
    with Image.open(tmp_path / "a.apng") as film:
        assert film.n_frames == 8


def test_a_slash_asks_for_numbered_pictures(tmp_path):
    folder = f"{tmp_path}/frames/"
    assert export("three-segments", folder, "--theme", "transparent", *SMALL) == 0
    assert sorted(path.name for path in Path(folder).iterdir())[-1] == "frame-00006.png"
    assert export("three-segments", folder, *SMALL) == 2
    assert export("three-segments", folder, "--force", *SMALL) == 0


def test_the_documents_own_recipe_holds_where_nothing_else_is_said(tmp_path):
    recipe = FilmRecipe(What.BUILD, APNG, PictureRecipe(96, 64, Theme.TRANSPARENT), fps=8, frames=5, hold=0.0)
    document = tmp_path / "own.reluviz"
    save(replace(load_example("three-segments"), film=recipe), document)
    for name in ("a.apng", "b.apng"):
        assert export(document, tmp_path / name) == 0
    with Image.open(tmp_path / "a.apng") as film:
        assert (film.n_frames, film.size, film.convert("RGBA").getpixel((1, 1))[3]) == (5, (96, 64), 0)
    assert (tmp_path / "a.apng").read_bytes() == (tmp_path / "b.apng").read_bytes()
    # A GIF cannot be transparent: what it cannot have is put right.
    assert export(document, tmp_path / "c.gif", "--fps", 4) == 0
    with Image.open(tmp_path / "c.gif") as film:
        assert film.n_frames == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["a.avi"], ".mp4, .webm, .gif, .apng, or / for numbered PNGs"),
        (["no/folder/a.mp4"], "there is no folder 'no/folder'"),
        (["a.mp4", "--size", "641x360"], "MP4 has even sides, not 641x360: 642x360 would do"),
        (["a.mp4", "--size", "50000x50000"], "--size: a picture is 1 to"),
        (["a.mp4", "--size", "9000x100"], "16 to 8192 pixels, not 9000"),
        (["a.mp4", "--frames", "0"], "1 to 20\u2009000 frames, not 0"),
        (["a.mp4", "--frames", "100000"], "not 100\u2009000"),
        (["a.mp4", "--seconds", "nan"], "--seconds: 'nan' is not a finite number"),
        (["a.mp4", "--seconds", "0"], "a film lasts more than 0 seconds"),
        (["a.mp4", "--frames", "3", "--seconds", "3"], "not allowed with"),
        (["a.mp4", "--fps", "1000"], "1 to 120 frames per second"),
        (["a.gif", "--fps", "60"], "GIF shows 1 to 50"),
        (["a.mp4", "--theme", "transparent"], "MP4 cannot be transparent"),
        (["a.mp4", "--pace", "fast"], "unknown name 'fast'"),
        (["a.mp4", "--what", "recording"], "not written: there is no recorded run: a fresh run can be filmed instead"),
        (["a.mp4", "--parameter", "w9"], "not written: w₉ cannot be swept: the network has 3 neurons"),
        (["a.mp4", "--parameter", "q"], "'q' is no parameter: as v1"),
        (["a.mp4", "--parameter", "w0"], "'w0' is no parameter"),
        (["a.mp4", "--between", "0", "1"], "--between: of which parameter"),
        (["a.mp4", "--parameter", "w1", "--between", "2", "2"], "two different values"),
        (["a.mp4", "--table", "loss"], "--table: an animation has none"),
        (["a.png", "--fps", "30"], "--fps: only an animation has that"),
    ],
)
def test_bad_input_gets_one_line_and_writes_nothing(tmp_path, monkeypatch, capsys, arguments, complaint):
    monkeypatch.chdir(tmp_path)
    assert export("three-segments", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("reluviz: ")
    assert complaint in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_replacing_a_film_has_to_be_asked_for(tmp_path, capsys):
    film = tmp_path / "a.gif"
    film.write_bytes(b"before")
    assert export("three-segments", film, *SMALL) == 2
    assert "(--force replaces it)" in capsys.readouterr().err
    assert film.read_bytes() == b"before"
    assert export("three-segments", film, "--force", *SMALL) == 0
    assert film.read_bytes().startswith(b"GIF89a")


def test_without_pyav_it_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "av", None)
    assert export("three-segments", tmp_path / "a.mp4", *SMALL) == 2
    assert "animations need PyAV" in capsys.readouterr().err


def test_a_run_that_diverges_says_so_and_is_written(tmp_path, capsys):
    document = load_example("sine-by-5-relus")
    wild = replace(document, settings=replace(document.settings, learning_rate=900.0))
    save(wild, tmp_path / "wild.reluviz")
    assert export(tmp_path / "wild.reluviz", tmp_path / "a.gif", *SMALL) == 0
    assert "J diverged after step" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.mp4", "frames/"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_nothing(tmp_path, name, number):
    command = [sys.executable, str(ROOT / "main.py"), "export", "three-segments", f"{tmp_path}/{name}"]
    options = ["--what", "build", "--size", "160x120", "--frames", "20000"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("0 %")
        process.send_signal(number)
        rest = process.stderr.read()
    assert process.returncode == 130
    assert rest.splitlines()[-1] == "reluviz: interrupted"
    assert list(tmp_path.iterdir()) == []


_WITHOUT_ROOM = """
import resource, sys
from reluviz.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
for name in sys.argv[1:]:
    print(main(["export", "three-segments", name, "--what", "build", "--size", "320x240", "--frames", "200"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_where_there_is_no_room_in_the_middle_one_line_says_so_and_nothing_is_left(tmp_path):
    """A file may not grow beyond 1 500 bytes here, which the system says when they are written."""
    names = ["a.mp4", "a.webm", "a.gif", "a.apng", "frames/"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_ROOM, *names],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert done.stdout.split() == ["2"] * 5
    complaints = [line for line in done.stderr.splitlines() if "frames)" not in line]
    assert complaints == [f"reluviz: {name}: not written: file too large" for name in names]
    assert list(tmp_path.iterdir()) == []
