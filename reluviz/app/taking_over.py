"""What else changes with the target, and what the user is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reluviz.core.network import Network
from reluviz.core.placement import EVEN, is_misplaced, misplaced_text, placed
from reluviz.core.start import Start
from reluviz.core.target import Target
from reluviz.document.document import Document


@dataclass(frozen=True)
class Taken:
    """Changes of the state, and one sentence for each that needs a word."""

    changes: dict[str, Any]
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The notes as one line."""
        return ". ".join(f"{note[:1].upper()}{note[1:]}" for note in self.notes)


def taken_over(document: Document, target: Target, *, begins_anew: bool = False) -> Taken:
    """What it takes to make `target` the document's.

    A batch larger than its samples becomes the full batch. Kinks that its domain leaves outside are noted; with
    `begins_anew` a network that is still as it was initialized is initialized on the new domain instead.
    """
    state, network = document.state, document.network
    settings, note = state.settings.fitting(state.sampling.trained(target))
    changes: dict[str, Any] = {"target": target, "settings": settings}
    notes = [note] if note else []
    domain = target.low, target.high
    if is_misplaced(network, *domain) and not is_misplaced(network, state.target.low, state.target.high):
        start = placed(state.start, *domain)
        if start is None:
            notes.append(misplaced_text(network, *domain))
        elif begins_anew and _is_untouched(document):
            changes |= {"start": start, "network": start.begin(*domain)[0]}
            how = "evenly spaced now" if start.initializer == EVEN else "drawn anew"
            notes.append(f"{misplaced_text(network, *domain, 'lay')}: {how}")
        else:
            notes.append(f"{misplaced_text(network, *domain)}. {_remedy(state.start, start)}")
    return Taken(changes, tuple(notes))


def _is_untouched(document: Document) -> bool:
    """Whether neither hand nor training has changed the network since it was initialized."""
    state = document.state
    if state.start.network is not None or state.locks.locked or document.present.step or document.frame.step:
        return False
    first: Network = state.start.begin(state.target.low, state.target.high)[0]
    return document.network.same_as(first) and not document.present.running


def _remedy(present: Start, start: Start) -> str:
    if start.initializer == present.initializer:
        return "Ctrl+Shift+R starts anew"
    return "To begin within, choose the initializer “even kinks”"
