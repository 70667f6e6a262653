"""Which words bear on which element of a crime: small rules over what was coded, kept as data.

A rule never says that an element is made out: only that somebody's words are worth reading for it,
and why. `vocabulary/elements.yaml` says how rules are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

from onrecord.model import Act
from onrecord.products.index import Index, Said
from onrecord.products.wording import Wording, current, say_as
from onrecord.vocabulary import load

Side = Literal["for", "against"]
Rule = Mapping[str, Any]
CONTEXT = "element"
"""The context of the messages of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a court would have to be shown, and what to ask where nothing bears on it."""

    id: str
    label: str
    question: str
    rules: tuple[tuple[Side, Rule], ...]


@dataclass(frozen=True, slots=True)
class Crime:
    """A crime or violation with its article and elements; `note` is what to know of it."""

    id: str
    article: str
    title: str
    note: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Bearing:
    """Something said that bears on an element, on which side, and the reason it is shown.

    `turned`: it stands on the other side than its words would, because it denies them.
    """

    said: Said
    side: Side
    why: str
    turned: bool = False


def crime_names() -> tuple[str, ...]:
    """The crimes there are, by id."""
    return tuple(load("elements")["crimes"])


def crime(name: str) -> Crime:
    """A crime by its id, one of `crime_names`, in the language that is spoken."""
    return _crime(name, current())


@cache
def _crime(name: str, spoken: Wording) -> Crime:
    held = load("elements")["crimes"][name]
    told = partial(spoken.say_as, CONTEXT)
    elements = (
        Element(e["id"], told(e["label"]), told(e["question"]), tuple(_sided(e)))
        for e in held["elements"]
    )
    article, title, note = (told(held[part]) for part in ("article", "title", "note"))
    return Crime(name, article, title, note, tuple(elements))


def _sided(element: Mapping[str, Any]) -> Iterator[tuple[Side, Rule]]:
    sides: tuple[Side, ...] = ("for", "against")
    for side in sides:
        for rule in element[side]:
            yield side, rule


@dataclass(frozen=True, slots=True)
class Heard:
    """Something said, with the groups of `elements.yaml` whose words it holds."""

    said: Said
    groups: frozenset[str]


def hear(spoken: Iterable[Said]) -> list[Heard]:
    """Each thing said with the groups of words in it, looked for once."""
    return [Heard(said, _groups(said)) for said in spoken]


def _groups(said: Said) -> frozenset[str]:
    words = " ".join(said.record.text[slice(*span)] for span in said.content)
    flat = " ".join(words.split())
    claim = said.claim
    negated = claim is not None and claim.polarity == "negated" and claim.kind != "denial"
    return frozenset(
        name
        for name, pattern, kept in _patterns()
        if (kept or not negated) and pattern.search(flat)
    )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Each group's name and pattern, and whether it counts in what is said negatively."""
    return tuple(
        (name, re.compile("|".join(group["words"]), re.IGNORECASE), group.get("negated") == "kept")
        for name, group in load("elements")["groups"].items()
        if group["words"]
    )


def bearings(index: Index, element: Element, heard: Iterable[Heard]) -> tuple[Bearing, ...]:
    """What bears on an element, the same words on a side once, by the first rule that fits."""
    found: dict[tuple[object, ...], Bearing] = {}
    for one in heard:
        for side, rule in element.rules:
            turned = _side(one.said, side, rule)
            if turned is not None and _fits(index, rule, one):
                key = (one.said.record.document.id, one.said.content, turned)
                why = str(rule["why"])
                reason = say_as(CONTEXT, why)
                found.setdefault(key, Bearing(one.said, turned, reason, turned != side))
                break
    return tuple(found.values())


def _side(said: Said, side: Side, rule: Rule) -> Side | None:
    """On which side a rule's words speak here; None where they speak on neither.

    A denial turns what speaks for into what speaks against, unless the rule is about denials.
    """
    claim = said.claim
    kind = claim.kind if claim else "statement"
    if kind not in rule.get("kinds", (kind,)):
        return None
    if claim is not None and claim.modality in ("hypothetical", "future"):
        return None
    if kind != "denial":
        return side
    if rule.get("denied") == "for":
        return "for"
    return "against" if side == "for" else None


def _fits(index: Index, rule: Rule, heard: Heard) -> bool:
    said = heard.said
    if "acts" in rule and not any(_act_fits(index, rule, said, act) for act in said.acts):
        return False
    if "words" in rule and rule["words"] not in heard.groups:
        return False
    return "with" not in rule or _has(heard, rule["with"])


def _act_fits(index: Index, rule: Rule, said: Said, act: Act) -> bool:
    denied = said.claim is not None and said.claim.kind == "denial"
    if act.type not in _acts(rule["acts"]) or act.modality in ("hypothetical", "future"):
        return False
    if act.polarity == "negated" and not denied:
        return False
    if "by" in rule:
        known = [p.entity for p in act.perpetrators if p.entity in index.sheet_of]
        if not any(index.entity(e).actor_type in rule["by"] for e in known):
            return False
    return "involvement" not in rule or any(
        p.involvement in rule["involvement"] for p in act.perpetrators
    )


def _has(heard: Heard, group: str) -> bool:
    return group in heard.groups or any(act.type in _acts(group) for act in heard.said.acts)


def _acts(group: str | list[str]) -> frozenset[str]:
    return frozenset(
        group if isinstance(group, list) else load("elements")["groups"][group]["acts"]
    )
