"""Acts of one document that belong together, and which of them the report is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.coding.acts_headline import is_named
from onrecord.coding.context import Context
from onrecord.coding.principal import kept_to_kinds
from onrecord.coding.victims import of_the_event
from onrecord.coding.when import common_part
from onrecord.dates.edtf import overlaps
from onrecord.model import Act, Entity, Event, Span, Where, content_id
from onrecord.vocabulary import load


def find_events(context: Context, acts: tuple[Act, ...]) -> tuple[Event, ...]:
    """Group the acts of a document; exactly one group is the principal event if there are acts.

    Acts belong together where they share who suffered, or are of one kind and nothing sets them
    apart: no other name of a victim, no other doer, place or date. The principal event is the one
    whose acts weigh most: title and lead count more.
    """
    if not acts:
        return ()
    groups, principal = told_events(context, acts)
    background = _mentions_by_country(context)
    return tuple(
        _event(
            context, group, background if number == principal else Counter(), number == principal
        )
        for number, group in enumerate(groups)
    )


def told_events(context: Context, acts: tuple[Act, ...]) -> tuple[list[list[Act]], int]:
    """The acts in events, and the number of the one the report is about."""
    return kept_to_kinds(context, *by_sufferers(context, acts))


def by_sufferers(context: Context, acts: tuple[Act, ...]) -> tuple[list[list[Act]], int]:
    """The acts in events, by who suffered them; the number of the one that weighs most."""
    return of_the_event(context, *grouped(context, acts))


def grouped(context: Context, acts: tuple[Act, ...]) -> tuple[list[list[Act]], int]:
    """The acts in groups that belong together, and the number of the one that weighs most."""
    apart = _apart(acts)
    groups = _grouped(context, acts, apart)
    weights = [sum(_weight(context, act, apart) for act in group) for group in groups]
    return groups, weights.index(max(weights))


def _apart(acts: tuple[Act, ...]) -> dict[str, str]:
    """Acts that stand apart from what was done: its punishment, and what is only imagined.

    Whoever is arrested or tried for a killing suffers another event than the one killed.
    """
    answers = _rules().answers
    accused = {p.entity for a in acts if a.type not in answers for p in a.perpetrators}
    apart = {a.id: "imagined" for a in acts if a.modality == "hypothetical"}
    for act in acts:
        victims = {v.entity for v in act.victims}
        if act.type in answers and victims and victims <= accused:
            apart[act.id] = "answer"
    return apart


def _grouped(context: Context, acts: tuple[Act, ...], apart: dict[str, str]) -> list[list[Act]]:
    parents = list(range(len(acts)))

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    for later, act in enumerate(acts):
        for earlier in range(max(0, later - _rules().reach), later):
            kinds = {apart.get(acts[earlier].id), apart.get(act.id)}
            if len(kinds) == 1 and _together(context, acts[earlier], act):
                parents[root(later)] = root(earlier)
    groups: dict[int, list[Act]] = {}
    for number, act in enumerate(acts):
        groups.setdefault(root(number), []).append(act)
    return list(groups.values())


def _together(context: Context, one: Act, other: Act) -> bool:
    """Same sufferers, same doers, told in one breath, or two words for one thing."""
    if {v.entity for v in one.victims} & {v.entity for v in other.victims}:
        return True
    if _is_set_against(context, one, other):
        return False
    if one.date and other.date and not overlaps(one.date, other.date):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    if abs(one.span[0] - other.span[0]) < _rules().breath:
        return True
    doers = {p.entity for p in one.perpetrators} & {p.entity for p in other.perpetrators}
    if doers:
        return True
    same = _family(one.type) == _family(other.type)
    named = _names_a_victim(context, one) and _names_a_victim(context, other)
    return same and not named and not (one.perpetrators and other.perpetrators)


def _is_set_against(context: Context, one: Act, other: Act) -> bool:
    """Whether one voice denies a deed and tells of another one, done to others."""
    if one.polarity == other.polarity or not (one.victims and other.victims):
        return False
    return bool(_voices(context, one) & _voices(context, other))


def _voices(context: Context, act: Act) -> set[str]:
    """Who speaks in the claims that state an act."""
    return {
        link.entity
        for claim in context.claims
        if claim.id in act.claims
        for link in claim.attribution
        if link.level == "speaker" and link.entity is not None
    }


def _names_a_victim(context: Context, act: Act) -> bool:
    """Somebody suffered it who has a name: "a journalist" may be anybody told of elsewhere."""
    return any(is_named(context.book[v.entity]) for v in act.victims)


def _weight(context: Context, act: Act, apart: dict[str, str]) -> float:
    rules, length = _rules(), max(len(context.parsed.text), 1)
    title = context.head.title
    weight = rules.lead if act.span[0] < rules.lead_share * length else 1.0
    if title and title[0] <= act.span[0] < title[1]:
        weight = rules.title
    if act.modality != "asserted" or act.polarity == "negated" or act.id in apart:
        weight *= rules.doubt
    told = bool(act.perpetrators) + bool(act.victims)
    weight *= 1 + rules.named * _names_a_victim(context, act)
    return weight * rules.gravity.get(act.type, 1.0) * (1 + told * rules.told)


def _event(context: Context, acts: list[Act], background: Counter[str], principal: bool) -> Event:
    dates = Counter((a.date, a.cites["date"]) for a in acts if a.date)
    date = dates.most_common(1)[0][0] if dates else None
    where, spans = _where(context, acts, background)
    cites = {"date": date[1]} if date else {}
    if where is not None and spans:
        cites["where"] = spans
    return Event(
        id=content_id("event", context.document_id, *(a.id for a in acts)),
        acts=tuple(a.id for a in acts),
        principal=principal,
        date=common_part(date[0]) if date else None,
        where=where,
        cites=cites,
    )


def _where(
    context: Context, acts: list[Act], background: Counter[str]
) -> tuple[Where | None, tuple[Span, ...]]:
    """Country, region and city of an event, with the words that give them.

    What places the acts weighs most; what the whole text is about, and its dateline, decide
    where the acts' own places leave the country open. A city or region lies in that country.
    """
    placed = Counter(a.place for a in acts if a.place)
    spans = {a.place: a.cites["place"][0] for a in reversed(acts) if a.place}
    found = [(context.book[i], spans[i], n) for i, n in placed.most_common()]
    if not found and context.head.dateline_place:
        known = context.book.at(context.head.dateline_place[0])
        found = [(known, context.head.dateline_place, 1)] if known else []
    country = _country(found, background)
    if country is None:
        return None, ()
    here = [(e, s) for e, s, _ in found if e.country == country]
    cited = [s for _, s in here[:1]] or [_first_mention(context, country)]
    picked: dict[str, str | None] = {}
    for precision in ("region", "city"):
        match = next(((e, s) for e, s in here if _precision(e) == precision), None)
        picked[precision] = match[0].name if match else None
        cited += [match[1]] if match else []
    return Where(country, picked["region"], picked["city"]), tuple(sorted(set(cited)))


def _country(found: list[tuple[Entity, Span, int]], background: Counter[str]) -> str | None:
    weights = Counter(background)
    for entity, _, number in found:
        if entity.country:
            weights[entity.country] += round(number * _rules().placed)
    return min(weights, key=lambda c: (-weights[c], c), default=None)


def _mentions_by_country(context: Context) -> Counter[str]:
    counted: Counter[str] = Counter()
    for entity in context.book:
        if entity.country and entity.type == "Place":
            counted[entity.country] += len(entity.mentions)
    return counted


def _first_mention(context: Context, country: str) -> Span:
    return min(
        mention
        for entity in context.book
        if entity.type == "Place" and entity.country == country
        for mention in entity.mentions
    )


def _precision(entity: Entity) -> str | None:
    return entity.location.precision if entity.location else None


@dataclass(frozen=True, slots=True)
class _Rules:
    families: dict[str, str]
    reach: int
    lead: float
    lead_share: float
    title: float
    doubt: float
    gravity: dict[str, float]
    told: float
    named: float
    breath: int
    placed: float
    answers: frozenset[str]


@cache
def _rules() -> _Rules:
    data: dict[str, Any] = load("event_rules")
    families = {kind: name for name, kinds in data["families"].items() for kind in kinds}
    made = ("families", "answers")
    rest = {k: v for k, v in data.items() if k in _Rules.__slots__ and k not in made}
    return _Rules(families, answers=frozenset(data["answers"]), **rest)


def _family(kind: str) -> str:
    return _rules().families.get(kind, kind)
