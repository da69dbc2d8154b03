"""The benchmark scripts run; what they measure is no matter for a test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def quick_result(script: str) -> dict[str, Any]:
    """What a script prints after a trial run: one JSON object."""
    done = subprocess.run(
        [sys.executable, FOLDER / f"{script}.py", "--quick", "--json"],
        capture_output=True,
        text=True,
        cwd=FOLDER.parent.parent,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert isinstance(result, dict)
    return result


def test_training_benchmark_prints_one_json_object() -> None:
    # The peers are compared with each other inside, so this also holds reluviz against those installed.
    result = quick_result("training")
    assert [(row["neurons"], row["samples"]) for row in result["rows"]] == [(3, 1024), (100, 1024)]
    for row in result["rows"]:
        assert {"reluviz", "NumPy"} <= row["microseconds"].keys()
    assert list(result["optimizers"]) == ["sgd", "momentum", "nesterov", "rmsprop", "adam"]
    assert {"relu", "leaky_relu", "identity", "hardtanh", "tanh", "gelu"} <= result["activations"].keys()
    for row in (*result["rows"], result["mini_batches"], result["tanhs"]):
        assert all(value > 0 for value in row["microseconds"].values())
        assert row["times_reluviz"]["reluviz"] == 1.0


def test_frames_benchmark_prints_one_json_object() -> None:
    result = quick_result("frames")
    assert [row["rays"] for row in result["rows"]] == [3, 100]
    assert all(row["milliseconds"]["reluviz"] > 0 for row in result["rows"])
    assert result["window"]["start_seconds"] > 0
    for run in result["window"]["flat_out"].values():
        assert run["frames_per_second"] > 0
        assert run["steps_per_second"] > 0
    assert all(milliseconds > 0 for milliseconds in result["hand"].values())
    assert sum("1000 neurons" in each["target"] for each in result["targets"]) == 3


def test_export_benchmark_prints_one_json_object() -> None:
    result = quick_result("export")
    row = result["presets"]["veryfast"]
    assert min(row["reluviz"], row["encoder"], row["painting"]) > 0
    assert result["megabytes"] > 0


def test_timeline_benchmark_prints_one_json_object() -> None:
    result = quick_result("timeline")
    assert list(result["recording_cost"]) == ["5", "100"]
    assert all(0 < cost["later"] < 1 for cost in result["recording_cost"].values())
    for run in result["scrub_milliseconds"].values():
        assert run["moments"] > 10_000
        assert 0 < run["median"] <= run["99th"]
    for kept in result["kept"].values():
        assert kept["steps"] >= 10**9
        assert kept["megabytes"] <= result["budget_megabytes"] == 64


def test_big_data_benchmark_prints_one_json_object() -> None:
    result = quick_result("big_data")
    assert list(result["rows"]) == ["few", "exact", "noise and validation"]
    for row in result["rows"].values():
        assert row["frames_per_second"] > 0
        assert row["steps_per_second"] > 0
    for many in ("exact", "noise and validation"):
        assert result["rows"][many]["first_frame_seconds"] > 0
        assert 0 < result["rows"][many]["peak_megabytes"] < 2000
    assert len(result["pause_milliseconds"]) == 4
    assert min(result["document"].values()) > 0
