"""What people added to a record: names, claims, acts and counts that the machine missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.model import Act, Claim, Entity, as_json
from onrecord.store.changing import Body, Over, Row, mark, note_correction, pair
from onrecord.store.corrections import count_victims

ADDED = "added"
"""The state of what a person put in, which nobody else has decided on."""


def _add_name(over: Over, told: Body, row: Row) -> bool:
    """Words that name somebody: another mention of an entity, or an entity of their own."""
    span = list(told["span"])
    if not over.holds([span]):
        return False
    for entity in over.body["entities"]:
        if span in entity["mentions"]:
            return bool(entity["id"] in (told["entity"], row["id"]))
    if told["entity"]:
        known = over.entity(told["entity"])
        if known is None:
            return False
        note_correction(known, "mentions", list(known["mentions"]), row)
        known["mentions"] = sorted([*known["mentions"], span])
    else:
        name = " ".join(over.words(span).split())
        made = as_json(Entity(row["id"], told["type"], name, (pair(span),)))
        over.body["entities"].append(made | {"reviewed": mark(row, state=ADDED)})
    for entity in over.body["entities"]:
        if span in entity.get("references", ()):
            entity["references"] = [other for other in entity["references"] if other != span]
    return True


def _add_claim(over: Over, told: Body, row: Row) -> bool:
    if over.claim(row["id"]) is not None:
        return True
    spans = [told["cue"], *(link["span"] for link in told["attribution"])]
    spans = [*told["content"], *told["hedges"], *filter(None, spans)]
    links = [_link(over, link) for link in told["attribution"]]
    if not told["content"] or not over.holds(spans) or None in links:
        return False
    parent = over.claim(told["parent"])
    made = as_json(
        Claim(
            **{name: told[name] for name in ("kind", "quote", "modality", "polarity")},
            id=row["id"],
            content=tuple(map(pair, told["content"])),
            attribution=(),
            cue=told["cue"] and pair(told["cue"]),
            hedges=tuple(map(pair, told["hedges"])),
            parent=parent["id"] if parent else None,
        )
    )
    made |= {"attribution": links, "reviewed": mark(row, state=ADDED)}
    over.body["claims"].append(made)
    return True


def _link(over: Over, link: Row) -> Body | None:
    """A step of a chain; None where neither entity nor words of it are left."""
    known = over.entity(link["entity"])
    if link["entity"] and known is None and not link["span"]:
        return None
    return {"level": link["level"], "entity": known and known["id"], "span": link["span"]}


def _add_act(over: Over, told: Body, row: Row) -> bool:
    if over.act(row["id"]) is not None:
        return True
    parties = [*told["perpetrators"], *told["victims"]]
    known = all(over.entity(party["entity"]) for party in parties)
    known = known and all(over.claim(claim) for claim in told["claims"])
    if not known or not over.holds([told["span"], *(party["span"] for party in parties)]):
        return False
    made = as_json(
        Act(
            **{name: told[name] for name in ("type", "modality", "polarity")},
            id=row["id"],
            span=pair(told["span"]),
            claims=tuple(told["claims"]),
        )
    )
    made["perpetrators"] = [dict(party) for party in told["perpetrators"]]
    made["victims"] = [{**party, "count": None} for party in told["victims"]]
    over.body["acts"].append(made | {"reviewed": mark(row, state=ADDED)})
    return True


def _add_count(over: Over, told: Body, row: Row) -> bool:
    return count_victims(over, over.act(told["act"]), told["victim"], told, row)


ADDING: Mapping[str, Callable[[Over, Body, Row], bool]] = {
    "name": _add_name,
    "claim": _add_claim,
    "act": _add_act,
    "count": _add_count,
}
WHAT = tuple(ADDING)
"""What a person may add, in the order in which one may rest on another."""
