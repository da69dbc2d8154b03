"""A kernel in Numba's cache must not outlive a change of what it calls."""

from __future__ import annotations

from reluviz.core.kernels import elementary, full_batch, placing, sweep
from reluviz.core.kernels.compiled import compiled, source_stamp
from reluviz.core.kernels.placing import samples_left_of
from reluviz.core.smooth import NORMAL_TAIL


def test_a_caller_is_stamped_with_its_callees() -> None:
    for caller, callee in (
        (placing.place_hinges, samples_left_of),
        (full_batch.full_batch_steps, placing.place_hinges),
        (sweep.mean_cost, placing.place_hinges),
    ):
        own, _, *callees = source_stamp(caller)
        assert own == caller._cache._impl.locator.get_source_stamp()
        assert source_stamp(callee) in callees


def test_constants_are_part_of_the_stamp() -> None:
    _, constants, *_ = source_stamp(elementary._normal_below)
    assert NORMAL_TAIL in constants


def test_the_cache_compares_that_stamp() -> None:
    # What is private of Numba here is looked at, so that a change of it shows.
    cache = full_batch.full_batch_steps._cache
    assert cache._cache_file._source_stamp == source_stamp(full_batch.full_batch_steps)
    assert source_stamp(source_stamp) is None


def test_options() -> None:
    @compiled(inline=True, fast=frozenset({"contract"}))
    def twice(x: float) -> float:
        return 2.0 * x

    @compiled
    def four_times(x: float) -> float:
        return twice(twice(x))

    assert four_times(1.5) == 6.0
    assert twice.targetoptions["fastmath"] == {"contract"}
    assert twice.targetoptions["forceinline"] is True
    assert four_times.targetoptions["nogil"] is True
