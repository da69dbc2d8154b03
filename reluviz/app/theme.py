"""Light and dark appearance: every colour of Qt's Fusion style, made from the program's palette."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from reluviz import resource_files
from reluviz.core.palette import Palette
from reluviz.plot.axes import FAMILIES

BASE_POINT_SIZE = 11.0
_CAPTION_SCALE = 0.82
_TABLE_SCALE = 0.9  # seven columns beside the plot: like a table in a book

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


def apply(app: QApplication, palette: Palette, scale: float = 1.0) -> None:
    """Gives the whole program `palette`'s colours and letters of `scale` times the usual size.

    Where the program has them already nothing happens: to dress every widget anew takes half a second.
    """
    colours, letters = qt_palette(palette), font(scale)
    sheet = _style_sheet(palette, letters)
    if app.styleSheet() == sheet:
        return
    style = app.style()
    if style is None or style.name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(colours)
    QToolTip.setPalette(colours)
    app.setFont(letters)
    QToolTip.setFont(letters)
    # Before the event loop runs, Qt does not hand new letters on to the windows that are there already.
    for window in app.topLevelWidgets():
        window.setFont(QFont())
    app.setStyleSheet(sheet)


def font(scale: float = 1.0) -> QFont:
    """The program's letters, with figures of equal width."""
    letters = QFont()
    letters.setFamilies(FAMILIES)
    letters.setPointSizeF(BASE_POINT_SIZE * scale)
    letters.setFeature(QFont.Tag("tnum"), 1)
    return letters


def qt_palette(palette: Palette) -> QPalette:
    """Every role of every group, so that nothing of the desktop's own colours shines through."""
    window, surface, text = QColor(palette.window), QColor(palette.surface), QColor(palette.text)
    muted, border, accent = QColor(palette.muted), QColor(palette.border), QColor(palette.accent)
    button = _mixed(surface, border, 0.25) if palette.is_dark else surface
    on_accent = QColor("#0b0d11" if palette.is_dark else "#ffffff")
    disabled = _mixed(muted, window, 0.35)
    roles = {
        _Role.Window: window,
        _Role.WindowText: text,
        _Role.Base: surface,
        _Role.AlternateBase: _mixed(surface, window, 0.6),
        _Role.Text: text,
        _Role.PlaceholderText: muted,
        _Role.Button: button,
        _Role.ButtonText: text,
        _Role.BrightText: QColor("#ffffff"),
        _Role.ToolTipBase: surface,
        _Role.ToolTipText: text,
        _Role.Highlight: accent,
        _Role.HighlightedText: on_accent,
        _Role.Accent: accent,
        _Role.Link: accent,
        _Role.LinkVisited: _mixed(accent, muted, 0.5),
        _Role.Light: _mixed(surface, QColor("#ffffff"), 0.08 if palette.is_dark else 1.0),
        _Role.Midlight: _mixed(button, window, 0.5),
        _Role.Mid: border,
        _Role.Dark: _mixed(border, text, 0.25),
        _Role.Shadow: QColor("#000000"),
        _Role.NoRole: text,
    }
    greyed = {
        _Role.WindowText: disabled,
        _Role.Text: disabled,
        _Role.ButtonText: disabled,
        _Role.PlaceholderText: disabled,
        _Role.Base: window,
        _Role.Button: window,
        _Role.Highlight: border,
        _Role.HighlightedText: muted,
        _Role.Accent: border,
        _Role.Link: disabled,
    }
    colours = QPalette()
    for role, colour in roles.items():
        for group in (_Group.Active, _Group.Inactive):
            colours.setColor(group, role, colour)
        colours.setColor(_Group.Disabled, role, greyed.get(role, colour))
    return colours


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    """`first` with `share` of `second` in it."""
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in zip(_rgb(first), _rgb(second), strict=True)))


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _style_sheet(palette: Palette, letters: QFont) -> str:
    """What Fusion cannot do by its palette alone: check boxes and slider handles that can be seen on dark ground and
    grow with the text, table headers with room beside their text. And letters of other sizes than the usual: Qt forgets
    those that a widget was given by setFont, as soon as the style sheet changes.
    """
    indicator = round(QFontMetrics(letters).height() * 0.85) - 4
    handle = indicator // 2 * 2 + 2
    small, tabular = letters.pointSizeF() * _CAPTION_SCALE, letters.pointSizeF() * _TABLE_SCALE
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    tick = (resource_files.directory() / "style" / f"tick_{palette.name}.svg").as_posix()
    return f"""
QLabel#caption {{ color: {palette.muted}; font-size: {small:.2f}pt; }}
QLabel#problem {{ color: {palette.warning}; font-size: {small:.2f}pt; }}
QLabel#heading {{ font-weight: bold; }}
QLineEdit#formula {{ font-family: "{fixed}"; }}
QTableView, QTableView QWidget {{ font-size: {tabular:.2f}pt; }}
QToolTip {{ border: 1px solid {palette.border}; padding: 4px; }}
QHeaderView::section {{
    background: {palette.window}; color: {palette.text};
    border: none; border-bottom: 1px solid {palette.border}; padding: 3px 4px;
}}
QCheckBox {{ spacing: 6px; }}
QCheckBox::indicator {{
    width: {indicator}px; height: {indicator}px;
    border: 1px solid {palette.muted}; border-radius: 3px; background: {palette.surface};
}}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {palette.accent}; }}
QCheckBox::indicator:checked {{ background: {palette.accent}; border-color: {palette.accent}; image: url("{tick}"); }}
QCheckBox::indicator:disabled {{ border-color: {palette.border}; background: {palette.window}; }}
QSlider {{ min-height: {handle + 6}px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {palette.border}; }}
QSlider::sub-page:horizontal {{ border-radius: 2px; background: {palette.accent}; }}
QSlider#factor::sub-page:horizontal {{ background: {palette.border}; }}
QSlider::handle:horizontal {{
    width: {handle - 2}px; height: {handle - 2}px; margin: {2 - handle // 2}px 0;
    border: 1px solid {palette.accent}; border-radius: {handle // 2}px; background: {palette.surface};
}}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {palette.accent}; }}
"""
