"""What a lock has in the way of a network that would have to be another one, in words."""

from __future__ import annotations

from reluviz.core.network import Network
from reluviz.core.notation import parameter_text, value_text
from reluviz.core.parameter import Locks, Parameter


def locked_sentence(parameter: Parameter, present: float, wanted: float) -> str:
    """That a lock holds a parameter at its present value, and what to do about it."""
    return (
        f"{parameter_text(parameter)} is locked at {value_text(present)} and would have to be {value_text(wanted)}; "
        "unlock it first"
    )


def check_locks(present: Network, wanted: Network, locks: Locks) -> None:
    """Raises ValueError, naming the first such parameter, where `wanted` has another value of a locked one."""
    locked = locks.below(min(wanted.neurons, present.neurons)).locked
    for parameter in sorted(locked, key=lambda parameter: parameter.position(present.neurons)):
        if wanted[parameter] != present[parameter]:
            raise ValueError(locked_sentence(parameter, present[parameter], wanted[parameter]))
