"""What reading a file gives: its canonical text, and where in it the file's own data stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from onrecord.model import Edtf, Span


@dataclass(frozen=True, slots=True)
class Box:
    """Where a stretch of the text stands on paper.

    `[start, end)` in characters of the text; `page` counts from 1; `box` is left, bottom, right,
    top in points (1/72 inch) from the page's lower left corner.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """The canonical text of a file, as one version of one reader gave it.

    `title`, `publisher`, `author` and the second part of `published` are spans of `text`: what the
    file says of itself is recorded only where its words can be pointed at. `layout` is empty for
    formats without pages. `warnings` say what was left out or guessed.
    """

    text: str
    media_type: str
    reader: str
    reader_version: str
    title: Span | None = None
    publisher: Span | None = None
    author: Span | None = None
    published: tuple[Edtf, Span] | None = None
    layout: tuple[Box, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where a span is not one of `text`."""
        spans = [self.title, self.publisher, self.author, self.published and self.published[1]]
        spans += [(box.start, box.end) for box in self.layout]
        for span in spans:
            if span and not 0 <= span[0] < span[1] <= len(self.text):
                raise ValueError(f"{self.reader} gave the span {span} outside of its text")


@dataclass(frozen=True, slots=True)
class Acquired:
    """An item with its bytes, their SHA-256 (hex), their size, and what reading them gave."""

    path: str
    data: bytes
    sha256: str
    size: int
    reading: Reading


def to_wire(reading: Reading) -> dict[str, Any]:
    """A reading as JSON types, for the way out of the reading process."""
    data = {part.name: getattr(reading, part.name) for part in fields(reading)}
    data["layout"] = [(box.start, box.end, box.page, *box.box) for box in reading.layout]
    return data


def from_wire(data: dict[str, Any]) -> Reading:
    """The inverse of `to_wire`. Raises ValueError, KeyError or TypeError on anything else.

    The reading process has handled a file of unknown origin, so what it says is checked.
    """
    published = data["published"]
    return Reading(
        text=_text(data["text"]),
        media_type=_text(data["media_type"]),
        reader=_text(data["reader"]),
        reader_version=_text(data["reader_version"]),
        title=_span(data["title"]),
        publisher=_span(data["publisher"]),
        author=_span(data["author"]),
        published=published and (_text(published[0]), _whole(published[1])),
        layout=tuple(_box(*parts) for parts in data["layout"]),
        warnings=tuple(_text(warning) for warning in data["warnings"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text was due, not {type(value).__name__}")
    return value


def _span(value: Iterable[object] | None) -> Span | None:
    return None if value is None else _whole(value)


def _whole(value: Iterable[Any]) -> Span:
    start, end = value
    return int(start), int(end)


def _box(start: int, end: int, page: int, *corners: float) -> Box:
    left, bottom, right, top = map(float, corners)
    return Box(int(start), int(end), int(page), (left, bottom, right, top))
