"""`reluviz export` of pictures and tables."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from reluviz.command_line.arguments import OneLineParser, UsageError, number, one_of, shown
from reluviz.command_line.display import why_no_qt
from reluviz.command_line.exported_run import frame_after
from reluviz.command_line.interrupt import held_interrupt
from reluviz.core.csv_table import check_curves, curves_csv, losses_csv, parameters_csv
from reluviz.core.picture_recipe import SIZE_PRESETS, USUAL_PARTS, Part, PictureRecipe, Theme, check_size
from reluviz.document.opened import OpenedDocument
from reluviz.files.destination import write_destination

PICTURES = (".png", ".svg", ".pdf")
TABLES = ("curves", "parameters", "loss")
_SIZE = re.compile(r"(\d{1,9})[xX×](\d{1,9})")


def add_picture_options(parser: OneLineParser) -> None:
    """The options that pictures and tables have."""
    presets = ", ".join(preset.name for preset in SIZE_PRESETS)
    parts = ", ".join(part.value for part in Part)
    add = parser.add_argument
    add("--size", type=_size, metavar="WxH|NAME", help=f"width and height in pixels, or {presets} (default: slide)")
    add(
        "--theme",
        type=one_of([theme.value for theme in Theme]),
        metavar="NAME",
        help=", ".join(theme.value for theme in Theme),
    )
    add("--parts", type=_parts, metavar="NAME,…", help=f"what is on the picture, with commas between, of {parts}")
    add("--magnification", type=number, metavar="F", help="how much larger lines and type are than usual")
    add("--dpi", type=number, metavar="F", help="pixels per inch on paper (default: 96)")
    add("--table", type=one_of(TABLES), metavar="NAME", help="which .csv: curves (default), parameters, loss")


def export_picture(options: argparse.Namespace, document: OpenedDocument, path: Path) -> None:
    """Write a PNG, SVG or PDF of where the document stands after --steps. Raises UsageError, DestinationError."""
    recipe = chosen_recipe(options)
    reason = why_no_qt()
    if reason is not None:
        raise UsageError(reason)
    with held_interrupt():
        from reluviz.export.headless import headless_application  # noqa: PLC0415
        from reluviz.export.offscreen_plot import OffscreenPlot  # noqa: PLC0415
        from reluviz.export.picture_file import PictureFormat, picture_bytes  # noqa: PLC0415
        from reluviz.export.subject import Subject  # noqa: PLC0415

        application = headless_application()
    frame = frame_after(document, options.steps or 0)
    subject = Subject.of(document, document.picture, document.title, frame.split, document.kept)
    plot = OffscreenPlot(recipe, subject)
    plot.show(frame)
    try:
        data = picture_bytes(plot, PictureFormat(path.suffix.lower().lstrip(".")))
    except MemoryError as error:
        raise UsageError(f"--size: {error}") from None
    del application
    write_destination(path, data)


def export_table(options: argparse.Namespace, document: OpenedDocument, path: Path) -> None:
    """Write a CSV of curves, parameters or losses. Raises UsageError, DestinationError."""
    for name in ("size", "theme", "parts", "magnification", "dpi"):
        if getattr(options, name) is not None:
            raise UsageError(f"--{name}: a table has none ({shown(path.name)} is one)")
    frame = frame_after(document, options.steps or 0)
    if options.table == "loss" and len(frame.curve.steps) < 2:
        raise UsageError("--table loss: nothing is recorded; --steps N trains, and writes the losses on the way")
    if options.table == "loss":
        text = losses_csv(frame.curve)
    elif options.table == "parameters":
        text = parameters_csv(frame.network)
    else:
        try:
            check_curves(frame.network, document.target)
        except ValueError as error:
            raise UsageError(str(error)) from None
        text = curves_csv(frame.network, document.target)
    write_destination(path, text.encode("utf-8"))


def chosen_recipe(options: argparse.Namespace) -> PictureRecipe:
    """The picture that the options ask for. Raises UsageError naming the impossible one."""
    if options.table is not None:
        raise UsageError("--table: only a .csv is a table")
    preset = options.size or SIZE_PRESETS[0]
    width, height = (preset.width, preset.height) if not isinstance(preset, tuple) else preset
    magnification = 1.0 if isinstance(preset, tuple) else preset.magnification
    dpi = 96.0 if isinstance(preset, tuple) else preset.dpi
    theme = Theme(options.theme or "light")
    parts = USUAL_PARTS if options.parts is None else options.parts
    try:
        return PictureRecipe(
            width,
            height,
            theme,
            parts,
            magnification if options.magnification is None else options.magnification,
            dpi if options.dpi is None else options.dpi,
        )
    except ValueError as error:
        raise UsageError(str(error)) from None


def _size(text: str) -> object:
    """An argument's type: a preset by its name, or (width, height)."""
    for preset in SIZE_PRESETS:
        if text.strip().lower() == preset.name:
            return preset
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        names = ", ".join(preset.name for preset in SIZE_PRESETS)
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is no size: as 1920x1080, or {names}")
    size = int(found[1]), int(found[2])
    try:
        check_size(*size)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return size


def _parts(text: str) -> frozenset[Part]:
    """An argument's type: names of parts with commas between them; nothing for none but the axes."""
    known = {part.value: part for part in Part}
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"unknown '{shown(name)}' (known: {', '.join(known)})")
    return frozenset(known[name] for name in names)
