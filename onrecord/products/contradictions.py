"""Where sources contradict each other: side by side with their origins, never averaged.

Events, origins and contradictions are worked out from the records that are given, so that a page on
redacted records holds nothing but what those hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.model import Record, as_json
from onrecord.products.edtf import in_words, order
from onrecord.products.first_sheet import more
from onrecord.products.index import Index, Judged
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk
from onrecord.products.quoting import join, plain
from onrecord.products.reasons import in_words as reasons_in_words
from onrecord.products.sides import Told, range_of, side, told_of
from onrecord.products.wording import (
    colon,
    listed,
    say,
    say_as,
    say_many,
    semicolon,
    unsaid,
    worded,
)
from onrecord.products.writer import act_label, term
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from onrecord.corroboration.contradictions import Contradiction
    from onrecord.corroboration.corroborate import Corroboration
    from onrecord.corroboration.origins import Origin

FIRST = 14
"""How many disagreements the first sheet lists."""
HOW = unsaid(
    "Reports are set side by side here where, as they were read, they cannot both be right about "
    "one event. Nobody has decided that it is one event, or that they were read rightly: read the "
    "notes first. What one origin says in several reports is one side. A higher figure in a report "
    "of days later is an update, and stands nowhere here."
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What origins of one event give differently: one field, two or more sides."""

    event: str
    field: str
    sides: tuple[str, ...]


def contradictions(
    records: Iterable[Record],
    *,
    clusters: Mapping[str, str] | None = None,
    judged: Iterable[Judged] = (),
) -> Page:
    """The contradictions of a case, the event with the most reports first.

    `clusters` gives the group of each entity, by its key (`DOCUMENT|ENTITY`), as the case resolved
    it: without it, a name in one document is nobody's in another.
    """
    desk = Desk(Index(records, judged))
    found = _corroborated(desk.index, clusters or {})
    told = told_of(desk.index)
    disagreements = _disagreements(_between_two(desk, told, found.contradictions))
    events = _by_event(found, disagreements)
    summary = _summary(desk, told, disagreements, events)
    sections = [
        _event(desk, told, number, found, event, [d for d in disagreements if d.event == event])
        for number, event in enumerate(events, 1)
    ]
    return desk.page(
        "contradictions",
        say("Contradictions between sources"),
        [summary],
        [*sections, _method()],
    )


def _corroborated(index: Index, clusters: Mapping[str, str]) -> Corroboration:
    import pyarrow as pa

    from onrecord.corroboration.corroborate import corroborate
    from onrecord.resolution.tables import tables

    made = tables(as_json(sheet.record) for sheet in index.sheets)
    keys = made.entities["key"].to_pylist()
    canonical = [clusters.get(key, key) for key in keys]
    columns = {"key": pa.array(keys, pa.string()), "canonical": pa.array(canonical, pa.string())}
    return corroborate(made, pa.table(columns))


def _between_two(
    desk: Desk, told: Mapping[str, Told], found: Iterable[Contradiction]
) -> Iterator[Contradiction]:
    """Without those in which somebody only denies what they themselves tell otherwise."""
    for pair in found:
        speakers = [_speaker(desk, told.get(key)) for key in (pair.left, pair.right)]
        if None in speakers or speakers[0] != speakers[1]:
            yield pair


def _speaker(desk: Desk, told: Told | None) -> frozenset[str] | None:
    links = told.claim.attribution if told and told.claim else ()
    named = next((link.entity for link in links if link.entity), None)
    return desk.people.group(named) if named else None


def _disagreements(found: Iterable[Contradiction]) -> list[Disagreement]:
    """Pairs that share a side are one disagreement of three or more sides."""
    groups: dict[tuple[str, str], list[dict[str, None]]] = {}
    for pair in found:
        known = groups.setdefault((pair.event, pair.field), [])
        touching = [sides for sides in known if pair.left in sides or pair.right in sides]
        whole = {key: None for sides in touching for key in sides}
        known[:] = [sides for sides in known if sides not in touching]
        known.append(whole | {pair.left: None, pair.right: None})
    rank = list(load("contradictions")["titles"])
    return [
        Disagreement(event, field, tuple(sides))
        for (event, field), every in sorted(groups.items(), key=lambda g: rank.index(g[0][1]))
        for sides in every
    ]


def _by_event(found: Corroboration, disagreements: list[Disagreement]) -> list[str]:
    """The events with disagreements, those told in most reports first."""
    wanted = {d.event for d in disagreements}
    reports: dict[str, set[str]] = {event: set() for event in wanted}
    acts, events = (found.events[name].to_pylist() for name in ("act", "event"))
    for act, event in zip(acts, events, strict=True):
        if event in wanted:
            reports[event].add(act.rpartition("|")[0])
    return sorted(wanted, key=lambda event: (-len(reports[event]), event))


def _summary(
    desk: Desk, told: Mapping[str, Told], found: list[Disagreement], events: list[str]
) -> Section:
    """Each disagreement in one line, with the notes of all its sides."""
    place = {event: number for number, event in enumerate(events)}
    ordered = sorted(found, key=lambda d: place[d.event])
    lines = []
    for one in ordered[:FIRST]:
        sides = [side(desk, told[key], one.field) for key in one.sides if key in told]
        form = say("{given} ({who})")
        parts = [worded(form, given=s.gives, who=Run(s.who, "name")) for s in sides]
        notes = tuple(dict.fromkeys(note for s in sides for note in s.line.notes))
        label = f"{place[one.event] + 1}. {_title(one.field)}"
        lines.append(Line("remark", join(parts, " – "), notes=notes, label=label))
    if len(ordered) > FIRST:
        lines.append(more(len(ordered) - FIRST, say("in the sections below")))
    return Section(
        "differences",
        say("What sources give differently"),
        tuple(lines),
        say("The number is that of the event below. None of these is chosen, none averaged."),
        say(
            "No two origins in this case give different numbers, dates, places or names for one "
            "event, and none denies what another alleges. That is no sign that they agree: "
            "`onrecord events` says of which events more than one origin tells at all."
        ),
    )


def _event(
    desk: Desk,
    told: Mapping[str, Told],
    number: int,
    found: Corroboration,
    event: str,
    disagreements: list[Disagreement],
) -> Section:
    origins = [origin for origin in found.origins if origin.event == event]
    counted = sum(origin.affirms for origin in origins)
    of = {key: n for n, o in enumerate(origins, 1) for key in (*o.members, *o.acts)}
    lines = tuple(_differ(desk, told, of, one) for one in disagreements)
    return Section(
        f"event-{number}",
        f"{number}. {say('Reported: {name}', name=_heading(desk, told, found, event))}",
        lines,
        beside=True,
        sections=(
            Section(
                f"event-{number}-origins",
                say_many(
                    "{count} independent origin, and why",
                    "{count} independent origins, and why",
                    counted,
                ),
                tuple(_origin(desk, told, n, origin) for n, origin in enumerate(origins, 1)),
                say(
                    "Two reports of one source are one origin; in doubt, they count as one. "
                    "An origin that only denies is not counted."
                ),
            ),
        ),
    )


def _heading(desk: Desk, told: Mapping[str, Told], found: Corroboration, event: str) -> str:
    """Kinds of act, places and dates, as far as reports of the event give them."""
    keys, events = (found.events[name].to_pylist() for name in ("act", "event"))
    acts = [told[k].act for k, e in zip(keys, events, strict=True) if e == event and k in told]
    known = [act for act in acts if act is not None]
    places = {a.place for a in known if a.place in desk.index.sheet_of}
    dates = sorted({a.date for a in known if a.date}, key=lambda d: order(d) or ("", 0, 0))
    parts = (
        sorted({act_label(a.type) for a in known}),
        sorted({plain(desk.index.entity(str(p)).name) for p in places}),
        [in_words(date) for date in dates],
    )
    return semicolon().join(listed(list(dict.fromkeys(part))) for part in parts if part)


def _differ(
    desk: Desk, told: Mapping[str, Told], origin_of: Mapping[str, int], one: Disagreement
) -> Line:
    """One disagreement: the rule by which one would be shown, and its sides."""
    words = load("contradictions")
    known = {key: told[key] for key in one.sides if key in told}
    children = [
        replace(side(desk, each, one.field).line, label=_origin_label(key, each, origin_of))
        for key, each in sorted(known.items(), key=lambda pair: _is_denial(pair[1]))
    ]
    rule = words["choosing"][one.field]
    told_in_full = say_as("rule", rule).replace("{range}", range_of([*known.values()], one.field))
    return Line("remark", (Run(told_in_full),), label=_title(one.field), children=tuple(children))


def _title(field: str) -> str:
    title = load("contradictions")["titles"][field]
    return say_as("what differs", title)


def _is_denial(told: Told) -> bool:
    return told.act is None or told.act.polarity == "negated"


def _origin_label(key: str, told: Told, origin_of: Mapping[str, int]) -> str:
    number = say("Origin {number}", number=str(origin_of[key])) if key in origin_of else ""
    denial = term("denial") if _is_denial(told) else ""
    return colon().join(filter(None, (number, denial))).capitalize()


def _origin(desk: Desk, told: Mapping[str, Told], number: int, origin: Origin) -> Line:
    """An origin by its first words; under it what else goes back to it, and why."""
    reasons = {r.member: reasons_in_words(r.rule, r.sentence) for r in origin.reasons}
    voices = [
        (voice.key, line) for voice in origin.voices for line in _voice(desk, told, voice.key)
    ]
    denies = () if origin.affirms else (Run(" "), Run(say("only denies, not counted"), "tag"))
    (_, first), *others = voices or [("", Line("gap", (Run(say("not recorded"), "gap"),)))]
    under = tuple(
        replace(
            line,
            runs=(*line.runs, Run(say(" Not independent: {reason}", reason=reasons.get(key, "")))),
        )
        for key, line in others
    )
    label = say("Origin {number}", number=str(number))
    return replace(first, runs=(*first.runs, *denies), label=label, children=under)


def _voice(desk: Desk, told: Mapping[str, Told], key: str) -> Iterator[Line]:
    if key in told:
        limit = int(load("products")["trim"]["summary"])
        yield desk.writer.said(told[key].said, limit=limit, coded=False)


def _method() -> Section:
    return Section("method", say("How this was found"), (Line("remark", (Run(say(HOW)),)),))
