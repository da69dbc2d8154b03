from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reluviz.core.dataset import Sampling
from reluviz.core.network import Network
from reluviz.core.recording import Moment, Recording
from reluviz.core.target import FunctionTarget
from reluviz.core.timeline import Branch, Course, Timeline
from reluviz.document.autosave import Autosave, left_behind
from reluviz.document.examples import load_example
from reluviz.document.opened import OpenedDocument
from reluviz.document.recent_files import MAX_FILES, RecentFiles
from reluviz.document.storage import DocumentError, write

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = load_example("three-segments")

OTHER_PROGRAM = """
import sys
from pathlib import Path
from reluviz.document.autosave import Autosave
from reluviz.document.examples import load_example
autosave = Autosave.new(Path(sys.argv[1]))
autosave.write(load_example("three-segments"), Path("/somewhere/mine.reluviz"))
print(autosave.path, flush=True)
sys.stdin.read()
autosave.discard()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "autosave"


def other_program(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert Path(process.stdout.readline().strip()).parent == folder
    return process


def files(folder: Path) -> list[str]:
    return sorted(file.suffix for file in folder.iterdir())


def test_what_is_written_is_read_again_and_goes_without_a_trace(folder: Path) -> None:
    autosave = Autosave.new(folder)
    autosave.write(DOCUMENT, Path("/somewhere/déjà.reluviz"))
    recovered = autosave.read()
    assert write(recovered.document) == write(DOCUMENT)
    assert recovered.path == Path("/somewhere/déjà.reluviz")
    autosave.write(DOCUMENT, None)
    assert autosave.read().path is None
    autosave.discard()
    assert files(folder) == []


def test_each_has_a_file_of_its_own(folder: Path) -> None:
    one, other = Autosave.new(folder), Autosave.new(folder)
    one.write(DOCUMENT, None)
    other.write(replace(DOCUMENT, title="other"), None)
    assert one.path != other.path
    assert one.read().document.title == DOCUMENT.title
    assert Autosave(one.path).acquire() is False
    with pytest.raises(DocumentError, match="not saved: the lock"):
        Autosave(one.path).write(DOCUMENT, None)
    one.discard()
    other.discard()


def test_a_killed_program_leaves_its_document_a_living_one_keeps_it(folder: Path) -> None:
    killed, living = other_program(folder), other_program(folder)
    assert left_behind(folder) == []
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    found = left_behind(folder)
    assert [autosave.path.name.partition("-")[0] for autosave in found] == [str(killed.pid)]
    assert found[0].read().document.title == DOCUMENT.title
    assert found[0].read().path == Path("/somewhere/mine.reluviz")
    assert left_behind(folder) == [], "it is this process's now"
    found[0].release()
    (again,) = left_behind(folder)
    again.discard()
    living.communicate("")
    assert files(folder) == []


def test_the_newest_comes_first(folder: Path) -> None:
    made = [Autosave.new(folder) for _ in range(3)]
    for i, autosave in enumerate(made):
        autosave.write(DOCUMENT, None)
        os.utime(autosave.path, (i, i))
        autosave.release()
    found = left_behind(folder)
    assert [autosave.path for autosave in found] == [autosave.path for autosave in reversed(made)]
    assert [autosave.read().modified for autosave in found] == [2, 1, 0]


def test_what_cannot_be_read_is_set_aside(folder: Path) -> None:
    autosave = Autosave.new(folder)
    autosave.write(DOCUMENT, None)
    autosave.path.write_bytes(b"{")
    autosave.release()
    (found,) = left_behind(folder)
    with pytest.raises(DocumentError, match="not JSON, or cut short"):
        found.read()
    found.set_aside()
    assert left_behind(folder) == []
    assert files(folder) == [".damaged"]


def test_locks_and_paths_alone_are_cleared_away(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "1-a.path").write_text("x")
    (folder / "1-b.lock").write_text("x")
    os.utime(folder / "1-b.lock", (0, 0))
    assert left_behind(folder) == []
    assert not (folder / "1-a.path").exists()
    assert left_behind(folder / "none") == []


def test_a_failed_write_keeps_the_one_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    autosave = Autosave.new(folder)
    autosave.write(DOCUMENT, None)
    with pytest.raises(DocumentError, match="not saved"):
        autosave.write(replace(DOCUMENT, title="x" * 500), None)
    assert autosave.read().document.title == DOCUMENT.title
    autosave.discard()


def test_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DocumentError, match="not saved"):
        Autosave.new(tmp_path / "file" / "autosave").write(DOCUMENT, None)


def test_recent_files_newest_first_each_once_and_no_more_than_ten(qapp: object, tmp_path: Path) -> None:
    for i in [*range(12), 5]:
        RecentFiles().add(tmp_path / f"{i}.reluviz")
    assert [path.stem for path in RecentFiles().paths] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert len(RecentFiles().paths) == MAX_FILES
    RecentFiles().remove(tmp_path / "x" / ".." / "11.reluviz")
    assert [path.stem for path in RecentFiles().paths][:2] == ["5", "10"]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [("", []), (3, []), (["", "relative", "/a/b", "/a/b"], ["/a/b"]), ("/one", ["/one"])],
)
def test_damaged_settings_give_no_recent_files(qapp: object, stored: object, expected: list[str]) -> None:
    from PySide6.QtCore import QSettings

    QSettings().setValue("recent_files", stored)
    assert [path.as_posix() for path in RecentFiles().paths] == expected


def test_an_autosave_has_the_recorded_run_in_few_bytes(folder):
    random = np.random.default_rng(0)
    moments = [Moment(Network.from_vector(random.normal(size=301)), step, 1.0) for step in range(1500)]
    target = FunctionTarget("sine")
    run = Branch(1, Recording.of(moments), Course(target, Sampling(), "half_mse"))
    autosave = Autosave.new(folder)
    autosave.write(OpenedDocument("mine", target, timeline=Timeline((run,), 1)), None)
    assert autosave.path.stat().st_size < 2 * 2**20
    recording = autosave.read().document.timeline.recording
    assert 50 < len(recording) < 1500
    assert recording[-1].network.same_as(moments[-1].network)
    autosave.discard()
