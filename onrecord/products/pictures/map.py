"""A map of where things are said to have happened: areas, not pins.

A town is a circle as wide as what is known of it, a region a wide circle, a country a shaded
country. A place whose position the record does not know is listed beside the map, never put on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Record
from onrecord.products.index import Judged
from onrecord.products.pictures import drawing, placing
from onrecord.products.pictures.drawing import INK, RULE, SAID, SOFT, Picture, Sheet, wrapped
from onrecord.products.pictures.entries import Entry, entries, more_in_data, most_told
from onrecord.products.pictures.placing import Area, Place, areas
from onrecord.products.pictures.table import Table, WhoIs
from onrecord.products.wording import (
    colon,
    comma,
    listed,
    say,
    say_many,
    semicolon,
    unsaid,
)

MOST, ENTRIES = 30, 3
"""So many places are drawn or listed of each sort, with so many entries of each."""

WIDTH, LEFT, MAP_WIDTH, GAP = 1160.0, 24.0, 640.0, 28.0
CAUTION = unsaid(
    "Where sources say that something happened or is planned. None of it is established here. "
    "An area shows how far the place is known; what happened is somewhere within it. "
    "Country shapes: Natural Earth, for orientation only."
)


@dataclass(frozen=True, slots=True)
class Key:
    """What stands beside the map: a badge's words, and the place it stands for."""

    badge: str
    place: Place


def map_of(
    records: Iterable[Record],
    *,
    names: Sequence[str] = (),
    judged: Iterable[Judged] = (),
    who_is: WhoIs | None = None,
) -> Picture:
    """The map of a case, or of those named. Raises `NotFound` where a name is not on record."""
    table = Table(records, judged, who_is)
    subjects = table.subjects(names)
    every = entries(table, subjects)
    places = _in_order(placing.places(table, every))
    title = table.title(say("Map"), subjects)
    nowhere = sum(1 for entry in every if not entry.place)
    data = {
        "drawn": min(len(places), MOST),
        "of": len(places),
        "places": [place.data(table) for place in places],
        "entries_without_a_place": nowhere,
        "base_map": "Natural Earth 1:50m Admin 0 countries (public domain)",
        "notes": table.notes(),
    }
    if not places:
        return drawing.nothing("map", title, _why_empty(len(every)), data)
    kept = places[:MOST]
    sheet = _drawn(title, kept, len(places), nowhere)
    return Picture("map", title, _described(kept, len(places)), sheet.spec(), data)


def _why_empty(known: int) -> str:
    if not known:
        return say("No act, visit, meeting or hearing is on record here.")
    return say(
        "None of the {count} acts, visits, meetings and hearings on record names its place.",
        count=known,
    )


def _in_order(places: Iterable[Place]) -> list[Place]:
    """Those told of in most reports first."""
    return sorted(places, key=lambda p: (-p.documents, p.name))


def _described(places: list[Place], of: int) -> str:
    told = []
    for place in places:
        first = most_told(place.entries, 3)
        said = semicolon().join(f"{e.what}{comma()}{e.by_whom()}" for e in first)
        told.append(f"{place.name} ({place.area.words}){colon()}{said}")
    head = say("{shown} of {all} places.", shown=len(places), all=of)
    return f"{head} {'. '.join(told)}."


def _drawn(title: str, places: list[Place], of: int, nowhere: int) -> Sheet:
    sheet = Sheet(WIDTH)
    lead = say(CAUTION)
    if len(places) < of:
        lead += say(
            " {shown} of {all} places are shown, those told of in most reports first.",
            shown=len(places),
            all=of,
        )
    if nowhere:
        lead += say_many(
            " {count} entries name no place and are not shown.",
            " {count} entries name no place and are not shown.",
            nowhere,
        )
    top = drawing.heading(sheet, title, lead)
    sure = [p for p in places if p.area.kind == "circle"]
    wide = [p for p in places if p.area.kind == "country"]
    none = [p for p in places if p.area.kind == "none"]
    keys = [Key(str(number), place) for number, place in enumerate(sure, 1)]
    shaded = _countries(wide)
    groups = [
        (say("On the map"), keys),
        (say("Somewhere in a country"), _lettered(wide, shaded)),
        (say("No known position: not on the map"), _bare(none)),
    ]
    if not keys and not shaded:
        note = say("No place named here has a known position, so that no map is drawn.")
        sheet.text(LEFT, top + 14, note, fontStyle="italic")
        sheet.height = _columns(sheet, [(say("No known position"), _bare(none))], top + 34) + 8
        return sheet
    bottom = areas(sheet, keys_of(keys), shaded, (LEFT, top + 4, MAP_WIDTH))
    bottom = _legend(sheet, bottom + 20, circles=bool(keys), shaded=bool(shaded))
    beside = (LEFT + MAP_WIDTH + GAP, WIDTH - 2 * LEFT - MAP_WIDTH - GAP)
    rest, y = _beside(sheet, groups, beside, (top + 16, bottom))
    sheet.height = _columns(sheet, rest, max(y, bottom) + 20) if rest else max(y, bottom)
    sheet.height += 8
    return sheet


Groups = list[tuple[str, list[Key]]]
"""Places under headings."""


def _beside(
    sheet: Sheet, groups: Groups, column: tuple[float, float], ends: tuple[float, float]
) -> tuple[Groups, float]:
    """Lists places beside the map while there is room; returns the rest, and where that ends."""
    y, bottom = ends
    rest: Groups = []
    for title, keys in groups:
        left = list(keys)
        if left and not rest and y < bottom - 80:
            y = _headed(sheet, title, column, y)
            while left and y < bottom - 40:
                y = _key(sheet, left.pop(0), column, y)
            y += 22
            title = say("{title} (continued)", title=title)  # noqa: PLW2901
        if left:
            rest.append((title, left))
    return rest, y


def keys_of(keys: list[Key]) -> list[tuple[str, Area]]:
    """Badges with the areas they mark."""
    return [(key.badge, key.place.area) for key in keys]


def _countries(places: list[Place]) -> dict[str, str]:
    """A letter for each country that is shaded."""
    codes = list(dict.fromkeys(place.area.country for place in places))
    return {code: chr(ord("A") + number % 26) for number, code in enumerate(codes)}


def _lettered(places: list[Place], letters: dict[str, str]) -> list[Key]:
    return [Key(letters[place.area.country], place) for place in places]


def _bare(places: list[Place]) -> list[Key]:
    return [Key("–", place) for place in places]


def _legend(sheet: Sheet, y: float, *, circles: bool, shaded: bool) -> float:
    x = LEFT
    if circles:
        sheet.symbol(x + 8, y - 4, "circle", size=170, fill=SAID, fillOpacity=0.2, stroke=SAID)
        words = say("the place and its surroundings (small ones are drawn large enough to be seen)")
        sheet.text(x + 22, y, words, fontSize=11)
        y += 18
    if shaded:
        look = {"fillOpacity": 0.16, "stroke": SAID, "strokeDash": drawing.DASHES}
        sheet.box(x, y - 11, 17, 12, fill=SAID, **look)
        sheet.text(x + 22, y, say("somewhere in this country"), fontSize=11)
        y += 18
    return y


def _headed(sheet: Sheet, title: str, column: tuple[float, float], y: float) -> float:
    x, room = column
    sheet.text(x, y, title, fontSize=13, fontWeight="bold")
    sheet.line((x, y + 6), (x + room, y + 6), stroke=INK, strokeWidth=0.8)
    return y + 10


def _columns(sheet: Sheet, groups: Groups, y: float) -> float:
    """Places in two columns under their headings, one after the other as there is room."""
    gap = 32.0
    room = (WIDTH - 2 * LEFT - gap) / 2
    for title, keys in groups:
        top = _headed(sheet, title, (LEFT, WIDTH - 2 * LEFT), y)
        tops = [top, top]
        for key in keys:
            column = 0 if tops[0] <= tops[1] else 1
            x = LEFT + column * (room + gap)
            tops[column] = _key(sheet, key, (x, room), tops[column])
        y = max(tops) + 26
    return y - 26


def _key(sheet: Sheet, key: Key, column: tuple[float, float], y: float) -> float:
    """A place with its badge, how far it is known, and what is told of it by whom."""
    x, room = column
    inner, wide = x + 26, room - 26
    placing.badge(sheet, (x + 9, y + 13), key.badge, round_one=key.badge.isdigit())
    lines = wrapped(key.place.name, wide, 12, most=2, bold=True)
    y = sheet.paragraph(inner, y + 17, lines, step=15, fontWeight="bold")
    words = wrapped(key.place.area.words, wide, 10, most=2)
    y = sheet.paragraph(inner, y - 1, words, step=12, fontSize=10, fill=SOFT)
    shown = most_told(key.place.entries, ENTRIES)
    for entry in shown:
        y = sheet.paragraph(inner, y + 2, _told(entry, wide), step=13, fontSize=11)
    rest = len(key.place.entries) - len(shown)
    if rest:
        words_of_rest = more_in_data(rest)
        sheet.text(inner, y + 2, words_of_rest, fontSize=11, fill=SOFT)
        y += 15
    sheet.line((x, y - 4), (x + room, y - 4), stroke=RULE, strokeWidth=0.6)
    return y - 2


def _told(entry: Entry, wide: float) -> list[str]:
    what = entry.what
    if entry.accused:
        what += say(", laid to {names}", names=listed(entry.accused_names))
    tags = f" ({listed(entry.tags)})" if entry.tags else ""
    told = f"{what}{tags}{colon()}{entry.by_whom()} {entry.note_words()}"
    return wrapped(told, wide, 11, most=3)
