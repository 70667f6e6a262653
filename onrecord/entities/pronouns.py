"""Who "he", "she" and "they" stand for: the most salient fitting mention shortly before.

A pronoun looks back over its own sentence and the few before it (`antecedents` weighs whom it
finds). Within a quotation "I" and "we" are the speaker's and left. A report of harm keeps telling
of whom it was done to: "his arrest" is rather his who was arrested.
"""

from __future__ import annotations

from collections import Counter

from onrecord.entities.agreement import fits
from onrecord.entities.antecedents import OPEN, Pronoun, Standing, Told, choose
from onrecord.entities.binding import bound_to
from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.rivals import Rival, named_by_surname, rivals_of
from onrecord.entities.spoken import Speakers, speaks
from onrecord.entities.suffering import harms, suffers
from onrecord.entities.words import SUBJECTS, Words
from onrecord.vocabulary import load

AHEAD = 15
"""Words after a pronoun in which the subject it points forward to is looked for."""

_KINDS = ("many", "male", "female")

RECENT = 60
"""Mentions that are looked back over."""


def resolve_pronouns(words: Words, drafts: Drafts) -> None:
    """Add each pronoun that is decided to the mentions of whom it stands for."""
    _Reader(words, drafts).read()


class _Reader:
    """Reads a text from its first word to its last and keeps what it has told so far."""

    def __init__(self, words: Words, drafts: Drafts) -> None:
        self._words, self._drafts = words, drafts
        found = sorted(
            [*_heads(words, drafts), *named_by_surname(words, drafts)], key=lambda each: each[0]
        )
        self._speakers = Speakers(words, found)
        self._ahead = [Standing(head, draft, draft.number) for head, draft in reversed(found)]
        self._coming = rivals_of(words, drafts)
        self._rivals: dict[str, list[Rival]] = {"one": [], "many": [], "body": []}
        self._seen: list[Standing] = []
        self._left: list[Standing] = []
        self._told = Told(
            harmed=Counter(draft.number for head, draft in found if suffers(words, head)),
            harming=Counter(draft.number for head, draft in found if harms(words, head)),
            speaking=Counter(draft.number for head, draft in found if speaks(words, head)),
        )

    def read(self) -> None:
        """Decide each pronoun in turn."""
        words = self._words
        table: dict[str, dict[str, str]] = load("pronouns")["pronouns"]
        for index, lower in enumerate(words.lower):
            facts = table.get(lower)
            if facts is None or words.pos[index] not in ("PRON", "DET"):
                continue
            self._pass_over(index)
            owner, maybe = self._owner(index, facts)
            if owner is not None:
                self._settle(index, facts, owner)
            elif facts["number"] != "body" and words.dep[index] != "poss":
                self._left.append(Standing(index, None, _key_of_open(facts), maybe))

    def _pass_over(self, index: int) -> None:
        """Take in what stands before a token."""
        while self._ahead and self._ahead[-1].head < index:
            self._seen.append(self._ahead.pop())
            self._told.of[self._seen[-1].key] += 1
        for number, coming in self._coming.items():
            while coming and coming[-1][0] < index:
                self._rivals[number].append(coming.pop())

    def _owner(self, index: int, facts: dict[str, str]) -> tuple[Draft | None, frozenset[int]]:
        ahead = _subject_ahead(self._words, self._drafts, index, facts)
        if ahead is not None:
            return ahead, frozenset()
        barred = self._speakers.of(index)
        near = [s for s in self._seen[-RECENT:] if s.key not in barred]
        pronoun = Pronoun(self._words, index, facts)
        if pronoun.case == "reflexive" and (own := bound_to(self._words, index)) is not None:
            holder = next((s.draft for s in near if s.head == own), None)
            fitting = holder if holder is not None and pronoun.fits(holder) else None
            return fitting, frozenset()
        rivals = [Standing(head, None, key) for head, key in self._rivals[pronoun.number][-RECENT:]]
        rivals += [s for s in self._left[-RECENT:] if s.key == _key_of_open(facts)]
        return choose(pronoun, sorted([*near, *rivals], key=lambda s: s.head), self._told)

    def _settle(self, index: int, facts: dict[str, str], owner: Draft) -> None:
        self._told.harmed[owner.number] += suffers(self._words, index)
        self._told.harming[owner.number] += harms(self._words, index)
        self._told.speaking[owner.number] += speaks(self._words, index)
        self._drafts.mention(owner, (index, index + 1))
        self._speakers.learn(index, owner)
        if facts["number"] == "one":
            owner.sex[facts["sex"]] += 1
            cited = owner.cites.setdefault("sex", [])
            if len(cited) < 3:
                cited.append(self._words.span(index, index + 1))
        self._seen.append(Standing(index, owner, owner.number))
        self._told.of[owner.number] += 1


def _key_of_open(facts: dict[str, str]) -> int:
    """The key that pronouns of one kind share while nobody is found for them."""
    return OPEN - _KINDS.index(facts.get("sex", "many"))


def _subject_ahead(words: Words, drafts: Drafts, index: int, facts: dict[str, str]) -> Draft | None:
    """Whom a pronoun in an opening phrase points forward to: "In his post, Dahl said"."""
    if facts["number"] == "many" or words.quoted[index]:
        return None
    for ahead in range(index + 1, min(index + AHEAD, len(words))):
        if words.sentence[ahead] != words.sentence[index]:
            return None
        if words.dep[ahead] != "nsubj" or words.dep[words.head[ahead]] != "ROOT":
            continue
        owner = drafts.at.get(ahead)
        opening = any(words.word[i] == "," for i in range(index + 1, ahead))
        first = not any(words.dep[i] in SUBJECTS for i in range(index, ahead))
        if owner is None or not opening or not first or not owner.named or owner.candidates:
            return None
        return owner if fits(owner, facts) and _opens(words, index) else None
    return None


def _opens(words: Words, index: int) -> bool:
    """Whether no name stands before this word in its sentence."""
    before = index - 1
    while before >= 0 and words.sentence[before] == words.sentence[index]:
        if words.pos[before] == "PROPN":
            return False
        before -= 1
    return True


def _heads(words: Words, drafts: Drafts) -> list[tuple[int, Draft]]:
    """The mentions that can be pointed back at, by their head words."""
    heads = {_head(words, first, end): draft for draft in drafts for first, end in draft.mentions}
    return [(head, draft) for head, draft in heads.items() if drafts.at.get(head) is draft]


def _head(words: Words, first: int, end: int) -> int:
    return next(
        (i for i in range(end - 1, first - 1, -1) if not first <= words.head[i] < end), end - 1
    )
