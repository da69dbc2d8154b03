from __future__ import annotations

import pytest

from reluviz.core.lock_check import check_locks
from reluviz.core.network import Network
from reluviz.core.parameter import OUTPUT_BIAS, Kind, Locks, Parameter

W1, W2 = Parameter(Kind.OUTPUT_WEIGHT, 0), Parameter(Kind.OUTPUT_WEIGHT, 1)
PRESENT = Network([1.0, 1.0], [0.0, 1.0], [3.0, 4.0], 5.0)
WANTED = PRESENT.with_values({W2: -8.0, OUTPUT_BIAS: 0.0})


def test_only_what_would_have_to_move_is_named_the_first_first() -> None:
    with pytest.raises(ValueError, match=r"^w₂ is locked at 4\.000 and would have to be −8\.000; unlock it first$"):
        check_locks(PRESENT, WANTED, Locks(frozenset({OUTPUT_BIAS, W1, W2})))
    check_locks(PRESENT, WANTED, Locks(frozenset({W1})))
    check_locks(PRESENT, PRESENT, Locks(frozenset({OUTPUT_BIAS, W1, W2})))


def test_neurons_that_only_one_of_them_has_hold_nothing() -> None:
    one = Network([1.0], [0.0], [3.0], 5.0)
    locks = Locks(frozenset({W1, W2, OUTPUT_BIAS}))
    check_locks(PRESENT, one, locks)
    check_locks(one, PRESENT, locks)
