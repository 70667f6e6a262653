"""Pictures: timeline, map and network, each with the same in words and figures beside it.

Of a large case what is most reported is drawn, and the page says of how much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.dates import bounds
from onrecord.model import Record
from onrecord.products.edtf import span_of
from onrecord.products.pictures import Picture, map_of, network, timeline, to_svg
from onrecord.store import happenings, pages, registers
from onrecord.store.happenings import Wanted
from onrecord.web.ahead import AHEAD, PATIENCE
from onrecord.web.giving import NOTHING, File, Given
from onrecord.web.page import Asked, NotAsked, Page, Parameter
from onrecord.web.rendering import link
from onrecord.web.views import reading
from onrecord.web.views.asking import those_named
from onrecord.web.views.reading import Reading

DRAWN: dict[str, Callable[..., Picture]] = {
    "timeline": timeline,
    "map": map_of,
    "network": network,
}
MOST_EVENTS, MOST_READ, NAMED = 200, 300, 60
"""Events and documents that a picture is drawn from, and documents that name whom it is about."""
AT_ONCE = 50
FEW = 60
"""Documents up to which a picture is drawn while somebody waits."""
ROWS = 60
"""Rows that stand beside a picture; the data hold all."""
_POLICY = f"{NOTHING}; style-src 'unsafe-inline'; font-src data:"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in words. `drawn` of `of` are in it; `data` cites every mark; `file` is the SVG.

    It shows what is told in `read` of the `documents` of the case: of `chosen` of its `events`, the
    most reported. `going`: it is being drawn, and the rest is not known yet.
    """

    kind: str
    title: str
    description: str
    drawn: int
    of: int
    file: str
    data: Mapping[str, Any]
    who: str
    first: str
    last: str
    name: str
    read: int
    documents: int
    chosen: int
    events: int
    going: bool


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a picture is asked to show: of a group, from a day on, until a day."""

    who: str
    first: str
    last: str

    @property
    def name(self) -> str:
        """A name for what is made for it."""
        return f"{self.who} {self.first} {self.last}"


@dataclass(frozen=True, slots=True)
class _Made:
    drawn: Drawn
    svg: bytes


def _shown(kind: str, case: Case, asked: Asked) -> Drawn:
    narrowed, name = _narrowed(case, asked)
    made = _made(kind, case, narrowed, PATIENCE)
    return replace(
        made.drawn if made else _empty(kind),
        who=asked["who"] or "",
        first=narrowed.first,
        last=narrowed.last,
        name=name,
    )


def _narrowed(case: Case, asked: Asked) -> tuple[Narrowed, str]:
    """What is asked for, and the name of whom. Raises `NotAsked`."""
    text = (asked["who"] or "").strip()
    first, last = (_day(asked[name] or "", name) for name in ("from", "to"))
    with case.browse() as state:
        who = next(iter(those_named(state, text)), "")
        name = pages.names_of(state.connection, [who]).get(who, "")
    if text and not who:
        raise NotAsked(
            "nobody in this case has that name",
            why="no spelling of any name holds these words",
            todo="look for the name in the list of people, bodies and places",
        )
    return Narrowed(who, first, last), name


def _day(text: str, name: str) -> str:
    """A day, a month or a year as an ISO date begins."""
    try:
        known = bool(text) and bounds(text) != (None, None)
    except ValueError:
        known = False
    if text and not known:
        raise NotAsked(
            f"{name} cannot be read", why="it is no date", todo="as 2024, 2024-05 or 2024-05-17"
        )
    return text


def _made(kind: str, case: Case, narrowed: Narrowed, patience: float | None) -> _Made | None:
    with case.browse() as state:
        small = state.amount() <= FEW
    name = f"picture {kind} {narrowed.name}"
    if small or case.sight != "names":
        make = partial(_make, kind, case, narrowed)
        return AHEAD.get(case, name, make, None if small else patience)
    make = partial(_make_apart, kind, case.folder, narrowed)
    return AHEAD.get(case, name, make, patience, apart=True)


def _make_apart(kind: str, folder: Path, narrowed: Narrowed) -> _Made:
    with Case.open(folder) as case:
        return _make(kind, case, narrowed)


def _make(kind: str, case: Case, narrowed: Narrowed) -> _Made:
    with case.browse() as state:
        wanted = _wanted(narrowed)
        acts, chosen = _acts(state, wanted)
        documents = _documents(state, narrowed, acts)
        read = reading.read(state, documents)
        held = state.amount()
        events = happenings.amount_of_events(state.connection, wanted)
    records = list(_kept(read, acts, narrowed))
    ids = read.entities_of(narrowed.who) if narrowed.who else []
    picture = DRAWN[kind](
        records,
        names=(" = ".join(ids),) if ids else (),
        judged=read.judged,
        who_is=lambda document: read.groups[document],
    )
    asked = {"who": narrowed.who, "from": narrowed.first, "to": narrowed.last}
    drawn = replace(
        _empty(kind),
        title=picture.title,
        description=picture.description,
        drawn=picture.data["drawn"],
        of=picture.data["of"],
        file=link(f"/pictures/{kind}.svg", **asked),
        data=_first(picture.data),
        read=len(read.records),
        documents=held,
        chosen=chosen,
        events=events,
        going=False,
    )
    return _Made(drawn, to_svg(picture).encode("utf-8", "backslashreplace"))


def _empty(kind: str) -> Drawn:
    return Drawn(
        kind, kind.capitalize(), "", 0, 0, "", {"notes": []}, "", "", "", "", 0, 0, 0, 0, going=True
    )


def _wanted(narrowed: Narrowed) -> Wanted:
    first = bounds(narrowed.first)[0] if narrowed.first else None
    last = bounds(narrowed.last)[1] if narrowed.last else None
    return Wanted(
        who=narrowed.who,
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
    )


def _acts(state: State, wanted: Wanted) -> tuple[dict[str, set[str]], int]:
    """The acts of the most reported events, by document; and how many events these are."""
    acts: dict[str, set[str]] = {}
    chosen = 0
    for offset in range(0, MOST_EVENTS, AT_ONCE):
        found = [e.id for e in happenings.events(state.connection, wanted, offset, AT_ONCE)]
        for keys in happenings.acts_of(state.connection, found).values():
            documents = {key.rpartition("|")[0] for key in keys}
            if len(acts.keys() | documents) > MOST_READ and chosen:
                return acts, chosen
            for key in keys:
                document, _, act = key.rpartition("|")
                acts.setdefault(document, set()).add(act)
            chosen += 1
        if len(found) < AT_ONCE:
            break
    return acts, chosen


def _documents(state: State, narrowed: Narrowed, acts: Iterable[str]) -> list[str]:
    """The documents to read: those of the events, and what tells of visits, demands and posts."""
    found = dict.fromkeys(acts)
    if narrowed.who:
        more = pages.naming(state.connection, narrowed.who, 0, NAMED)
    else:
        more = [one.id for one in registers.latest(state.connection, MOST_READ)][::-1]
    return [*found, *(each for each in more if each not in found)][:MOST_READ]


def _kept(read: Reading, acts: Mapping[str, set[str]], narrowed: Narrowed) -> Iterator[Record]:
    """The records with the acts of the events that were chosen, and what is of the days asked."""
    for record in read.records:
        chosen = acts.get(record.document.id, set())
        yield replace(
            record,
            acts=tuple(act for act in record.acts if act.id in chosen),
            engagements=tuple(
                one for one in record.engagements if _of(narrowed, span_of(one.start, one.end))
            ),
            demands=tuple(one for one in record.demands if _of(narrowed, one.deadline)),
        )


def _of(narrowed: Narrowed, date: str | None) -> bool:
    """Whether a date may lie in the days asked for; one that is not known lies in no days."""
    if not narrowed.first and not narrowed.last:
        return True
    first, last = bounds(date) if date else (None, None)
    if first is None or last is None:
        return False
    begin = bounds(narrowed.first)[0] if narrowed.first else None
    end = bounds(narrowed.last)[1] if narrowed.last else None
    return (begin is None or last >= begin) and (end is None or first <= end)


def _first(data: Mapping[str, Any]) -> dict[str, Any]:
    """The first rows of a picture's data, with the notes that these use."""
    kept = dict(data)
    for name in ("edges", "places"):
        if name in kept:
            kept[name] = kept[name][:ROWS]
    if "lanes" in kept:
        kept["lanes"] = [{**lane, "entries": lane["entries"][:ROWS]} for lane in kept["lanes"]]
    used = set(_notes_of({name: part for name, part in kept.items() if name != "notes"}))
    kept["notes"] = [note for note in data["notes"] if note["number"] in used]
    kept.pop("nodes", None)
    return kept


def _notes_of(data: Any) -> Iterator[int]:
    if isinstance(data, Mapping):
        for name, part in data.items():
            yield from part if name == "notes" else _notes_of(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _notes_of(part)


def _file(kind: str, case: Case, asked: Asked) -> Given:
    """The picture as SVG; it is waited for. Raises `NotAsked`."""
    made = _made(kind, case, _narrowed(case, asked)[0], None)
    body = made.svg if made else b""
    return Given(body, "image/svg+xml", f"{kind}.svg", shown=True, policy=_POLICY)


_ABOUT = {
    "timeline": "What is said to have happened or to be planned, in order of time.",
    "map": "Where things are said to have happened: areas, not pins.",
    "network": "People and bodies, and what ties them by the word of sources.",
}
_PARAMETERS = (
    Parameter("who", "Somebody or somewhere: a name, or the id of a group.", default="", most=300),
    Parameter(
        "from", "Only what may be of this day, month or year, or later.", default="", most=10
    ),
    Parameter("to", "Only what may be of this day, month or year, or before.", default="", most=10),
)


def _page(kind: str) -> Page:
    def view(case: Case, asked: Asked) -> Drawn:
        return _shown(kind, case, asked)

    name = kind.capitalize()
    return Page(f"/{kind}", kind, name, _ABOUT[kind], view, "picture.html.j2", _PARAMETERS)


PAGES = tuple(_page(kind) for kind in DRAWN)
FILES = tuple(
    File(
        f"/pictures/{kind}.svg",
        f"{kind}_svg",
        f"{_ABOUT[kind]} As SVG.",
        partial(_file, kind),
        _PARAMETERS,
    )
    for kind in DRAWN
)
