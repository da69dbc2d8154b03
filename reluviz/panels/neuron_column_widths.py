"""The heads of the neuron table, and how it shares its width among its columns."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from reluviz.core.network import Status
from reluviz.panels.neuron_columns import NUMBERS, Column
from reluviz.panels.neuron_delegate import NUMBER_MARGINS
from reluviz.panels.neuron_status import BADGES
from reluviz.panels.neuron_swatch import PADDING, swatch_side

_NARROWEST_NUMBER = "−0.00"


def dress_headers(table: QTableView) -> None:
    """Fixed rows without heads, and columns whose heads are to be read, not clicked."""
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setSectionsClickable(False)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setMinimumSectionSize(20)


def column_widths(metrics: QFontMetrics, neurons: int, width: int) -> dict[Column, int]:
    """The numbers share what the first and the last column leave; below five characters the table scrolls."""
    digits = max(2, len(str(neurons)))
    index = 3 * PADDING + swatch_side(metrics) + metrics.horizontalAdvance("0" * digits)
    words = [words[-1] for words in BADGES.values()] + [BADGES[Status.ACTIVE][0]]
    status = max(metrics.horizontalAdvance(word) for word in words) + 3 * PADDING + 1
    narrowest = metrics.horizontalAdvance(_NARROWEST_NUMBER) + sum(NUMBER_MARGINS)
    room = max(width - index - status, narrowest * len(NUMBERS))
    shares = {column: room * (i + 1) // len(NUMBERS) - room * i // len(NUMBERS) for i, column in enumerate(NUMBERS)}
    return {Column.INDEX: index, Column.STATUS: status, **shares}
