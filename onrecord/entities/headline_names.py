"""Names in a headline that writes every word with a capital: there a capital shows no name."""

from __future__ import annotations

from onrecord.entities.gazetteer import places_named
from onrecord.entities.kinds import LARGE
from onrecord.entities.lexicon import sex_of_given_name
from onrecord.entities.names import Name, key_of, title_start
from onrecord.entities.words import Words
from onrecord.model import Span

LEAST = 4
"""Words of a headline from which its capitals can be judged."""
SHARE = 0.9
"""Of its longer words so many begin with a capital where all may."""
LONGER = 4


def without_common_words(words: Words, names: list[Name], title: Span | None) -> list[Name]:
    """The names without those that only the capitals of a headline make look like one.

    In "Soldiers Burn Houses In Village" a name is what the text below names, too, or else a
    country, a large town, somebody with a given name, or initials.
    """
    if title is None or not _all_in_capitals(words, title):
        return names
    inside = range(*_tokens(words, title))
    following = range(inside.stop, len(words))
    below = {words.lower[i] for i in following if _is_named(words, i)}
    common = {words.word[i] for i in following if words.word[i].islower()}
    given = sex_of_given_name().keys() - common
    for name in names:
        if name.first in inside:
            _trim(words, name, below | given)
    return [
        name
        for name in names
        if name.first not in inside or _is_told(words, name, below | given, common)
    ]


def _trim(words: Words, name: Name, told: set[str]) -> None:
    """Take from a name's ends what is not told below: "River Guard" of "River Guard Burns"."""
    kept = [at for at in range(name.first, name.end) if words.lower[at] in told]
    if kept and (kept[0], kept[-1] + 1) != (name.first, name.end):
        name.first, name.end = kept[0], kept[-1] + 1
        name.title = title_start(words, name.first)
        name.key = key_of(words, name.first, name.end)


def _tokens(words: Words, title: Span) -> tuple[int, int]:
    inside = [i for i, start in enumerate(words.start) if title[0] <= start < title[1]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _all_in_capitals(words: Words, title: Span) -> bool:
    first, end = _tokens(words, title)
    longer = [w for w in words.word[first:end] if w.isalpha() and len(w) >= LONGER]
    return len(longer) >= LEAST and sum(w[0].isupper() for w in longer) >= SHARE * len(longer)


def _is_named(words: Words, index: int) -> bool:
    """Whether a word of the text is written as a name where only names have a capital."""
    opens = not index or words.sentence[index] != words.sentence[index - 1]
    capital = words.word[index][0].isupper()
    return capital and words.pos[index] == "PROPN" and (not opens or words.dep[index] != "ROOT")


def _is_told(words: Words, name: Name, told: set[str], common: set[str]) -> bool:
    said = words.word[name.first : name.end]
    if any(word.lower() in told for word in said):
        return True
    capitals = all(word.isupper() for word in said)
    if capitals and not all(word.isupper() for word in _around(words, name)):
        return True
    if common.issuperset(word.lower() for word in said):
        return False
    places = places_named(" ".join(said))
    return any(place.kind == "country" or place.population >= LARGE for place in places)


def _around(words: Words, name: Name) -> list[str]:
    """The words beside a name, by which it shows whether a line is in capitals throughout."""
    near = words.word[max(0, name.first - 3) : name.first] + words.word[name.end : name.end + 3]
    return [word for word in near if word.isalpha()]
