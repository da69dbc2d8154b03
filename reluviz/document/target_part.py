"""The target as a part of the document."""

from __future__ import annotations

from collections.abc import Sequence

from reluviz.core.data_target import DataTarget
from reluviz.core.formula import FormulaError
from reluviz.core.formula_target import FormulaTarget
from reluviz.core.point_list import PointList
from reluviz.core.target import FunctionTarget, PointsTarget, Target
from reluviz.document.packed_part import Numbers, PackedPart, numbers_of, numbers_part
from reluviz.document.part import DocumentError, Line, Pair, Part, located


class FunctionPart(Part, tag_field="kind", tag="function"):
    name: Line
    domain: Pair


class PointsPart(Part, tag_field="kind", tag="points"):
    """`points` are pairs, or very many packed: x and y of each in turn."""

    points: tuple[Pair, ...] | PackedPart
    domain: Pair


class FormulaPart(Part, tag_field="kind", tag="formula"):
    formula: Line
    domain: Pair


class DataPart(Part, tag_field="kind", tag="data"):
    """`x` and `y` are the columns of the data, with what they are called."""

    name: Line
    x_name: Line
    y_name: Line
    domain: Pair
    x: Numbers
    y: Numbers


TargetPart = FunctionPart | PointsPart | FormulaPart | DataPart


def target_of(part: TargetPart) -> Target:
    """Raises DocumentError where it is impossible."""
    with located("$.target"):
        match part:
            case FunctionPart():
                return FunctionTarget(part.name, *part.domain)
            case PointsPart():
                return PointsTarget(_points(part.points), *part.domain)
            case FormulaPart():
                return _formula(part)
            case DataPart():
                columns = numbers_of(part.x, "$.target.x"), numbers_of(part.y, "$.target.y")
                return DataTarget(*columns, *part.domain, part.name, part.x_name, part.y_name)


def _points(part: tuple[Pair, ...] | PackedPart) -> Sequence[Pair]:
    if not isinstance(part, PackedPart):
        return part
    numbers = numbers_of(part, "$.target.points")
    if len(numbers) % 2:
        raise DocumentError("$.target.points.count: x and y of points are an even number")
    return PointList(numbers.reshape(-1, 2))


def _formula(part: FormulaPart) -> FormulaTarget:
    try:
        return FormulaTarget(part.formula, *part.domain)
    except FormulaError as error:
        raise DocumentError(f"$.target.formula: column {error.column + 1}: {error}") from None


def target_part(target: Target) -> TargetPart:
    """The structure to write for a target. Raises DocumentError for one of an unknown class."""
    domain = (float(target.low), float(target.high))
    match target:
        case FunctionTarget():
            return FunctionPart(target.name, domain)
        case PointsTarget():
            numbers = numbers_part(target.array.ravel())
            return PointsPart(numbers if isinstance(numbers, PackedPart) else tuple(target.points), domain)
        case FormulaTarget():
            return FormulaPart(target.text, domain)
        case DataTarget():
            columns = numbers_part(target.x), numbers_part(target.y)
            return DataPart(target.name, target.x_name, target.y_name, domain, *columns)
    raise DocumentError(f"$.target: a {type(target).__name__} cannot be stored")
