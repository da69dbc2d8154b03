"""Where films may go, and what is temporary there."""

import os
import time
from pathlib import Path

import pytest

from reluviz.export.output_place import OutputFile, OutputFolder, check_output
from reluviz.files.destination import DestinationError


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(DestinationError, match="there is no folder"):
        check_output(tmp_path / "no" / "film.mp4", False, True)


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    # Whoever runs the tests may be allowed everything.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    with pytest.raises(DestinationError, match="cannot be written to"):
        check_output(tmp_path / "film.mp4", False, True)


def test_a_folder_where_a_file_is_to_be(tmp_path):
    with pytest.raises(DestinationError, match="this is a folder"):
        check_output(tmp_path, False, True)


def test_a_file_where_a_folder_is_to_be(tmp_path):
    (tmp_path / "frames").write_bytes(b"")
    with pytest.raises(DestinationError, match="this is a file"):
        check_output(tmp_path / "frames", True, True)


def test_replacing_has_to_be_allowed(tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"")
    with pytest.raises(DestinationError, match="exists already"):
        check_output(tmp_path / "film.mp4", False, False)
    check_output(tmp_path / "film.mp4", False, True)


def test_a_folder_with_other_files_is_never_replaced(tmp_path):
    (tmp_path / "frame-00001.png").write_bytes(b"")
    with pytest.raises(DestinationError, match="holds 1 pictures already"):
        check_output(tmp_path, True, False)
    check_output(tmp_path, True, True)
    (tmp_path / "thesis.tex").write_bytes(b"")
    with pytest.raises(DestinationError, match="holds other files"):
        check_output(tmp_path, True, True)


def test_a_name_with_control_characters_stays_one_line(tmp_path):
    with pytest.raises(DestinationError) as error:
        check_output(tmp_path / "no\n\x1b[2J" / "film.mp4", False, True)
    assert str(error.value).isprintable()
    with pytest.raises(DestinationError):
        check_output(Path("bad\0name/film.mp4"), False, True)


@pytest.mark.parametrize("has_nameless", [True, False])
def test_a_file_appears_when_it_is_whole(tmp_path, monkeypatch, has_nameless):
    if not has_nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    target = tmp_path / "film.mp4"
    target.write_bytes(b"before")
    target.chmod(0o640)
    place = OutputFile(target)
    place.path.write_bytes(b"after")
    assert target.read_bytes() == b"before"
    place.commit()
    place.discard()
    assert target.read_bytes() == b"after"
    assert target.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["film.mp4"]


@pytest.mark.parametrize("has_nameless", [True, False])
def test_discarding_leaves_nothing(tmp_path, monkeypatch, has_nameless):
    if not has_nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    place = OutputFile(tmp_path / "film.mp4")
    place.path.write_bytes(b"half")
    place.discard()
    place.discard()
    place.commit()
    assert names(tmp_path) == []


def test_a_link_keeps_pointing_to_its_file(tmp_path):
    (tmp_path / "real.mp4").write_bytes(b"before")
    (tmp_path / "link.mp4").symlink_to(tmp_path / "real.mp4")
    place = OutputFile(tmp_path / "link.mp4")
    place.path.write_bytes(b"after")
    place.commit()
    assert (tmp_path / "link.mp4").is_symlink()
    assert (tmp_path / "real.mp4").read_bytes() == b"after"


def test_a_rename_that_fails_leaves_the_file_of_before(tmp_path, monkeypatch):
    target = tmp_path / "film.mp4"
    target.write_bytes(b"before")
    place = OutputFile(target)
    place.path.write_bytes(b"after")

    def refuse(*_):
        raise OSError("no")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="no"):
        place.commit()
    assert target.read_bytes() == b"before"
    assert names(tmp_path) == ["film.mp4"]


def test_a_folder_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "frames"
    for content in (b"one", b"two"):
        place = OutputFolder(target)
        (place.path / "frame-00001.png").write_bytes(content)
        place.commit()
        place.discard()
        assert (target / "frame-00001.png").read_bytes() == content
    place = OutputFolder(target)
    place.discard()
    assert names(tmp_path) == ["frames"]


def test_what_a_killed_export_left_goes(tmp_path):
    old, young = tmp_path / ".reluviz-0123456789ab.tmp", tmp_path / ".reluviz-ba9876543210.tmp"
    old.mkdir()
    young.write_bytes(b"")
    running = OutputFolder(tmp_path / "frames")
    long_ago = time.time() - 3600
    for path in (old, running.path):
        os.utime(path, (long_ago, long_ago))
    OutputFile(tmp_path / "film.mp4").discard()
    assert names(tmp_path) == sorted([young.name, running.path.name])
    running.discard()
