"""What people corrected in a record: fields of claims and of acts, with what each was before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.store.changing import Body, Over, Row, note_correction


def correct(over: Over, row: Row, value: Any) -> bool:
    """Apply a correction; False where what it is about is not there."""
    local, name = row["subject"].rpartition("|")[2], row["field"]
    claim, act = over.claim(local), over.act(local)
    if name in OF_ACTS:
        return act is not None and OF_ACTS[name](over, act, value, row)
    if name == "speaker":
        return claim is not None and _speaker(over, claim, value, row)
    item = claim or act
    if item is None or name not in item:
        return False
    was = item[name]
    note_correction(item, name, was, row)
    item[name] = value
    if claim is not None:
        _follow(over.body, claim, name, was, row)
    return True


def _follow(body: Body, claim: Body, name: str, was: str, row: Row) -> None:
    """What a corrected claim takes with it: acts that rest on it alone and said the same as it."""
    if name in ("modality", "polarity"):
        for act in body["acts"]:
            if act["claims"] == [claim["id"]] and act[name] == was:
                note_correction(act, name, was, row)
                act[name] = claim[name]
    if name == "kind" and claim["kind"] != "demand":
        body["demands"] = [d for d in body["demands"] if d["claim"] != claim["id"]]


def _speaker(over: Over, claim: Body, value: Row, row: Row) -> bool:
    """Who says it: an entity at words of the text, or nobody that the text names."""
    entity, span = value["entity"], value["span"]
    if (entity and over.entity(entity) is None) or (span and not over.holds([span])):
        return False
    links = claim["attribution"]
    speaker = next((link for link in links if link["level"] == "speaker"), None)
    note_correction(claim, "speaker", speaker and {**speaker}, row)
    if speaker is None:
        cited = sum(link["level"] == "cited" for link in links)
        links.insert(cited, {"level": "speaker", "entity": entity, "span": span})
    else:
        speaker |= {"entity": entity, "span": span or speaker.get("span")}
    return True


def count_victims(over: Over, act: Body | None, entity: str, told: Row, row: Row) -> bool:
    """The number of a victim of an act, at the words given, or at those it had."""
    victim = _party(act["victims"], entity) if act else None
    had = victim and victim.get("count")
    span = told["span"] or (had and had["span"])
    if victim is None or not span or not over.holds([span]):
        return False
    note_correction(victim, "count", had, row)
    bounds = {name: told[name] for name in ("min", "max")}
    victim["count"] = {"text": over.words(span), "span": list(span)} | bounds
    return True


def _count(over: Over, act: Body, told: Row, row: Row) -> bool:
    return count_victims(over, act, row["part"], told, row)


def _party(parties: Sequence[Body], entity: str) -> Body | None:
    return next((party for party in parties if party["entity"] == entity), None)


def _perpetrator(over: Over, act: Body, value: Row, row: Row) -> bool:
    return _of_the_act(over, act, "perpetrators", value, row)


def _victim(over: Over, act: Body, value: Row, row: Row) -> bool:
    return _of_the_act(over, act, "victims", value, row)


def _of_the_act(over: Over, act: Body, name: str, value: Row, row: Row) -> bool:
    """Somebody is said to have done it, or to have had it done to them; or is not said so."""
    entity, span = row["part"], value["span"]
    known = _party(act[name], entity)
    was = [dict(party) for party in act[name]]
    if not value["said"]:
        if known is None:
            return False
        act[name] = [party for party in act[name] if party["entity"] != entity]
    elif over.entity(entity) is None or not over.holds([span]):
        return False
    else:
        more = {"involvement": value["involvement"]} if name == "perpetrators" else {}
        made = (known or ({} if more else {"count": None})) | {"entity": entity, "span": span}
        others = [party for party in act[name] if party["entity"] != entity]
        act[name] = [*others, made | more]
    note_correction(act, name, was, row)
    return True


def _place(over: Over, act: Body, value: Row, row: Row) -> bool:
    entity = value["entity"]
    if not entity:
        return _uncited(act, "place", row)
    known = over.entity(entity) is not None
    return known and _cited(over, act, "place", entity, value["span"], row)


def _date(over: Over, act: Body, value: Row, row: Row) -> bool:
    if not value["date"]:
        return _uncited(act, "date", row)
    return _cited(over, act, "date", value["date"], value["span"], row)


def _cited(over: Over, act: Body, name: str, value: str, span: Any, row: Row) -> bool:
    """A field of an act whose words are cited: those given, or those that it had."""
    cites = act.get("cites", {})
    found = [list(span)] if span else cites.get(name, [])
    if not over.holds(found):
        return False
    note_correction(act, name, act.get(name), row)
    act[name] = value
    act["cites"] = cites | {name: found}
    return True


def _uncited(act: Body, name: str, row: Row) -> bool:
    """A field of an act that the text does not tell."""
    note_correction(act, name, act.get(name), row)
    act[name] = None
    cites = {key: found for key, found in act.pop("cites", {}).items() if key != name}
    if cites:
        act["cites"] = cites
    return True


OF_ACTS: Mapping[str, Callable[[Over, Body, Any, Row], bool]] = {
    "count": _count,
    "perpetrator": _perpetrator,
    "victim": _victim,
    "place": _place,
    "date": _date,
}
"""Corrections of acts that rest on words or on an entity of the document."""
