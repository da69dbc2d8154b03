"""A save is whole or has not been: full disks, short writes, missing rights, kills; and what counts as saved."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reluviz.core.frame import Frame
from reluviz.core.kept import Kept
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter
from reluviz.core.recording import Moment, Recording
from reluviz.core.settings import TrainingSettings
from reluviz.core.start import Start
from reluviz.core.target import FunctionTarget, PointsTarget
from reluviz.core.timeline import Branch, Timeline
from reluviz.document.document import Document
from reluviz.document.document_file import DocumentFile
from reluviz.document.examples import NAMES, load_example
from reluviz.document.opened import OpenedDocument
from reluviz.document.state import opened_state
from reluviz.document.storage import DocumentError, load, save, write
from reluviz.files import atomic_file

ROOT = Path(__file__).resolve().parents[2]
OLD = OpenedDocument(title="old", target=FunctionTarget("sine"))
NEW = OpenedDocument(
    title="new",
    target=PointsTarget(((-1.0, -1.0), (0.25, 2.0), (1.0, 0.0)), -1.0, 1.0),
    start=Start(network=Network(np.ones(300), np.linspace(-1.0, 1.0, 300), np.ones(300))),
    network=Network(np.ones(300), np.linspace(-2.0, 2.0, 300), np.ones(300)),
    step=77,
    speed=12.5,
    locks=Locks(frozenset({OUTPUT_BIAS, Parameter(Kind.HIDDEN_WEIGHT, 2)})),
)
CALLS = ("open", "write", "fsync", "close", "replace")
W1 = Parameter(Kind.OUTPUT_WEIGHT, 0)

# The system's calls


class Calls:
    """Counts the system's calls that a save makes, and makes one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failing: int | None = None, number: int = errno.ENOSPC) -> None:
        self.made: list[str] = []
        for name in CALLS:
            monkeypatch.setattr(atomic_file.os, name, self.counted(name, getattr(os, name), failing, number))

    def counted(self, name: str, call: Callable[..., Any], failing: int | None, number: int) -> Callable[..., Any]:
        def counting(*arguments: Any, **options: Any) -> Any:
            self.made.append(name)
            if len(self.made) - 1 == failing:
                if name == "close":
                    call(*arguments)
                raise OSError(number, os.strerror(number))
            return call(*arguments, **options)

        return counting


def calls_of_a_save(path: Path) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        calls = Calls(patch)
        save(OLD, path)
    return calls.made


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_call_that_fails_leaves_the_old_file_or_the_new_one(tmp_path: Path, number: int) -> None:
    path = tmp_path / "mine.reluviz"
    made = calls_of_a_save(path)
    assert set(made) == set(CALLS)
    old, new = path.read_bytes(), write(NEW)
    for failing, name in enumerate(made):
        with pytest.MonkeyPatch.context() as patch:
            Calls(patch, failing, number)
            if failing <= made.index("replace"):
                with pytest.raises(DocumentError, match=r"mine\.reluviz: not saved: [a-z]"):
                    save(NEW, path)
                assert path.read_bytes() == old, name
            else:
                # The new file is there; only the folder's own entry could not be hurried.
                save(NEW, path)
                assert path.read_bytes() == new, name
                path.write_bytes(old)
        assert [file.name for file in tmp_path.iterdir()] == ["mine.reluviz"]


@pytest.mark.parametrize("most", [1, 7, 1000])
def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    whole = os.write
    monkeypatch.setattr(atomic_file.os, "write", lambda descriptor, data: whole(descriptor, data[:most]))
    path = tmp_path / "mine.reluviz"
    save(OLD, path)
    assert path.read_bytes() == write(OLD)


@pytest.mark.parametrize("end", ["nothing more", "no space"])
@pytest.mark.parametrize("room", [0, 1, 500])
def test_a_disk_that_fills_up_in_mid_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, end: str) -> None:
    path = tmp_path / "mine.reluviz"
    save(OLD, path)
    whole, left = os.write, [room]

    def write_while_there_is_room(descriptor: int, data: memoryview) -> int:
        if not left[0] and end == "no space":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = whole(descriptor, data[: left[0]]) if left[0] else 0
        left[0] -= written
        return written

    monkeypatch.setattr(atomic_file.os, "write", write_while_there_is_room)
    with pytest.raises(DocumentError, match="no space left on device"):
        save(NEW, path)
    assert path.read_bytes() == write(OLD)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.reluviz"]


# Places


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder, and no right to write to what is made read-only there, also where the tests run as root."""
    if os.name == "nt":
        pytest.skip("permissions as on Unix")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        is_root = os.geteuid() == 0
        path.chmod(0o777)
        try:
            if is_root:
                os.seteuid(65534)
            yield path
        finally:
            if is_root:
                os.seteuid(0)


def test_a_read_only_folder_keeps_its_file(ordinary_user: Path) -> None:
    folder = ordinary_user / "folder"
    folder.mkdir()
    path = folder / "mine.reluviz"
    save(OLD, path)
    folder.chmod(0o555)
    with pytest.raises(DocumentError, match=r"mine\.reluviz: not saved: permission denied"):
        save(NEW, path)
    assert path.read_bytes() == write(OLD)
    assert [file.name for file in folder.iterdir()] == ["mine.reluviz"]
    folder.chmod(0o755)


def test_a_read_only_file_is_not_replaced(ordinary_user: Path) -> None:
    path = ordinary_user / "mine.reluviz"
    save(OLD, path)
    path.chmod(0o444)
    with pytest.raises(DocumentError, match="not saved: this file is read-only"):
        save(NEW, path)
    assert path.read_bytes() == write(OLD)


def test_a_folder_that_has_vanished(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mine.reluviz"
    path.parent.mkdir()
    save(OLD, path)
    path.unlink()
    path.parent.rmdir()
    with pytest.raises(DocumentError, match="not saved: no such file or directory"):
        save(NEW, path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes as on Unix")
def test_what_is_not_a_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe.reluviz"
    os.mkfifo(path)
    with pytest.raises(DocumentError, match="not saved: this is not a file"):
        save(NEW, path)
    assert path.is_fifo()


# Kills

KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from dataclasses import replace
from reluviz.core.network import Network
from reluviz.core.start import Start
from reluviz.document.examples import load_example
from reluviz.document.storage import save, write

path = Path(sys.argv[1])
short = load_example("three-segments")
many = [float(j) for j in range(200)]
long = replace(short, start=Start(network=Network(many, many, many)))
wholes = [write(short), write(long)]
begun = time.perf_counter()
for _ in range(5):
    save(long, path)
    save(short, path)
# One and a half of both, however fast the disk is.
longest = (time.perf_counter() - begun) / 5 * 1.5
random.seed(5)
seen = [0, 0]
for _ in range(100):
    child = os.fork()
    if not child:
        while True:
            save(long, path)
            save(short, path)
    time.sleep(random.uniform(0.0, longest))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    seen[wholes.index(path.read_bytes())] += 1
print(*seen)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks and kills as on Unix")
def test_a_hundred_kills_leave_a_whole_file_and_nothing_that_piles_up(tmp_path: Path) -> None:
    path = tmp_path / "mine.reluviz"
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(path)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    short, long = map(int, done.stdout.split())
    assert short + long == 100
    assert min(short, long) > 0
    left = [file for file in tmp_path.iterdir() if file != path]
    assert left, "no kill fell into the middle of a save"
    # The young ones may be another program's that has just made them.
    save(OLD, path)
    assert sorted(file for file in tmp_path.iterdir() if file != path) == sorted(left)
    for file in left:
        os.utime(file, (0, 0))
    save(OLD, path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="locks as on Unix")
def test_a_temporary_file_that_another_program_writes_is_left_alone(tmp_path: Path) -> None:
    import fcntl

    temporary = tmp_path / ".reluviz-0123456789ab.tmp"
    with temporary.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.utime(temporary, (0, 0))
        save(OLD, tmp_path / "mine.reluviz")
        assert temporary.exists()
    save(OLD, tmp_path / "mine.reluviz")
    assert not temporary.exists()


# What counts as saved


Opener = Callable[..., tuple[Document, DocumentFile]]


@pytest.fixture
def opened(qapp: object) -> Iterator[Opener]:
    """Opens a document as a window does: with the file that it belongs to, if any."""
    documents: list[Document] = []

    def open_document(document: OpenedDocument, path: Path | None = None) -> tuple[Document, DocumentFile]:
        documents.append(Document(opened_state(document), document.title))
        documents[-1].kept = document.kept
        file = DocumentFile(documents[-1])
        file.set_opened(document, path)
        return documents[-1], file

    yield open_document
    for document in documents:
        document.close()


@pytest.mark.parametrize("name", [*NAMES, "new"])
def test_saved_opened_and_saved_again_gives_the_same_bytes(opened: Opener, tmp_path: Path, name: str) -> None:
    path = tmp_path / "mine.reluviz"
    document = NEW if name == "new" else load_example(name)
    save(opened(document)[1].begin_saving(), path)
    once = path.read_bytes()
    assert once == write(document)
    save(opened(load(path))[1].begin_saving(), path)
    assert path.read_bytes() == once


def test_a_trained_document_comes_back_where_it_was(opened: Opener, tmp_path: Path) -> None:
    document, file = opened(load_example("sine-by-5-relus"))
    network = document.network.with_values({W1: 0.1 + 0.2})
    document.edit("training settings", settings=TrainingSettings(0.125, 10, shuffle=True, steps=900))
    document.accept(Frame(network, step=500, running=True))
    file.set_speed(50.0)
    save(file.begin_saving(), tmp_path / "mine.reluviz")
    back = load(tmp_path / "mine.reluviz")
    assert back.network is not None
    assert back.network.same_as(network)
    assert (back.step, back.speed, back.settings) == (500, 50.0, document.state.settings)
    assert document.undo_stack.undoText() == "train 500 steps"


def test_training_alone_is_no_change_of_what_was_never_saved(opened: Opener) -> None:
    document, file = opened(load_example("sine-by-5-relus"))
    document.accept(Frame(document.network.with_values({W1: 2.0}), step=3, running=False))
    document.settle()
    assert not file.is_modified
    document.begin_gesture()
    document.preview({W1: 5.0})
    document.finish_gesture("drag w₁")
    assert file.is_modified
    document.undo_stack.undo()
    assert not file.is_modified


def test_a_long_training_is_a_change_to_lose(opened: Opener) -> None:
    document, _ = opened(load_example("sine-by-5-relus"))
    seconds = [0.0]
    file = DocumentFile(document, clock=lambda: seconds[0])

    def train(step: int, at: float, running: bool = True) -> bool:
        seconds[0] = at
        document.accept(Frame(document.network.with_values({W1: 2.0 + step}), step=step, running=running))
        if not running:
            document.settle()
        return file.is_modified

    start = document.network
    assert not any(train(1 + step, step) for step in range(30))
    assert not train(40, 29.5, running=False)
    assert not train(41, 5000.0), "resting is not training"
    assert not any(train(42 + step, 5000.0 + step) for step in range(30))
    assert train(100, 5031.0)
    document.edit("reset", by_hand=False, network=start, step=0)
    assert not file.is_modified
    assert not train(1, 6000.0)
    # Asleep between two frames, with the lid closed.
    assert not train(2, 60_000.0)
    assert any(train(3 + step, 60_000.0 + step) for step in range(62))
    document.set_timeline(Timeline((Branch(1, Recording.of([Moment(start, 0, 1.0)])),), 1))
    document.edit("reset", by_hand=False, network=start, step=0)
    train(0, 70_000.0)
    assert train(1, 70_001.0), "the long run is still recorded"


@pytest.mark.parametrize("is_run", [False, True])
def test_what_is_kept_to_compare_with_is_a_change_to_lose(opened: Opener, tmp_path: Path, is_run: bool) -> None:
    document, file = opened(load_example("sine-by-5-relus"))
    told: list[bool] = []
    file.changed.connect(lambda: told.append(file.is_modified))
    moment = Moment(document.network, 3, 0.5)
    document.keep(Recording.of([moment]) if is_run else Kept(moment))
    assert told == [True]
    document.keep(None)
    assert told == [True, False]
    document.keep(Recording.of([moment]) if is_run else Kept(moment))
    file.begin_saving()
    file.finish_saving(tmp_path / "mine.reluviz")
    assert not file.is_modified
    document.keep(None)
    assert file.is_modified


def test_a_kept_moment_of_an_example_is_no_change(opened: Opener) -> None:
    _, file = opened(load_example("thermometer-by-13-tanh"))
    assert not file.is_modified


def test_going_on_from_a_recorded_moment_is_a_change_to_lose(opened: Opener) -> None:
    document, file = opened(load_example("sine-by-5-relus"))
    document.accept(Frame(document.network.with_values({W1: 2.0}), step=9))
    document.show_moment(Moment(document.network, 4, 0.5))
    assert not file.is_modified, "looking back changes nothing"
    document.begin_from_shown()
    assert file.is_modified
    document.undo_stack.undo()
    assert not file.is_modified


def test_training_a_file_is_a_change_and_undo_takes_it_back(opened: Opener, tmp_path: Path) -> None:
    document, file = opened(load_example("sine-by-5-relus"))
    file.begin_saving()
    file.finish_saving(tmp_path / "mine.reluviz")
    said: list[bool] = []
    file.changed.connect(lambda: said.append(file.is_modified))
    document.accept(Frame(document.network.with_values({W1: 2.0}), step=3, running=True))
    assert said == [True]
    document.accept(Frame(document.network.with_values({W1: 3.0}), step=4, running=False))
    document.settle()
    assert said == [True]
    document.undo_stack.undo()
    assert said == [True, False]


def test_saving_in_mid_training_counts_for_what_was_written(opened: Opener, tmp_path: Path) -> None:
    document, file = opened(load_example("sine-by-5-relus"))
    document.accept(Frame(document.network.with_values({W1: 2.0}), step=3, running=True))
    assert file.begin_saving().step == 3
    assert not file.is_modified
    document.accept(Frame(document.network.with_values({W1: 3.0}), step=4, running=True))
    document.settle()
    file.finish_saving(tmp_path / "mine.reluviz")
    assert file.is_modified
    assert (file.name, file.path) == ("mine", tmp_path / "mine.reluviz")
    document.undo_stack.undo()
    assert not file.is_modified


def test_what_is_in_the_hand_is_written_but_not_taken_for_saved(opened: Opener) -> None:
    document, file = opened(load_example("three-segments"))
    document.begin_gesture()
    document.preview({W1: 9.0})
    network = file.begin_saving().network
    assert network is not None
    assert network[W1] == 9.0
    assert file.is_modified
    file.finish_saving(Path("mine.reluviz"))
    document.cancel_gesture()
    assert file.is_modified, "the file holds what Escape took back"


def test_a_save_that_failed_leaves_it_unsaved(opened: Opener) -> None:
    document, file = opened(load_example("three-segments"), Path("old.reluviz"))
    document.edit("training settings", settings=TrainingSettings(0.5))
    file.begin_saving()
    file.cancel_saving()
    assert file.is_modified
    assert file.path == Path("old.reluviz")


@pytest.mark.parametrize("path", [None, Path("old.reluviz")])
def test_what_is_kept_is_a_change_to_lose_also_after_a_save_that_failed(opened: Opener, path: Path | None) -> None:
    document, file = opened(load_example("three-segments"), path)
    document.keep(Kept(Moment(document.network, 0, 0.5)))
    file.begin_saving()
    assert not file.is_modified
    file.cancel_saving()
    assert file.is_modified
    file.begin_saving()
    file.finish_saving(Path("new.reluviz"))
    assert not file.is_modified


def test_a_recovered_document_is_unsaved_from_the_start(opened: Opener) -> None:
    _, file = opened(load_example("three-segments"))
    assert not file.is_modified
    file.set_opened(load_example("three-segments"), None, modified=True)
    assert file.is_modified
    file.begin_saving()
    assert not file.is_modified


def test_names(opened: Opener) -> None:
    document = load_example("three-segments")
    assert opened(document)[1].name == "Three segments by three ReLUs"
    assert opened(document, Path("/a/b.c.reluviz"))[1].name == "b.c"
    assert opened(replace(document, title=""))[1].name == "Untitled"
