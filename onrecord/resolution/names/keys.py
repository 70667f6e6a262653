"""Blocking keys: what two spellings of one name have in common and most other names have not."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations, product

from onrecord.resolution.names import fold
from onrecord.resolution.names.form import Form, form, kind_of
from onrecord.resolution.names.lexicon import Word
from onrecord.resolution.names.roles import short_forms
from onrecord.vocabulary import load

_MOST_WORDS = 6
"""Words of a name that are paired: a name of more is a list, and would give keys by the hundred."""


@lru_cache(maxsize=1_000_000)
def keys(name: str, kind: str = "person") -> tuple[str, ...]:
    """The keys of a name, sorted, each once; two names that share none need no comparison.

    The first letters say what a key rests on, from the most to the least selective:

    - `p:` the consonants of two words ("sarfraz bugti", "BUGTI, Mir Sarfaraz" -> `p:bgt srfrs`),
      `w:` those of the whole name, as it is written together or apart
    - `u:` a number and the word beside it ("3rd Armd Div" -> `u:3 armrd`), `a:` an acronym
    - `i:` the consonants of one word and the initial of another (`i:bgt s`): for "S. Bugti", and
      for a slip in one word of two
    - `s:` the only word of a name

    An empty name has no keys.
    """
    ready = form(name, kind_of(kind))
    found = _of_person(ready) if ready.kind == "person" else _of_body(ready)
    return tuple(sorted(found))


def _of_person(ready: Form) -> set[str]:
    words = [word for word in ready.core if word.role == "name"][:_MOST_WORDS]
    initials = [word for word in ready.core if word.role == "initial"][:_MOST_WORDS]
    found: set[str] = set()
    for word in words:
        found |= {f"i:{word.skeleton} {_initial(other)}" for other in initials}
    for one, two in combinations(words, 2):
        pairs = (sorted(pair) for pair in product(_forms(one), _forms(two)))
        found |= {f"p:{first} {second}" for first, second in pairs}
        found |= {f"i:{one.skeleton} {_initial(two)}", f"i:{two.skeleton} {_initial(one)}"}
    return found | _whole(ready, words)


def _of_body(ready: Form) -> set[str]:
    words = [word for word in ready.core if word.role in ("name", "generic")][:_MOST_WORDS]
    telling = [word for word in words if word.role == "name"]
    found = _pairs(telling if len(telling) > 1 else words)
    found |= {f"u:{number} {word.skeleton}" for number in ready.numbers for word in words}
    if len(words) >= 3:
        found.add("a:" + "".join(word.text[0] for word in words))
    found |= {f"a:{word.text}" for word in telling if 2 <= len(word.text) <= _MOST_WORDS}
    return found | _whole(ready, telling or words)


def _pairs(words: list[Word]) -> set[str]:
    pairs = (sorted((one.skeleton, two.skeleton)) for one, two in combinations(words, 2))
    return {f"p:{one} {two}" for one, two in pairs}


def _whole(ready: Form, words: list[Word]) -> set[str]:
    found = (
        {"w:" + "".join(word.skeleton for word in ready.core[:_MOST_WORDS])}
        if ready.core
        else set()
    )
    if len(words) == 1:
        found.add(f"s:{words[0].skeleton}")
    return found


def _forms(word: Word) -> tuple[str, ...]:
    """The consonants of a word, and those of the given names that it is a short form of."""
    rows = short_forms().get(word.text)
    return (word.skeleton, *(_head(row) for row in sorted(rows))) if rows else (word.skeleton,)


@cache
def _head(row: int) -> str:
    whole: str = load("names_words")["short_forms"][row][0]
    return fold.skeletons(fold.sounded([whole]))[0]


def _initial(word: Word) -> str:
    return "a" if word.sound[0] in "aiu" else word.sound[0].replace("w", "v")
