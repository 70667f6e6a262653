"""How a picture is drawn: marks on a sheet, as a Vega specification, as SVG and as PNG.

Positions are worked out here, in pixels, and the specification holds only marks: the same picture
gives the same bytes, and nothing is fetched. Words are set in Liberation Sans, which the drawing
library brings along; for the scripts that it lacks there are the fonts of the package.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from onrecord.products.pictures.png import packed
from onrecord.products.quoting import plain, visible
from onrecord.products.wording import current, say

SCHEMA = "onrecord/picture/1"
FONT = "Liberation Sans, Arimo, Arial, Helvetica, DejaVu narrowed, Noto narrowed, sans-serif"
_NARROWED = (
    "<style>@font-face{font-family:'DejaVu narrowed';src:local('DejaVu Sans');size-adjust:86%}"
    "@font-face{font-family:'Noto narrowed';src:local('Noto Sans');size-adjust:94%}</style>"
)
"""Where a browser has none of the fonts that words are measured in, wider ones as small as they
must be to fit. They are the reader's own: nothing is fetched."""
NASKH = "Noto Naskh Latin, Noto Naskh Arabic, DejaVu Sans, sans-serif"
"""The fonts of a picture whose words are Arabic. The first holds Latin letters too: the drawing
library sets a line wrongly whose letters come from two fonts."""
PAPER, INK, SOFT, RULE, TINT = "#ffffff", "#1d2329", "#4f5962", "#c9c5bd", "#f3f0ea"
SAID, PLANNED, ASKED, DENIED = "#8a3b12", "#0b5a7a", "#5b4a8c", "#2f6b3a"
"""Colours of what is alleged, of engagements, of demands and of denials; shapes tell them too."""

DASHES = [5, 3]
_TURN, _BACK = "\u2067", "\u2069"
"""Around a line of words that is read from right to left: names of another script stand in it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it is called, what it shows in words, how it is drawn, and as data.

    `description` is the alternative text for who cannot see it; `data` cites every mark.
    """

    kind: str
    title: str
    description: str
    spec: dict[str, Any]
    data: dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """Marks in the order in which they are laid over each other; lengths in pixels."""

    width: float
    height: float = 0.0
    marks: list[dict[str, Any]] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, **how: Any) -> None:
        """One line of words with its baseline at `y`; `how` as Vega's text mark takes it."""
        self._add("text", {"x": x, "y": y, "text": words, "fill": INK, "fontSize": 12, **how})

    def paragraph(self, x: float, y: float, lines: list[str], *, step: float, **how: Any) -> float:
        """Lines under each other; returns the baseline of what may follow."""
        for line in lines:
            self.text(x, y, line, **how)
            y += step
        return y

    def box(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
        """A rectangle."""
        self._add("rect", {"x": x, "y": y, "width": width, "height": height, **how})

    def line(self, start: tuple[float, float], end: tuple[float, float], **how: Any) -> None:
        """A straight line."""
        ends = {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]}
        self._add("rule", {**ends, "stroke": INK, **how})

    def path(self, path: str, **how: Any) -> None:
        """An SVG path, in the sheet's pixels."""
        self._add("path", {"path": path, **how})

    def symbol(self, x: float, y: float, shape: str, **how: Any) -> None:
        """A small shape: circle, square, diamond, triangle-up, ...; `size` in square pixels."""
        self._add("symbol", {"x": x, "y": y, "shape": shape, **how})

    def clipped(self, inner: Sheet, box: tuple[float, float, float, float]) -> None:
        """The marks of another sheet, cut off at a box: left, top, width, height."""
        left, top, width, height = box
        corner = {"x": left, "y": top, "width": width, "height": height, "clip": True}
        self.marks.append(
            {"kind": "group", "encoded": corner, "marks": inner.marks, "at": (-left, -top)}
        )

    def _add(self, kind: str, encoded: dict[str, Any]) -> None:
        self.marks.append({"kind": kind, "encoded": encoded})

    def spec(self) -> dict[str, Any]:
        """The sheet as a Vega specification."""
        return {
            "$schema": "https://vega.github.io/schema/vega/v5.json",
            "width": round(self.width),
            "height": round(self.height),
            "padding": 0,
            "background": PAPER,
            "autosize": "none",
            "config": {"text": {"font": NASKH if current().direction == "rtl" else FONT}},
            "marks": [_mark(mark) for mark in self.marks],
        }


def _mark(mark: dict[str, Any]) -> dict[str, Any]:
    encoded = {name: _tidy(value) for name, value in mark["encoded"].items()}
    if "text" in encoded and current().direction == "rtl":
        encoded["text"] = f"{_TURN}{encoded['text']}{_BACK}"
    values = {name: {"value": value} for name, value in encoded.items()}
    made = {"type": mark["kind"], "interactive": False, "encode": {"enter": values}}
    if mark["kind"] == "group":
        # A group's marks count from its corner: an inner group moves them back to the sheet's.
        x, y = mark["at"]
        corner = {"x": {"value": _tidy(x)}, "y": {"value": _tidy(y)}}
        inner = {"type": "group", "interactive": False, "encode": {"enter": corner}}
        made["marks"] = [inner | {"marks": [_mark(one) for one in mark["marks"]]}]
    return made


def _tidy(value: Any) -> Any:
    """Lengths to a hundredth of a pixel, so that machines agree; words fit for XML."""
    if isinstance(value, float):
        return round(value, 2)
    return clean(value) if isinstance(value, str) else value


def clean(words: str) -> str:
    """Words on one line, with what could command a screen shown, and nothing XML forbids."""
    shown = visible(plain(words))
    return "".join("�" if unicodedata.category(c) in ("Cn", "Cs", "Cc") else c for c in shown)


def to_svg(picture: Picture) -> str:
    """The picture as SVG, with its title and its description for who cannot see it."""
    drawn = _drawing_library().vega_to_svg(picture.spec, allowed_base_urls=[])
    told = (
        f'<title id="picture-title">{escape(clean(picture.title))}</title>'
        f'<desc id="picture-description">{escape(clean(picture.description))}</desc>'
    )
    opening = re.match(r"<svg\b[^>]*>", drawn)
    if opening is None:
        raise ValueError("the drawing library gave no SVG")
    named = 'role="img" aria-labelledby="picture-title picture-description"'
    head = f"<svg {named}{opening[0].removeprefix('<svg')}"
    body = _numbered(drawn[opening.end() :])
    return f"{head}{told}{_NARROWED}{body if NASKH in body else _in_their_fonts(body)}\n"


def _numbered(svg: str) -> str:
    """An SVG with its clips counted from 1: the library counts on through a process."""
    clips = dict.fromkeys(re.findall(r'<clipPath id="(clip\d+)"', svg))
    names = {clip: f"cut-{number}" for number, clip in enumerate(clips, 1)}
    return re.sub(r'(id="|url\(#)(clip\d+)', lambda m: m[1] + names.get(m[2], m[2]), svg)


_SCRIPTS = {
    "Noto Naskh Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Noto Serif Hebrew": "\u0590-\u05ff",
    "Droid Sans Fallback": "\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3",
}
"""Characters for which a font of the package is named: the drawing library would take any."""

_RUNS = {
    font: re.compile(f"[{found}](?:[{found} ]*[{found}])?") for font, found in _SCRIPTS.items()
}


def _in_their_fonts(svg: str) -> str:
    """The words of an SVG, with a font named for those of some scripts."""
    return re.sub(r">([^<>]*[\u0590-\uffff][^<>]*)</text>", _set_fonts, svg)


def _set_fonts(found: re.Match[str]) -> str:
    words = found[1]
    for font, runs in _RUNS.items():
        words = runs.sub(
            lambda m, font=font: f'<tspan font-family="{font}, {FONT}">{m[0]}</tspan>', words
        )
    return f">{words}</text>"


@cache
def _drawing_library() -> Any:
    """The library with the fonts of the package: one process needs them told once."""
    import vl_convert

    fonts = files("onrecord.products") / "fonts"
    vl_convert.register_font_directory(str(fonts))
    vl_convert.register_font_directory(str(files("onrecord.products") / "pictures"))
    return vl_convert


def to_png(picture: Picture, *, scale: float = 2.0) -> bytes:
    """The picture as PNG, with `scale` dots for a pixel."""
    return packed(_drawing_library().svg_to_png(to_svg(picture), scale=scale))


def to_json(picture: Picture) -> str:
    """What the picture shows as data, each mark with its citations."""
    head = {
        "schema": SCHEMA,
        "picture": picture.kind,
        "title": picture.title,
        "description": picture.description,
    }
    return json.dumps({**head, **picture.data}, ensure_ascii=False, indent=2) + "\n"


_NARROW = dict.fromkeys("ijl'|", 0.222) | dict.fromkeys("ftI !,./:;[]\\", 0.278)
_WIDE = dict.fromkeys("mM", 0.833) | dict.fromkeys("wCDHNRU&", 0.722) | {"W": 0.944, "@": 1.015}
_MIDDLE = (
    dict.fromkeys("cksvxyzJ", 0.5) | dict.fromkeys("r()-", 0.333) | dict.fromkeys("GOQ", 0.778)
)
_WIDTHS = {**_NARROW, **_WIDE, **_MIDDLE, **dict.fromkeys("ABEKPSVXY", 0.667)}
"""Widths of letters in Liberation Sans (Arial's measures), in parts of the size; others 0.556."""


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """About how many pixels wide some words are; rather too many than too few."""
    wide = sum(_width(character) for character in words) * size
    return wide * (1.07 if bold else 1.0)


def _width(character: str) -> float:
    if character < "\x7f":
        return _WIDTHS.get(character, 0.556)
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WF" or character in "…—" else 0.62


def wrapped(words: str, width: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """Words as at most `most` lines of a width; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in _pieces(clean(words), width, size, bold=bold):
        longer = f"{line} {word}" if line else word
        if not line or width_of(longer, size, bold=bold) <= width:
            line = longer
            continue
        lines.append(line)
        line = word
    lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _ended(lines[most - 1], width, size, bold=bold)]


def _pieces(words: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Words, those too long for a line cut into pieces that fit."""
    found: list[str] = []
    for word in words.split(" "):
        piece = ""
        for character in word:
            if piece and width_of(piece + character, size, bold=bold) > width:
                found.append(piece)
                piece = ""
            piece += character
        found.append(piece)
    return found


def _ended(line: str, width: float, size: float, *, bold: bool) -> str:
    while line and width_of(f"{line} …", size, bold=bold) > width:
        line = line[:-1].rstrip()
    return f"{line} …"


def heading(sheet: Sheet, title: str, lead: str, *, left: float = 24.0) -> float:
    """Title and lead at the top of a sheet; returns where the next thing may begin."""
    room = sheet.width - 2 * left
    y = sheet.paragraph(
        left,
        38.0,
        wrapped(title, room, 20, most=2, bold=True),
        step=24.0,
        fontSize=20,
        fontWeight="bold",
    )
    lines = wrapped(lead, room, 12, most=4)
    return sheet.paragraph(left, y - 2, lines, step=16.0, fill=SOFT) + 6


def nothing(kind: str, title: str, why: str, data: dict[str, Any]) -> Picture:
    """A picture that says why nothing is drawn."""
    sheet = Sheet(720.0)
    y = heading(sheet, title, why)
    sheet.height = y + 12
    told = say("Nothing is drawn: {reason}", reason=why)
    return Picture(kind, title, told, sheet.spec(), data)
