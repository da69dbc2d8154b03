"""What is drawn, as a part of the document's view."""

from __future__ import annotations

from typing import Literal

from reluviz.core.picture import Order, Picture, Rays
from reluviz.document.part import Part, located


class PicturePart(Part, omit_defaults=True):
    """What is drawn. Neurons are counted from 0 as in the network's lists."""

    rays: Literal["scaled", "raw", "partial sums"] = "scaled"
    order: Literal["kink", "index"] = "kink"
    added: int | None = None
    hidden: tuple[int, ...] = ()
    solo: int | None = None
    output: bool = True
    residual: bool = False
    largest_error: bool = False


def picture_of(part: PicturePart) -> Picture:
    """Raises DocumentError where it is impossible."""
    with located("$.view.picture"):
        return Picture(
            Rays(part.rays),
            Order(part.order),
            part.added,
            frozenset(part.hidden),
            part.solo,
            part.output,
            part.residual,
            part.largest_error,
        )


def picture_part(picture: Picture) -> PicturePart | None:
    """None for what is drawn by default."""
    part = PicturePart(
        picture.rays.value,
        picture.order.value,
        picture.added,
        tuple(sorted(picture.hidden)),
        picture.solo,
        picture.output,
        picture.residual,
        picture.largest_error,
    )
    return None if part == PicturePart() else part
