"""What a report shows of a person that tells whether its event was done to them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

from onrecord.coding.acts_headline import is_named
from onrecord.coding.acts_words import Words
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token

    from onrecord.coding.context import Context
    from onrecord.model import Act, Entity, Span

Features = dict[str, float]
"""One person's signs by name; a sign that is absent is 0."""

_SUBJECTS = {"nsubj": "does", "nsubjpass": "undergoes", "csubj": "does"}
_PASSED_OVER = frozenset({"conj", "appos", "compound", "flat", "nmod"})
_CLIMB = 6
_NEAR = 3
"""Sentences back and forth in which an act still stands near a mention."""


class Report:
    """One document as the signs are read from it: its people, sentences and acts."""

    def __init__(self, context: Context, acts: Sequence[Act], principal: Iterable[str]) -> None:
        assert context.parsed.doc is not None  # noqa: S101 - there are acts, so it was parsed
        self.context, self.acts, self.doc = context, acts, context.parsed.doc
        self.principal = frozenset(principal)
        self.people = [e for e in context.book if e.type == "Person" and is_named(e)]
        self.speakers = Words(context.claims).speakers
        self._starts = [token.idx for token in self.doc]
        self._sentences = [s.start_char for s in self.doc.sents]
        self._acts_by_sentence: dict[int, list[Act]] = {}
        for act in acts:
            self._acts_by_sentence.setdefault(self.sentence(act.span[0]), []).append(act)
        title = context.head.title
        self.title_end = title[1] if title else 0

    @cached_property
    def lemmas(self) -> Counter[str]:
        """How often each lemma stands in the report."""
        return Counter(token.lemma_.lower() for token in self.doc)

    def tokens(self, sentence: int) -> list[Token]:
        """The tokens of a sentence, by its number."""
        ends = [*self._sentences, len(self.context.parsed.text) + 1]
        first = bisect_left(self._starts, ends[sentence])
        return list(self.doc[first : bisect_left(self._starts, ends[sentence + 1])])

    def sentence(self, character: int) -> int:
        """The number of the sentence a character stands in."""
        return bisect_right(self._sentences, character) - 1

    def acts_in(self, sentence: int) -> list[Act]:
        """The acts told in a sentence."""
        return self._acts_by_sentence.get(sentence, [])

    def head_of(self, mention: Span) -> Token:
        """The word of a mention that the rest of it hangs on."""
        doc: Doc = self.doc
        first = max(bisect_right(self._starts, mention[0]) - 1, 0)
        last = max(bisect_right(self._starts, mention[1] - 1) - 1, first)
        inside = range(first, last + 1)
        return next((doc[i] for i in reversed(inside) if doc[i].head.i not in inside), doc[last])


def features_of(report: Report) -> dict[str, Features]:
    """The signs of each named person of a report, by the id of the entity."""
    about = _about(report)
    found = {}
    spoken = Counter(
        link.entity for claim in report.context.claims for link in claim.attribution if link.entity
    )
    for person in report.people:
        signs: Features = {**about}
        _where_told(report, person, signs)
        _grammar(report, person, signs)
        _acts_of(report, person, signs)
        _calling(person, signs)
        signs["speaks"] = math.log1p(spoken[person.id])
        found[person.id] = signs
    _rank(report, found)
    return found


def _about(report: Report) -> Features:
    """What the whole report is about: the same for all its people."""
    principal = [a for a in report.acts if a.id in report.principal]
    kinds = Counter(_family(a.type) for a in principal)
    signs: Features = {f"event {kind}": 1.0 for kind, _ in kinds.most_common(1)}
    signs["people"] = math.log1p(len(report.people))
    signs["acts"] = math.log1p(len(report.acts))
    signs["length"] = math.log1p(len(report.doc)) / 10
    titled = any(a.span[0] < report.title_end for a in report.acts)
    signs["act in title"] = float(titled)
    return signs


def _where_told(report: Report, person: Entity, signs: Features) -> None:
    length = max(len(report.context.parsed.text), 1)
    first = min(m for m in person.mentions if m[0] >= report.title_end or m == person.mentions[-1])
    signs["first told"] = first[0] / length
    signs["mentions"] = math.log1p(len(person.mentions))
    signs["told once"] = float(len(person.mentions) == 1)
    signs["in title"] = float(person.mentions[0][0] < report.title_end)
    body = sum(1 for m in person.mentions if m[0] < report.title_end + (length // 5))
    signs["in lead"] = float(body > 0)
    signs["span"] = (person.mentions[-1][0] - person.mentions[0][0]) / length


def _grammar(report: Report, person: Entity, signs: Features) -> None:
    for mention in person.mentions:
        for key in set(keys_of(report.head_of(mention))):
            signs[key] = signs.get(key, 0.0) + 1.0
    for key in [k for k in signs if k[0] == "~"]:
        signs[key] = min(signs[key], 2.0)


def keys_of(head: Token) -> list[str]:
    """How a name hangs in its sentence: "~undergoes arrest", "~of murder", "~owns detention"."""
    token = head
    keys = []
    for _ in range(_CLIMB):
        if token.dep_ not in _PASSED_OVER or token.head.i == token.i:
            break
        if token.dep_ == "conj":
            keys.append("~listed")
        elif token.dep_ == "appos":
            keys.append("~apposed")
        token = token.head
    above = token.head
    word = above.lemma_.lower()
    if token.dep_ in _SUBJECTS:
        how = _SUBJECTS[token.dep_]
    elif token.dep_ in ("dobj", "dative", "oprd", "attr"):
        how = "object"
    elif token.dep_ == "poss":
        how = "owns"
    elif token.dep_ == "pobj":
        how = above.lower_
        keys.append(f"~{how}")
        word = above.head.lemma_.lower()
    else:
        how = token.dep_.lower()
    keys += [f"~{how}", f"~{how} {word}"]
    return keys


def _acts_of(report: Report, person: Entity, signs: Features) -> None:
    suffered = [a for a in report.acts if any(v.entity == person.id for v in a.victims)]
    done = [a for a in report.acts if any(p.entity == person.id for p in a.perpetrators)]
    told = [a for a in suffered if a.polarity == "affirmed" and a.modality == "asserted"]
    signs["suffers"] = math.log1p(len(suffered))
    signs["suffers told"] = math.log1p(len(told))
    signs["suffers any"] = float(bool(suffered))
    principal = [a for a in suffered if a.id in report.principal]
    signs["suffers principal"] = float(bool(principal))
    signs["suffers principals"] = math.log1p(len(principal))
    signs["does"] = math.log1p(len(done))
    signs["does principal"] = float(any(a.id in report.principal for a in done))
    for kind in {a.type for a in suffered}:
        signs[f"suffers {kind}"] = 1.0
    sentences = {report.sentence(m[0]) for m in person.mentions}
    near = [a for s in sentences for a in report.acts_in(s)]
    signs["acts beside"] = math.log1p(len(near))
    signs["principal beside"] = float(any(a.id in report.principal for a in near))
    unnamed = [a for a in near if not _somebody_named(report, a)]
    signs["unnamed beside"] = math.log1p(len(unnamed))
    reach = {s + d for s in sentences for d in range(-_NEAR, _NEAR + 1)}
    signs["principal near"] = float(
        any(a.id in report.principal for s in reach for a in report.acts_in(s))
    )


def _somebody_named(report: Report, act: Act) -> bool:
    return any(is_named(report.context.book[v.entity]) for v in act.victims)


def _calling(person: Entity, signs: Features) -> None:
    for occupation in person.occupations:
        signs[f"is {occupation}"] = 1.0
    signs["no calling"] = float(not person.occupations)
    if person.actor_type and person.actor_type != "unknown":
        signs[f"acts for {person.actor_type}"] = 1.0
    signs["one name"] = float(" " not in person.name)


def _rank(report: Report, found: dict[str, Features]) -> None:
    """How each person stands among the people of the report."""
    most = max((s["mentions"] for s in found.values()), default=0.0)
    hurt = sum(s["suffers any"] for s in found.values())
    for person in report.people:
        signs = found[person.id]
        signs["most told of"] = float(signs["mentions"] >= most)
        signs["share of mentions"] = signs["mentions"] / most if most else 0.0
        signs["only sufferer"] = float(hurt == 1 and signs["suffers any"] > 0)
        signs["someone suffers"] = float(hurt > 0)


@cache
def _families() -> dict[str, str]:
    families = load("event_rules")["families"]
    return {kind: name for name, kinds in families.items() for kind in kinds}


def _family(kind: str) -> str:
    return _families().get(kind, kind)
