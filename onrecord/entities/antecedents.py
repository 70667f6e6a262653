"""Of those told of shortly before, whom a pronoun stands for: the most salient who fits, or nobody.

Each is weighed by where it stands (Lappin and Leass's salience) and by how often it is told of.
Grammar rules out; where two are as likely, one of them maybe without an entry (`rivals`), nobody is
chosen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from onrecord.entities.agreement import fits
from onrecord.entities.binding import case_of, co_arguments, reporters
from onrecord.entities.blame import not_theirs
from onrecord.entities.draft import Draft
from onrecord.entities.lexicon import kin, listed
from onrecord.entities.pronoun_grammar import (
    dangles,
    governing,
    is_cited,
    is_in_brackets,
    is_told_of_by,
    whole_of,
)
from onrecord.entities.rivals import are_people
from onrecord.entities.spoken import speaks
from onrecord.entities.suffering import harms, suffers
from onrecord.entities.words import SUBJECTS, Words
from onrecord.vocabulary import load

OPEN = -1_000_000
"""From here down: the keys of pronouns that nobody was found for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A word that a pronoun may point back at: its place, whose it is (None: nobody's), a key.

    Words of one draft, or of one noun without an entry, share their key.
    """

    head: int
    draft: Draft | None
    key: int
    maybe: frozenset[int] = frozenset()
    """Of a pronoun that was left open: the numbers of those it may stand for."""


@dataclass(slots=True)
class Told:
    """What the text has told so far of each draft, by its number."""

    of: Counter[int] = field(default_factory=Counter)
    harmed: Counter[int] = field(default_factory=Counter)
    """How often it suffers something, in the whole text."""
    harming: Counter[int] = field(default_factory=Counter)
    speaking: Counter[int] = field(default_factory=Counter)

    def suffers(self, number: int) -> bool:
        """Whether somebody is told of as one to whom harm is done, rather than who does it."""
        return self.harmed[number] > self.harming[number]


class Pronoun:
    """A pronoun with what its own clause says of whom it means."""

    def __init__(self, words: Words, index: int, facts: dict[str, str]) -> None:
        self.words, self.index, self.facts = words, index, facts
        self.number = facts["number"]
        self.case = case_of(words, index, facts["case"])
        whole = whole_of(words, index)
        self.suffers, self.harms = suffers(words, whole), harms(words, whole)
        self.speaks = speaks(words, whole)
        self.telling = reporters(words, index)
        self.barred = co_arguments(words, index, self.case) if self.case == "object" else ()
        self.dangles = self.case == "object" and dangles(words, index)
        self.not_theirs = not_theirs(words, index, suffers=self.suffers)
        self.governing = governing(words, index)

    def fits(self, draft: Draft) -> bool:
        """Whether somebody is of the number and, as far as is known, the sex of the pronoun."""
        return fits(draft, self.facts)


def choose(
    pronoun: Pronoun, seen: list[Standing], told: Told
) -> tuple[Draft | None, frozenset[int]]:
    """Whom a pronoun stands for, of `seen` in order of the text; or nobody, and who it may be."""
    able = [standing for standing in seen if _is_able(pronoun, standing, told)]
    shut = _shut_out(pronoun, able)
    scores: dict[int, float] = {}
    stand: dict[int, Standing] = {}
    for standing in reversed(able):
        if standing.key in shut or _is_barred(pronoun, standing.head):
            continue
        score = _score(pronoun, standing.head) + _history(pronoun, standing, told)
        if pronoun.suffers and standing.draft and suffers(pronoun.words, standing.head):
            score += weight("harmed there")
        if score > scores.get(standing.key, -99.0):
            scores[standing.key], stand[standing.key] = score, standing
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    maybe = frozenset(key for key in ranked if scores[key] > scores[ranked[0]] - weight("maybe"))
    ranked = _without_the_same(ranked, stand)
    if not ranked or scores[ranked[0]] < weight(f"least of {pronoun.number}"):
        return None, maybe
    lead = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 9.0
    first = stand[ranked[0]].draft
    if first is None or lead < _wanted(pronoun, ranked, told):
        return None, maybe
    return _decided(pronoun, first, maybe), maybe


def _decided(pronoun: Pronoun, first: Draft, maybe: frozenset[int]) -> Draft | None:
    """Somebody found; of those whom a shared name may mean, the one whom the pronoun fits."""
    if not first.candidates:
        return first
    able = [draft for draft in first.candidates if pronoun.fits(draft)]
    return able[0] if len(able) == 1 and able[0].number in maybe else None


def _wanted(pronoun: Pronoun, ranked: list[int], told: Told) -> float:
    """By how much the first must lead the second."""
    if pronoun.suffers or pronoun.harms:
        harmed = [told.suffers(key) for key in ranked[:2]]
        if not (pronoun.suffers and harmed[0]):
            return weight("lead of harm")
        both = pronoun.number == "one" and harmed == [True, True]
        return weight("lead of two harmed" if both else "lead")
    return weight("lead of one" if pronoun.number == "one" else "lead")


def _without_the_same(ranked: list[int], stand: dict[int, Standing]) -> list[int]:
    """The ranks without those who may be the first: "Vale" of two beside "Ada Vale"."""
    first = stand[ranked[0]].draft if ranked else None
    if first is None:
        return ranked
    return [
        key
        for key in ranked
        if first.number not in stand[key].maybe
        and ((draft := stand[key].draft) is None or first not in draft.candidates)
        and draft not in first.candidates
    ]


def weight(name: str) -> float:
    """How much one sign counts (`vocabulary/pronouns.yaml`)."""
    return float(load("pronouns")["weights"][name])


def _is_able(pronoun: Pronoun, standing: Standing, told: Told) -> bool:
    words, head, draft = pronoun.words, standing.head, standing.draft
    distance = words.sentence[pronoun.index] - words.sentence[head]
    if distance > int(load("pronouns")["reach"][pronoun.number]):
        return False
    if is_in_brackets(words, head, pronoun.index):
        return False
    if _is_of_an_earlier_paragraph(pronoun, head):
        return False
    if draft is None:
        person = standing.key <= OPEN or pronoun.number == "one" or are_people(words, head)
        if not (pronoun.harms or pronoun.speaks):
            return True
        return person and not (pronoun.harms and pronoun.number == "many" and suffers(words, head))
    if not pronoun.fits(draft):
        return False
    if pronoun.number == "body" and not _acts(words, pronoun.index, head):
        return False
    return not (
        pronoun.number == "many" and pronoun.harms and _cannot_harm(pronoun, head, draft, told)
    )


def _is_of_an_earlier_paragraph(pronoun: Pronoun, head: int) -> bool:
    """Whether "they" stands in a quotation and those meant outside it, paragraphs before."""
    words, index = pronoun.words, pronoun.index
    if pronoun.number == "one" or not words.quoted[index]:
        return False
    return not words.quoted[head] and "\n" in words.text[words.end[head] : words.start[index]]


def _cannot_harm(pronoun: Pronoun, head: int, draft: Draft, told: Told) -> bool:
    """Who told of harm, who suffers it and the relatives of who does are not those who did it."""
    words = pronoun.words
    tells = speaks(words, head) and not pronoun.telling
    lemma = words.lemma[head]
    return tells or told.suffers(draft.number) or lemma in kin() or lemma == "family"


def _shut_out(pronoun: Pronoun, able: list[Standing]) -> frozenset[int]:
    """Whom grammar forbids, at whatever word they stand: "Dahl met him" is Dahl nowhere."""
    barred = (s.key for s in able if _is_barred(pronoun, s.head))
    return frozenset() if pronoun.dangles else frozenset(barred)


def _is_barred(pronoun: Pronoun, head: int) -> bool:
    words, index = pronoun.words, pronoun.index
    if head in pronoun.barred or head == pronoun.not_theirs or words.head[head] == index:
        return True
    if pronoun.case == "object":
        verb = words.head[index] if words.dep[index] != "pobj" else words.head[words.head[index]]
        return words.head[head] == verb and words.dep[head] in (*SUBJECTS, "dobj")
    if pronoun.case == "possessive":
        return words.head[index] == head
    if words.dep[index] in SUBJECTS:
        return words.head[head] == words.head[index]
    return False


def _history(pronoun: Pronoun, standing: Standing, told: Told) -> float:
    """What counts for somebody wherever they stand: how often, of which sex, as whom told of."""
    draft = standing.draft
    if draft is None:
        return _of_rival(pronoun, standing)
    score = weight("repeated") * min(told.of[draft.number], 5)
    score += weight("harmed") * (pronoun.suffers and told.suffers(draft.number))
    score -= weight("harmed doer") * (pronoun.harms and told.suffers(draft.number))
    score += weight("spoke") * (pronoun.speaks and told.speaking[draft.number] > 0)
    if pronoun.number != "one":
        return score
    other = "female" if pronoun.facts["sex"] == "male" else "male"
    known = draft.sex[pronoun.facts["sex"]] - draft.sex[other]
    score += weight("named") if draft.named else 0.0
    return score + (weight("same sex") if known > 0 else weight("other sex") if known < 0 else 0.0)


def _of_rival(pronoun: Pronoun, standing: Standing) -> float:
    if pronoun.number == "one":
        if standing.key <= OPEN:
            return weight("rival left open")
        name = pronoun.words.pos[standing.head] == "PROPN"
        return weight("rival of one") + weight("rival by name") * name
    person = standing.key < OPEN or are_people(pronoun.words, standing.head)
    harmed = weight("thing harmed") * pronoun.suffers
    return 0.0 if person else weight("thing") + harmed


def _acts(words: Words, index: int, head: int) -> bool:
    """Whether "it" is somebody: what speaks, or what "its" of its own sentence belongs to.

    Elsewhere "it" is a thing, a fact or nothing far more often than a body.
    """
    if words.quoted[head] != words.quoted[index]:
        return False
    subject = words.dep[head] in SUBJECTS
    verb = words.head[index]
    acting = words.dep[index] == "nsubj" and any(
        words.dep[c] == "dobj" for c in words.children[verb]
    )
    if acting and head in reporters(words, index):
        return True  # "the Front said it had killed him"
    if words.dep[index] == "nsubj" and words.lemma[words.head[index]] in listed("roles", "speech"):
        return subject
    return subject and words.tag[index] == "PRP$" and words.sentence[head] == words.sentence[index]


def _score(pronoun: Pronoun, head: int) -> float:
    """How much a mention stands out by its place."""
    words, index = pronoun.words, pronoun.index
    distance = words.sentence[index] - words.sentence[head]
    score = -weight("sentence") * distance + weight("reporter") * (head in pronoun.telling)
    score += _of_role(words, whole_of(words, head))
    if words.quoted[head] != words.quoted[index]:
        score -= weight("other side of a quotation")
    if words.head[head] in pronoun.governing:
        score += weight("governing clause")
    if is_told_of_by(words, head, index):
        score += weight("relative clause")
    if distance == 0:
        score -= weight("far in sentence") * min(index - head, 20) / 20
    return score


def _of_role(words: Words, head: int) -> float:
    """What a mention's role in its clause counts."""
    dep, verb = words.dep[head], words.head[head]
    if dep in SUBJECTS:
        told = weight("speaker") * (words.lemma[verb] in listed("roles", "speech"))
        return weight("subject") + told + weight("main clause") * (words.dep[verb] == "ROOT")
    if is_cited(words, head):
        return weight("subject") + weight("speaker")
    if dep in ("dobj", "dative"):
        return weight("object")
    agent = dep == "pobj" and words.dep[verb] == "agent"
    return weight("possessor") if dep == "poss" else weight("agent") * agent
