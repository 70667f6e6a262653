"""What the parser often reads wrongly in such reports, set right once for all who read it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.passages.mending_subjects import mend_subjects
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEHIND_A_NAME = frozenset({"for", "against", "without", "'", "’", "'s", "’s"})


def mend(doc: Doc) -> Doc:
    """The same document with these readings mended in place.

    - A plural that opens a sentence and is taken for a name: "Gendarmes opened fire".
    - A charge hung on whom it is laid to: "accused the mayor of beating two students".
    - A name taken for the subject though it stands behind "loyal to", "under" or "led by".
    - A deed taken for what a noun is like: "found that Colonel Dar Osk tortured prisoners".
    - Who tells something taken for the last of those it is told of: "wounding six, a nurse said".
    """
    mend_subjects(doc)
    for index, token in enumerate(doc):
        if token.tag_ in ("NNP", "NNPS") and token.is_sent_start:
            _common(doc, index)
        elif token.dep_ in ("pcomp", "pobj"):
            _charged(token)
    return doc


def _common(doc: Doc, index: int) -> None:
    """A plural of people in capitals for the place where it stands, and not for a name."""
    token = doc[index]
    single = _plurals().get(token.lower_)
    if single is None or token.text.isupper() or token.dep_ in ("compound", "nmod", "poss"):
        return
    behind = doc[index + 1].text if index + 1 < len(doc) else ""
    if behind in _BEHIND_A_NAME or behind[:1].isupper():
        return
    token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", single
    doc.set_ents([ent for ent in doc.ents if not ent.start <= index < ent.end])


def _charged(deed: Token) -> None:
    preposition = deed.head
    party = preposition.head
    while party.dep_ == "pobj" and party.head.dep_ == "prep":  # "accused the mayor of Karsun of"
        party = party.head.head
    verb = party.head
    if party.dep_ != "dobj" or not verb.i < party.i < preposition.i:
        return
    if verb.lemma_.lower() not in load("mending")["charging"].get(preposition.lower_, ()):
        return
    if deed.tag_ == "VBG" or deed.lemma_.lower() in _deeds():
        preposition.head = verb


@cache
def _plurals() -> dict[str, str]:
    """Plurals of the nouns for people, with what one of them is called."""
    words = {w for entry in load("groups")["people"].values() for w in entry["words"]}
    return {_plural(word): word for word in words if word.isalpha()}


def _plural(word: str) -> str:
    if word.endswith("man"):
        return f"{word[:-2]}en"
    if word[-1:] == "y" and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


@cache
def _deeds() -> frozenset[str]:
    """The nouns that state an act, whatever else the vocabulary asks of their words."""
    found: set[str] = set()
    for entry in load("act_cues").values():
        for noun in entry["nouns"]:
            words = noun["noun"] if isinstance(noun, dict) else noun
            found.update([words] if isinstance(words, str) else words)
    return frozenset(found)
