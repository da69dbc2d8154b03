"""Columns of very many numbers in a document."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from reluviz.core.data_target import DataTarget
from reluviz.core.point_list import PointList
from reluviz.core.target import PointsTarget
from reluviz.document.examples import load_example
from reluviz.document.packed_part import MOST_WRITTEN_OUT, PackedPart, numbers_of, numbers_part
from reluviz.document.part import DocumentError
from reluviz.document.storage import read, write

MANY = np.random.default_rng(1).normal(size=MOST_WRITTEN_OUT + 1)


def test_few_numbers_can_be_read_by_eye_and_many_are_packed() -> None:
    few = np.array([1.0, 0.1, -1e100])
    assert numbers_part(few) == (1.0, 0.1, -1e100)
    assert numbers_of((1.0, 0.1, -1e100), "$").tolist() == few.tolist()
    packed = numbers_part(MANY)
    assert isinstance(packed, PackedPart)
    assert np.array_equal(numbers_of(packed, "$"), MANY)
    assert not numbers_of(packed, "$").flags.writeable


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"count": MOST_WRITTEN_OUT}, r"^y.numbers: not as long as 10000 numbers are"),
        ({"checksum": 1}, r"^y.numbers: damaged"),
        ({"numbers": "*" * 106_680}, r"^y.numbers: not base64"),
    ],
)
def test_damage_is_found_and_named(change: dict[str, object], message: str) -> None:
    packed = numbers_part(MANY)
    assert isinstance(packed, PackedPart)
    assert len(packed.numbers) == 106_680
    fields = {name: getattr(packed, name) for name in ("count", "checksum", "numbers")}
    with pytest.raises(DocumentError, match=message):
        numbers_of(PackedPart(**(fields | change)), "y")


def test_many_data_come_back_from_a_document_to_the_last_digit() -> None:
    example = load_example("sine-by-5-relus")
    settings = replace(example.settings, batch_size=None, window_limit=None)
    x = np.sort(MANY)
    data = write(replace(example, target=DataTarget(x, MANY), settings=settings))
    assert len(data) < 15 * len(x) * 2
    opened = read(data).target
    assert isinstance(opened, DataTarget)
    assert np.array_equal(opened.x, x)
    assert np.array_equal(opened.y, MANY)


def test_many_points_come_back_from_a_document_to_the_last_digit() -> None:
    example = load_example("three-segments")
    x = np.unique(MANY)
    target = PointsTarget(PointList(np.column_stack((x, np.sin(x)))))
    data = write(replace(example, target=target))
    assert len(data) < 25 * len(x)
    opened = read(data).target
    assert opened == target
    assert read(write(replace(example, target=PointsTarget(target.points[:3])))).target == PointsTarget(
        target.points[:3]
    )


def test_half_a_point_is_refused() -> None:
    tree = json.loads(write(load_example("three-segments")))
    packed = numbers_part(MANY)
    assert isinstance(packed, PackedPart)
    names = ("count", "checksum", "numbers")
    tree["target"]["points"] = {name: getattr(packed, name) for name in names}
    with pytest.raises(DocumentError, match=r"^target\.points\.count: x and y of points are an even number"):
        read(json.dumps(tree).encode())
    tree["target"]["points"]["checksum"] = 1
    with pytest.raises(DocumentError, match=r"^target\.points\.numbers: damaged"):
        read(json.dumps(tree).encode())


def test_numbers_that_are_none_are_refused_however_they_are_written() -> None:
    example = load_example("sine-by-5-relus")
    settings = replace(example.settings, batch_size=None, window_limit=None)
    spoilt = MANY.copy()
    spoilt[7] = np.nan
    good = write(replace(example, target=DataTarget(np.sort(MANY), MANY), settings=settings))
    packed, other = numbers_part(MANY), numbers_part(spoilt)
    assert isinstance(packed, PackedPart)
    assert isinstance(other, PackedPart)
    text = good.decode().replace(packed.numbers, other.numbers)
    text = text.replace(f'"checksum": {packed.checksum}', f'"checksum": {other.checksum}')
    with pytest.raises(DocumentError, match=r"^target: the data must be finite numbers"):
        read(text.encode())
