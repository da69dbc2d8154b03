"""A document as what pictures and films are made of. Qt is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluviz.core.dataset import Split
from reluviz.core.sample_marks import is_worth_marking
from reluviz.core.training_text import LOSS_TITLES
from reluviz.document.opened import OpenedDocument

if TYPE_CHECKING:
    from reluviz.export.subject import Subject


def exported_subject(document: OpenedDocument, split: Split | None) -> Subject:
    """What stays the same over all pictures of the document; its samples are `split`, where they are known."""
    from reluviz.export.subject import Subject  # noqa: PLC0415

    marked = split is not None and is_worth_marking(split, document.sampling, document.target)
    return Subject(
        document.target,
        document.picture,
        document.title,
        split if marked else None,
        LOSS_TITLES[document.settings.loss],
        document.axes,
    )
