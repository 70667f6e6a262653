"""What part of a case a matrix looks at: all of it, an event, an act, or what is said of a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import NotFound
from onrecord.model import as_json
from onrecord.products.edtf import in_words
from onrecord.products.index import Index, Said
from onrecord.products.parts import Desk
from onrecord.products.people import are_near
from onrecord.products.quoting import plain
from onrecord.products.standing import standing
from onrecord.products.submission.whom import find
from onrecord.products.wording import listed, semicolon
from onrecord.products.writer import act_label

if TYPE_CHECKING:
    from onrecord.corroboration.joins_base import Reports
    from onrecord.corroboration.origins import Origin


@dataclass(frozen=True, slots=True)
class Told:
    """What a case tells of: its events and origins, and the source behind each claim and act.

    `source` gives, by the key of a claim or act, what the independent origin of it is called. What
    a copy, or a report that credits a newsroom, says in its own voice has that newsroom for its
    source, also where the copy was read as another event.
    """

    events: Mapping[str, str]
    origins: Sequence[Origin]
    source: Mapping[str, str]


def told_in(index: Index, clusters: Mapping[str, str]) -> Told:
    """Events and origins, worked out from these records; `clusters` says who is who by key."""
    import pyarrow as pa

    from onrecord.corroboration.corroborate import corroborate
    from onrecord.corroboration.lineage import reports_of
    from onrecord.resolution.tables import tables

    made = tables(as_json(sheet.record) for sheet in index.sheets)
    keys = made.entities["key"].to_pylist()
    columns = {
        "key": pa.array(keys, pa.string()),
        "canonical": pa.array([clusters.get(key, key) for key in keys], pa.string()),
    }
    found = corroborate(made, pa.table(columns))
    acts, events = (found.events[name].to_pylist() for name in ("act", "event"))
    publishers = dict(
        zip(*(made.documents[n].to_pylist() for n in ("key", "publisher")), strict=True)
    )
    newsrooms = _newsrooms(reports_of(made), publishers)
    return Told(
        dict(zip(acts, events, strict=True)), found.origins, _sources(found.origins, newsrooms)
    )


def _newsrooms(reports: Reports, publishers: Mapping[str, str | None]) -> dict[str, str]:
    """By document, the newsroom that its own voice goes back to, where that is another's."""
    found = {}
    for document in sorted({*reports.families, *reports.credited}):
        credited = sorted(reports.credited.get(document, ()))
        head = publishers.get(reports.families.get(document, ""))
        if credited or head:
            found[document] = credited[0] if credited else str(head)
    return found


def _sources(origins: Sequence[Origin], newsrooms: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for origin in origins:
        if not origin.affirms:
            continue
        own = [voice.key for voice in origin.voices if "|act:" in voice.key]
        document = own[0].rpartition("|")[0] if own else ""
        source = newsrooms.get(document, origin.source)
        for key in (*origin.members, *origin.acts):
            found[key] = " ".join(source.split())
    return found


def of_name(desk: Desk, names: Sequence[str]) -> tuple[str, list[Said]]:
    """What is laid to, said of, done to, or said by one subject. Raises `NotFound`."""
    found = standing(desk.index, find(desk, names))
    told = [
        *found.laid,
        *found.named,
        *found.suffered,
        *found.denied,
        *(said for kind in ("denial", "admission", "statement") for said in found.by.get(kind, ())),
        *(
            sheet.said(claim)
            for sheet in desk.index.sheets
            for entity in sorted(found.subject.entities & sheet.entities.keys())
            for claim in sheet.naming.get(entity, ())
        ),
    ]
    keys = {said.key for said in told}
    return found.subject.name, [said for said in desk.index.said if said.key in keys]


def of_event(index: Index, told: Told, event: str) -> list[Said]:
    """What is said of an event, by whom ever: acts of it, and what its origins say, denials too.

    The event is named by its id or the beginning of it. Raises `NotFound`.
    """
    named = sorted({e for e in told.events.values() if e.startswith(event)})
    if len(named) != 1:
        why = f"several do: {', '.join(named[:4])}" if named else "no event begins so"
        raise NotFound(f"there is no one event {event}", why=why, todo="onrecord events")
    keys = {act for act, of in told.events.items() if of == named[0]}
    for origin in told.origins:
        if origin.event == named[0]:
            keys.update((*origin.members, *origin.acts))
    return [said for said in index.said if keys & keys_of(said)]


def of_act(index: Index, act: str) -> list[Said]:
    """What states one act, named by its id or the beginning of it. Raises `NotFound`."""
    told = [said for said in index.said if any(a.id.startswith(act) for a in said.acts)]
    if len({a.id for said in told for a in said.acts if a.id.startswith(act)}) != 1:
        raise NotFound(f"there is no one act {act}", todo="onrecord show DOCUMENT gives its acts")
    return told


def keys_of(said: Said) -> set[str]:
    """The keys of a claim and of its acts, as corroboration names them."""
    document = said.record.document.id
    claim = [said.claim.id] if said.claim else []
    return {f"{document}|{part}" for part in (*claim, *(act.id for act in said.acts))}


def independent(said: Sequence[Said], sources: Mapping[str, str]) -> tuple[list[str], list[Said]]:
    """The sources of the origins that things said go back to, and what has no known origin.

    Origins whose sources are called alike, or nearly so, count once: over several events, the same
    speaker has an origin in each. What is tied to no event was not weighed against the others.
    """
    named: list[str] = []
    loose = []
    for one in said:
        of = sorted({sources[key] for key in keys_of(one) if key in sources})
        if not of:
            loose.append(one)
        for source in of:
            if not any(are_near(source, known) for known in named):
                named.append(source)
    return named, loose


def called(desk: Desk, told: Told, event: str) -> str:
    """An event in a few words: kinds of act, places and dates that reports give for it."""
    ids = {key.rpartition("|")[2] for key, of in told.events.items() if of.startswith(event)}
    acts = {a.id: a for s in desk.index.sheets for a in s.record.acts if a.id in ids}
    known = sorted(acts.values(), key=lambda act: act.id)
    places = [desk.index.entity(a.place).name for a in known if a.place in desk.index.sheet_of]
    parts = (
        sorted({act_label(act.type) for act in known}),
        sorted({plain(place) for place in places}),
        [in_words(date) for date in sorted({act.date for act in known if act.date})],
    )
    return semicolon().join(listed(part) for part in parts if part) or event
