"""The encoder's thread: what waits in front of it, and whom it lets go first."""

import os
import sys
import threading

import pytest
from PySide6.QtGui import QImage

from reluviz.export.encoder import Encoder
from reluviz.export.output_place import OutputFolder

pytestmark = pytest.mark.usefixtures("qapp")


def priority():
    """This thread's, 0 where threads have none of their own."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) if sys.platform == "linux" else 0


class Noting:
    """Writes nothing, and knows how it was treated."""

    def __init__(self):
        self.may_write = threading.Event()
        self.priorities = []
        self.images = []

    def write(self, image):
        self.may_write.wait(60)
        self.images.append(image)
        self.priorities.append(priority())

    def finish(self):
        yield from ()

    def abandon(self):
        self.images.clear()


def frame(number, side=8):
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(number)
    return image


def begun(tmp_path, frames, **options):
    writer = Noting()
    encoder = Encoder(lambda: writer, OutputFolder(tmp_path / "frames"), frames, lambda: None, **options)
    encoder.start()
    return encoder, writer


def test_frames_are_written_in_their_order(tmp_path):
    encoder, writer = begun(tmp_path, 5)
    writer.may_write.set()
    for number in range(5):
        encoder.put(frame(number))
    encoder.join()
    assert encoder.is_done
    assert encoder.written == 5
    assert [image.pixel(0, 0) & 0xFFFFFF for image in writer.images] == list(range(5))
    assert (tmp_path / "frames").is_dir()


@pytest.mark.parametrize(("side", "room"), [(8, 8), (2000, 3)])
def test_only_so_many_frames_wait_as_memory_allows(tmp_path, side, room):
    encoder, writer = begun(tmp_path, 50)
    put = 0
    while encoder.has_room:
        encoder.put(frame(put, side))
        put += 1
    # One more may be in the writer's hands.
    assert room <= put <= room + 1
    writer.may_write.set()
    encoder.cancel()
    assert not encoder.is_done
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("steps_back", [True, False])
def test_beside_a_window_it_lets_the_others_go_first(tmp_path, steps_back):
    mine = priority()
    encoder, writer = begun(tmp_path, 1, steps_back=steps_back)
    writer.may_write.set()
    encoder.put(frame(1))
    encoder.join()
    # Elsewhere a priority is the whole process's.
    assert (writer.priorities[0] > mine) is (steps_back and sys.platform == "linux")
    assert priority() == mine


def test_an_error_in_the_program_is_told_and_goes_to_the_log(tmp_path, monkeypatch):
    logged, changed = [], threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda arguments: logged.append(arguments.exc_type))

    def open_writer():
        raise ZeroDivisionError

    encoder = Encoder(open_writer, OutputFolder(tmp_path / "frames"), 3, changed.set)
    encoder.start()
    assert changed.wait(60)
    encoder.join()
    assert encoder.failure == "an error in the program"
    assert logged == [ZeroDivisionError]
    assert list(tmp_path.iterdir()) == []
