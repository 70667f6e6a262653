"""The words that state an act, as `vocabulary/act_cues.yaml` lists them, with their conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.errors import VocabularyError
from onrecord.vocabulary import load

_CONDITIONS = (
    "with",
    "without",
    "object",
    "modifier",
    "of",
    "passive",
    "plural",
    "person",
    "caused",
    "transitive",
    "out_of",
    "by_taker",
)
_FLAGS = ("passive", "plural", "person", "caused", "transitive", "by_taker")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the cue list: the words' conditions and who is done to where."""

    type: str
    with_: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    passive: bool = False
    plural: bool = False
    person: bool = False
    caused: bool = False
    transitive: bool = False
    out_of: frozenset[str] = frozenset()
    by_taker: bool = False
    victim: str = "object"
    victim_after: frozenset[str] = frozenset()
    nobody: bool = False
    possessor: str = "victim"
    by_target: bool = False
    itself: str = ""
    holds: frozenset[str] = frozenset()

    @property
    def weight(self) -> int:
        """How much the rule asks: rules that ask more are tried first."""
        return sum(
            bool(part)
            for part in (
                self.with_,
                self.object,
                self.modifier,
                self.of,
                self.passive,
                self.caused,
                self.out_of,
            )
        )


@dataclass(frozen=True, slots=True)
class Cues:
    """Rules by the word they are of, and the hashes of all those words in every case."""

    verbs: dict[str, tuple[Rule, ...]]
    nouns: dict[str, tuple[Rule, ...]]
    hashes: frozenset[int]


@cache
def cues() -> Cues:
    """The rules, read once a process. Raises `VocabularyError` where a list holds no text."""
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for kind, forms in load("act_cues").items():
        for form, table, key in (("verbs", verbs, "verb"), ("nouns", nouns, "noun")):
            for entry in forms.get(form) or ():
                fields = entry if isinstance(entry, dict) else {key: entry}
                rule = _rule(kind, fields, bool(forms.get("by_target")))
                for word in _words(fields[key]):
                    for spelled in (word, *_inflected(word, form)):
                        table.setdefault(spelled, []).append(rule)
    return Cues(_ranked(verbs), _ranked(nouns), _hashes([*verbs, *nouns]))


def _inflected(word: str, form: str) -> tuple[str, ...]:
    """Regular forms: the parser does not always know the lemma ("graves" is no "graf")."""
    if form == "verbs":
        stem = word.removesuffix("e")
        return (f"{stem}ed", f"{stem}ing", f"{word}s")
    if word.endswith(("s", "x", "ch", "sh")):
        return (f"{word}es",)
    return (f"{word[:-1]}ies",) if word.endswith("y") else (f"{word}s",)


def _ranked(table: dict[str, list[Rule]]) -> dict[str, tuple[Rule, ...]]:
    return {w: tuple(sorted(rules, key=lambda r: -r.weight)) for w, rules in table.items()}


def _rule(kind: str, fields: dict[str, Any], by_target: bool) -> Rule:
    for name, words in fields.items():
        if isinstance(words, list) and not all(isinstance(w, str) for w in words):
            raise VocabularyError(
                f"act_cues: {kind}: {name} holds a word that YAML reads as no text"
            )
    victim = fields.get("victim", "object")
    conditions: dict[str, Any] = {
        ("with_" if name == "with" else name): name in _FLAGS or frozenset(_words(fields[name]))
        for name in _CONDITIONS
        if name in fields
    }
    return Rule(
        kind,
        **conditions,
        victim=victim if isinstance(victim, str) else "after",
        victim_after=frozenset(victim if isinstance(victim, list) else ()),
        nobody=bool(fields.get("nobody")),
        possessor=fields.get("possessor", "victim"),
        itself=fields.get("itself", ""),
        holds=frozenset(fields.get("holds", ())),
        by_target=by_target,
    )


def _words(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _hashes(words: list[str]) -> frozenset[int]:
    from spacy.strings import get_string_id

    forms = {form for word in words for form in (word, word.capitalize(), word.upper())}
    return frozenset(get_string_id(form) for form in forms)
