"""Organizations by name: a name, its acronym in brackets, and its later short forms are one."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.gazetteer import places_named
from onrecord.entities.lexicon import body_heads
from onrecord.entities.names import Name
from onrecord.entities.words import Words

_CLEAR = 3
"""Letters of an acronym that is not taken for another's by chance."""
_SMALL = frozenset({"of", "the", "and", "for", "to", "in", "on", "de", "du", "des", "la", "&", "a"})


def gather_organizations(words: Words, drafts: Drafts, names: list[Name]) -> None:
    """Add the organizations that `names` stand for, acronyms joined to the names they shorten."""
    by_key: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_key[_key(name)].append(name)
    short_for = _acronyms(words, names)
    short_for.update(_last_words(words, by_key, short_for))
    made: dict[str, Draft] = {}
    for key, found in by_key.items():
        full = short_for.get(key, key)
        draft = made.get(full)
        if draft is None:
            draft = made[full] = drafts.add("Organization", "")
        draft.keys |= {key, full}
        drafts.name(draft, *((name.first, name.end) for name in found))
    for draft in made.values():
        draft.name = _name(words, draft)


def settle_acronyms(words: Words, names: list[Name], kinds: dict[str, str]) -> None:
    """What shortens an organization's name is one, whatever the parser said: in brackets, or of
    three letters or more, each the initial of one of its words, and no country's name.
    """
    for before, after in pairwise(names):
        for short, long in ((after, before), (before, after)):
            if kinds.get(long.key) == "Organization" and _brackets(
                words, before, after, short, long
            ):
                kinds[short.key] = "Organization"
    bodies = {n.key: n for n in names if kinds.get(n.key) == "Organization" and n.end - n.first > 1}
    for name in names:
        surface = words.said(name.first, name.end)
        if not surface.isupper() or len(surface) < _CLEAR or _is_country(name.key):
            continue
        full = [n for n in bodies.values() if shortens(surface, words.said(n.first, n.end), 1)]
        if len(full) == 1:
            kinds[name.key] = "Organization"


def _is_country(key: str) -> bool:
    return any(place.kind in ("country", "region") and place.own for place in places_named(key))


def _brackets(words: Words, before: Name, after: Name, short: Name, long: Name) -> bool:
    between = words.word[before.end : after.first]
    return (
        1 <= len(between) <= 2
        and "(" in between
        and shortens(words.said(short.first, short.end), words.said(long.first, long.end), 0.5)
    )


def _key(name: Name) -> str:
    return name.key.removeprefix("the ")


def _acronyms(words: Words, names: list[Name]) -> dict[str, str]:
    """Keys of acronyms with the key of the full name each stands for."""
    found: dict[str, str] = {}
    for before, after in pairwise(names):
        for short, long in ((after, before), (before, after)):
            if _brackets(words, before, after, short, long):
                found.setdefault(_key(short), _key(long))
                break
    plain = {_key(name): name for name in names}
    for key, name in plain.items():
        surface = words.said(name.first, name.end)
        if key in found or not surface.isupper() or len(surface) < 2:
            continue
        spelled = [
            k
            for k, n in plain.items()
            if k != key and shortens(surface, words.said(n.first, n.end), 1)
        ]
        if len(spelled) == 1:
            found[key] = spelled[0]
    return found


def _last_words(
    words: Words, by_key: dict[str, list[Name]], acronyms: dict[str, str]
) -> dict[str, str]:
    """Keys of short forms with the one full name each shortens: "the Front", "Marrow Centre".

    A short form is a name's last word after "the", or what stands before its "for" or "of".
    """
    found: dict[str, str] = {}
    for key, names in by_key.items():
        if key in acronyms:
            continue
        full = [k for k in by_key if k not in acronyms and _is_short(key.split(), k.split())]
        later = [n for n in names if words.sentence[n.first]] or names
        after_the = all(n.first and words.lower[n.first - 1] == "the" for n in later)
        first = bool(full) and by_key[full[0]][0].first < later[0].first
        if len(full) == 1 and first and (after_the or " " in key):
            found[key] = full[0]
    return found


def _is_short(short: list[str], long: list[str]) -> bool:
    if len(long) <= len(short) or len(long) < 2:
        return False
    if len(short) == 1 and long[-1:] == short:
        return short[0] in body_heads()
    return len(short) > 1 and long[: len(short)] == short and long[len(short)] in ("for", "of")


def shortens(short: str, long: str, share: float) -> bool:
    """Whether at least `share` of an acronym's letters are initials of the name, in order."""
    letters = [c.lower() for c in short if c.isalpha()]
    told = [w for w in long.replace("-", " ").split() if w[0].isalnum()]
    if (
        not 2 <= len(letters) <= 10
        or len(told) < 2
        or " " in short
        or not any(c.isupper() for c in short)
    ):
        return False
    initials = [w[0].lower() for w in told]
    if share == 1:
        return letters in (initials, [w[0].lower() for w in told if w.lower() not in _SMALL])
    rest = iter(initials)
    return letters[0] == initials[0] and sum(c in rest for c in letters) >= share * len(letters)


def _name(words: Words, draft: Draft) -> str:
    spellings = [words.said(*mention) for mention in sorted(draft.mentions)]
    return max(spellings, key=lambda s: (len(s.split()) > 1, not s.isupper(), -spellings.index(s)))
