"""Names for files, and what is found out before one is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.files import atomic_file
from reluviz.files.destination import DestinationError, check_destination, file_name, write_destination


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sine by 5 ReLUs", "Sine by 5 ReLUs"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("line\nbreak\tand\x00zero\x1b[2J", "line-break-and-zero-[2J"),
        ("..", "Untitled"),
        ("", "Untitled"),
        (" . . ", "Untitled"),
        ("CON", "_CON"),
        ("con.v2", "_con.v2"),
        ("Lpt9", "_Lpt9"),
        ("Condition", "Condition"),
        ("ends with dots...", "ends with dots"),
        ("Größe ŷ", "Größe ŷ"),
    ],
)
def test_names_from_titles(title, name):
    assert file_name(title) == name


@given(st.text())
def test_any_title_makes_a_name_of_one_file(title):
    name = file_name(title)
    assert name
    assert not set(name) & set('/\\:*?"<>|')
    assert name.isprintable()
    assert name not in {".", ".."}
    assert name == name.strip(" .")
    assert Path(name).name == name
    assert file_name(name) == name


def test_a_place_that_can_be_written_to(tmp_path):
    check_destination(tmp_path / "new.png", replaces=False)
    (tmp_path / "old.png").write_bytes(b"old")
    check_destination(tmp_path / "old.png", replaces=True)


def refusal(path, replaces=True):
    with pytest.raises(DestinationError) as caught:
        check_destination(path, replaces)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_places_that_cannot(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    assert "there is no folder" in refusal(tmp_path / "nowhere" / "a.png")
    assert "is not a folder" in refusal(tmp_path / "file" / "a.png")
    assert "this is a folder" in refusal(tmp_path / "folder.png")
    assert "already" in refusal(tmp_path / "file", replaces=False)
    assert refusal(tmp_path / "zero\0.png")
    assert refusal(tmp_path / ("long" * 100 + ".png") / "a")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
        assert "not a file" in refusal(tmp_path / "pipe.png")


def test_folders_and_files_without_permission(tmp_path, monkeypatch):
    (tmp_path / "old.png").write_bytes(b"old")
    refused = tmp_path
    monkeypatch.setattr(os, "access", lambda path, *_, **__: path != refused)
    monkeypatch.setattr(os, "supports_effective_ids", set())
    assert "cannot be written to" in refusal(tmp_path / "a.png")
    refused = tmp_path / "old.png"
    assert "read-only" in refusal(tmp_path / "old.png")


def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "old.png"
    path.write_bytes(b"old")
    written = []

    def write(descriptor, data):
        written.append(len(data))
        if len(written) > 1:
            raise OSError(28, "No space left on device")
        return 1

    monkeypatch.setattr(atomic_file.os, "write", write)
    with pytest.raises(DestinationError, match=r"old\.png: not written: the disk is full"):
        write_destination(path, b"new data")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["old.png"]
    assert len(written) == 2
