"""The corners of lines that are stroked segment by segment: closed as by a pen that goes along the whole line."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reluviz.core.arrays import FloatArray

# A line that turns by more than this at a corner gets a round one: a mitre would stand out by more than a twentieth of
# the pen's width.
_SHARPEST_MITRE = math.radians(45.0)
# Two edges that only meet, each smoothed, let the ground through: by so many pixels they overlap, which does not show.
_OVERLAP = 0.75
# A line with more sharp corners than this is a thicket, in which none is seen for itself.
_MOST_ROUND = 60


@dataclass(frozen=True, eq=False)
class JoinedSegments:
    """`segments`, shape (n, 4), to be stroked with flat ends, and `dots`, shape (m, 2), as wide as the pen."""

    segments: FloatArray
    dots: FloatArray


def joined(segments: FloatArray, width: float) -> JoinedSegments:
    """Segments of shape (n, 4), finite, with their corners closed for a pen of this `width`.

    Where one segment begins at the end of the one before it, both go on past the corner until their outer edges meet,
    by width/2 · tan(half the turn), which is the mitre exactly, or a little more; at sharper corners lies a dot.
    """
    along = segments[:, 2:] - segments[:, :2]
    length = np.hypot(along[:, 0], along[:, 1])
    if not length.all():
        seen = length > 0.0
        segments, along, length = segments[seen], along[seen], length[seen]
    if len(segments) < 2:
        return JoinedSegments(segments, np.zeros((0, 2)))
    direction = along / length[:, None]
    before, after = direction[:-1], direction[1:]
    cosine = (before * after).sum(axis=1)
    meets = (segments[:-1, 2:] == segments[1:, :2]).all(axis=1)
    is_sharp = meets & (cosine < math.cos(_SHARPEST_MITRE))
    is_thicket = np.count_nonzero(is_sharp) > _MOST_ROUND
    with np.errstate(divide="ignore", invalid="ignore"):
        half_turn = np.sqrt((1.0 - cosine).clip(0.0) / (1.0 + cosine))
    beyond = np.maximum(0.5 * width * half_turn, _OVERLAP)
    beyond[is_sharp] = 0.5 * width if is_thicket else 0.0
    beyond[~meets] = 0.0
    longer = segments.copy()
    longer[:-1, 2:] += before * beyond[:, None]
    longer[1:, :2] -= after * beyond[:, None]
    return JoinedSegments(longer, segments[1:, :2][is_sharp & (not is_thicket)])
