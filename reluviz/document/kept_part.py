"""What is kept to compare with, as a part of the document: a moment, or a whole run."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec

from reluviz.core.kept import Kept
from reluviz.core.recorder import thinned
from reluviz.core.recording import Moment, Recording
from reluviz.core.target import Target
from reluviz.document.network_part import NetworkPart, network_of, network_part
from reluviz.document.part import DocumentError, Line, Part, sparing
from reluviz.document.recording_part import StretchPart, recording_of, stretches
from reluviz.document.training_part import Steps

# What a document has room for: bytes and moments. Nobody compares more closely than that.
_ROOM = (2 * 2**20, 512)


class KeptPart(Part, omit_defaults=True, kw_only=True):
    """A moment to compare with, and its losses, where they are finite."""

    name: Line = ""
    step: Steps = 0
    loss: float | None = None
    validation_loss: float | None = None
    network: NetworkPart


class KeptRunPart(Part):
    """A run to compare with."""

    stretches: Annotated[tuple[StretchPart, ...], msgspec.Meta(min_length=1, max_length=2**10)]


def kept_of(moment: KeptPart | None, run: KeptRunPart | None) -> Kept | Recording | None:
    """Raises DocumentError where it is impossible."""
    if run is not None:
        if moment is not None:
            raise DocumentError("$.kept_run: a moment is kept, and not a run too")
        return recording_of(run.stretches, "$.kept_run")
    if moment is None:
        return None
    network = network_of(moment.network, "$.kept.network")
    loss = math.nan if moment.loss is None else moment.loss
    return Kept(Moment(network, moment.step, loss, moment.validation_loss), moment.name)


def kept_part(kept: Kept | Recording | None) -> KeptPart | None:
    """What to write for a moment; None for anything else."""
    if not isinstance(kept, Kept):
        return None
    moment = kept.moment
    return sparing(
        KeptPart(
            name=kept.name,
            step=moment.step,
            loss=_finite(moment.loss),
            validation_loss=_finite(moment.validation_loss),
            network=network_part(moment.network),
        )
    )


def _finite(loss: float | None) -> float | None:
    """JSON has no other numbers."""
    return loss if loss is not None and math.isfinite(loss) else None


def kept_run_part(kept: Kept | Recording | None, target: Target) -> KeptRunPart | None:
    """What to write for a run, thinned out where it is long; None for anything else. `target` is the document's."""
    if not isinstance(kept, Recording):
        return None
    return KeptRunPart(tuple(stretches(thinned(kept, target.low, target.high, *_ROOM))))
