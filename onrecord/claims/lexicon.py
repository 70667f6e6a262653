"""The cue words: those of the field, written by hand, and those that were counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord import vocabulary


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas of verbs, nouns and adjectives that may be cues.

    `saying` are the verbs of speech, `telling` those that tell what was, `addressing` those that
    may name a hearer first; `means` are nouns for that by which one speaks ("by telephone"),
    `papers` for what says something itself, `measures` for what things are done according to,
    `callings` for that by which one is reached; `undergoing` is what happens to a place;
    `people` are sources by the word for them ("witness"); `charges` are nouns for what somebody is
    tried for, `answering` verbs whose object is another's word ("dismissed the criticism").
    """

    verbs: frozenset[str]
    saying: frozenset[str]
    telling: frozenset[str]
    addressing: frozenset[str]
    means: frozenset[str]
    papers: frozenset[str]
    measures: frozenset[str]
    undergoing: frozenset[str]
    callings: frozenset[str]
    nouns: frozenset[str]
    raising: frozenset[str]
    holding: frozenset[str]
    adjectives: frozenset[str]
    people: frozenset[str]
    charges: frozenset[str]
    answering: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The packaged cue words, read once a process."""
    cues = vocabulary.load("cues")
    learned = vocabulary.learned("cues-learned")
    verbs = {lemma for group in cues["verbs"].values() for lemma in group["lemmas"]}
    return Lexicon(
        verbs=frozenset(verbs | set(learned["verbs"])),
        saying=frozenset(cues["verbs"]["speech"]["lemmas"]),
        telling=frozenset(cues["telling"]),
        addressing=frozenset(cues["addressing"]),
        means=frozenset(cues["means"]),
        papers=frozenset(cues["papers"]),
        measures=frozenset(cues["measures"]),
        undergoing=frozenset(cues["undergoing"]),
        callings=frozenset(cues["callings"]),
        nouns=frozenset(set(cues["nouns"]) | set(learned["nouns"])),
        raising=frozenset(cues["raising"]),
        holding=frozenset(cues["holding"]),
        adjectives=frozenset(learned["adjectives"]) - frozenset(cues["no_feeling"]),
        people=frozenset(cues["source_people"]),
        charges=frozenset(cues["charges"]),
        answering=frozenset(cues["answering"]),
    )
