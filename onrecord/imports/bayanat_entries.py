"""An entry of Bayanat in one form, whether it stood in a JSON export or in a row of CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_RELATED = re.compile(r"(\w+)\.[\w ]+-(\d+)")
_NAMED = re.compile(r"(\d+)-(.*)", re.DOTALL)
_FACTS = (
    ("originid", "Origin id"),
    ("origin_id", "Origin id"),
    ("source_link", "Source link"),
    ("documentation_date", "Documented"),
    ("occupation", "Occupation"),
    ("position", "Position"),
    ("civilian", "Civilian"),
    ("family_status", "Family status"),
    ("father_name", "Father's name"),
    ("mother_name", "Mother's name"),
    ("status", "Status"),
    ("comments", "Comments"),
)
_NAMES = ("title_ar", "sjac_title", "sjac_title_ar", "name_ar", "nickname", "nickname_ar")
_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"})


@dataclass(frozen=True, slots=True)
class Location:
    """A place: its name, the name with all above it, and latitude and longitude."""

    title: str
    full: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of an entry."""

    title: str = ""
    type: str = ""
    start: str = ""
    end: str = ""
    place: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """An actor that an entry is related to, by the numbers of how."""

    name: str
    numbers: tuple[str, ...] = ()
    comment: str = ""
    is_body: bool = False


@dataclass(slots=True)
class Entry:
    """A bulletin, an actor or an incident."""

    kind: str
    identity: str = ""
    title: str = ""
    titles: list[str] = field(default_factory=list)
    published: str = ""
    description: str = ""
    is_body: bool = False
    facts: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    violations: list[tuple[str, str]] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    actors: list[Role] = field(default_factory=list)


def entry_of(cells: Mapping[str, Any]) -> Entry:
    """The entry that an item's raw cells are."""
    if "row" in cells:
        return _of_row(str(cells["class"]), dict(cells["row"]))
    return _of_json(str(cells["class"]), cells["entry"])


def _common(kind: str, told: Mapping[str, Any]) -> Entry:
    entry = Entry(kind, words(told.get("id")))
    entry.title = words(told.get("title")) or words(told.get("name"))
    entry.titles = [text for name in _NAMES if (text := words(told.get(name)))]
    entry.published = words(told.get("publish_date"))
    entry.description = plain(words(told.get("description")))
    entry.is_body = words(told.get("type")).casefold() == "entity"
    entry.facts = [(label, plain(text)) for n, label in _FACTS if (text := words(told.get(n)))]
    entry.attributes = {"sex": words(told.get("sex")), "age_group": words(told.get("age"))}
    return entry


def _of_json(kind: str, told: Mapping[str, Any]) -> Entry:
    entry = _common(kind, told)
    profiles = _tables(told.get("actor_profiles"))
    sources = [
        *_tables(told.get("sources")),
        *(s for p in profiles for s in _tables(p.get("sources"))),
    ]
    entry.sources = list(
        dict.fromkeys(filter(None, (words(each.get("title")) for each in sources)))
    )
    for profile in profiles:
        text = plain(words(profile.get("description")))
        entry.description = "\n".join(filter(None, (entry.description, text)))
    for name, label in (
        ("labels", "Label"),
        ("verLabels", "Verified label"),
        ("claimed_violations", "Claimed violation"),
    ):
        entry.violations += [(label, words(each.get("title"))) for each in _tables(told.get(name))]
    entry.facts += [
        ("Potential violation", words(each.get("title")))
        for each in _tables(told.get("potential_violations"))
    ]
    entry.locations = [_location(each) for each in _tables(told.get("locations"))]
    entry.events = [_happening(each) for each in _tables(told.get("events"))]
    entry.actors = list(_roles(told.get("actor_relations")))
    return entry


def _location(told: Mapping[str, Any]) -> Location:
    point = told.get("latlng") if isinstance(told.get("latlng"), dict) else told
    lat, lon = (point or {}).get("lat"), (point or {}).get("lng")
    full = words(told.get("full_string")) or words(told.get("full_location"))
    title = words(told.get("title")) or full
    numbers = all(isinstance(n, (int, float)) and not isinstance(n, bool) for n in (lat, lon))
    if numbers and lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
        return Location(title, full if full != title else "", (float(lat), float(lon)))
    return Location(title, full if full != title else "")


def _happening(told: Mapping[str, Any]) -> Happening:
    kind, place = told.get("eventtype"), told.get("location")
    return Happening(
        title=words(told.get("title")),
        type=words(kind.get("title")) if isinstance(kind, dict) else "",
        start=words(told.get("from_date")),
        end=words(told.get("to_date")),
        place=_location(place).title if isinstance(place, dict) else "",
        estimated=told.get("estimated") is True,
    )


def _roles(told: Any) -> Iterator[Role]:
    for each in _tables(told):
        actor = each.get("actor")
        if isinstance(actor, dict):
            how = each.get("related_as")
            numbers = how if isinstance(how, list) else [how]
            yield Role(
                words(actor.get("name")) or words(actor.get("name_ar")),
                tuple(words(number) for number in numbers if number is not None),
                words(each.get("comment")),
                words(actor.get("type")).casefold() == "entity",
            )


def _of_row(kind: str, cells: Mapping[str, str]) -> Entry:
    """A row of a CSV export, whose related entries stand as "12-Title" in columns of their own."""
    entry = _common(kind, cells)
    for column, value in cells.items():
        found = _RELATED.fullmatch(column)
        named = _NAMED.fullmatch(value.strip())
        if found and named and named[2].strip():
            _related(entry, found[1], named[2].strip())
        elif column.endswith(("_description", "_sources")) and value.strip():
            entry.facts.append((column.replace("_", " "), plain(value)))
    return entry


def _related(entry: Entry, name: str, title: str) -> None:
    if name == "labels":
        entry.violations.append(("Label", title))
    elif name == "verified_labels":
        entry.violations.append(("Verified label", title))
    elif name == "sources":
        entry.sources.append(title)
    elif name == "locations":
        entry.locations.append(Location(title))
    elif name == "events":
        entry.events.append(Happening(title))
    elif name == "related_actors":
        entry.actors.append(Role(title))
    else:
        entry.facts.append((name.replace("_", " "), title))


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(value: Any) -> str:
    """A value as text; empty where it is none."""
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return str(value).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def plain(text: str) -> str:
    """The words of a rich text, a paragraph a line; a text without markup as it is."""
    if "<" not in text and "&" not in text:
        return text
    reader = _Text()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
