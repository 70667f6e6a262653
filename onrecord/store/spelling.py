"""The words of a case that are spelled like a word, or go on from its letters, found by look-up.

Two words with few edits between them share a stretch of letters once a few are left out of either.
So each word is kept under what is left of its first letters when up to two of them are left out
(W. Garbe's symmetric delete, with a bounded prefix); what is found so is then compared in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

from sqlalchemy import Connection, collate, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.store.tables import WORD_FORMS, WORDS
from onrecord.store.words import alike, slack

PREFIX = 6
"""Letters at the beginning of a word that its forms are made of."""

SHORTEST_BEGINNING = 2
"""Letters that a word must have to be taken for the beginning of others."""

_MOST_EDITS = 2
"""What `slack` allows at most."""

_AT_ONCE = 5_000


def forms(word: str, edits: int) -> set[str]:
    """What is left of a word's first letters when up to `edits` of them are left out."""
    letters = word[:PREFIX]
    return {
        "".join(letters[i] for i in range(len(letters)) if i not in gone)
        for number in range(min(edits, len(letters)) + 1)
        for gone in combinations(range(len(letters)), number)
    }


def reach(word: str) -> int:
    """Edits that may lie between a word of the case and any word that is asked for.

    None to a word that is too short for any; and a word with digits is asked for as it is, so that
    each digit is an edit.
    """
    digits = sum(letter.isdigit() for letter in word)
    if len(word) < 3 or digits > _MOST_EDITS:
        return 0
    return _MOST_EDITS if len(word) >= 5 else 1


def learn(connection: Connection, found: Sequence[str]) -> None:
    """Keep the forms of those words that the case does not know yet."""
    known: set[str] = set()
    for some in _batches(sorted(found)):
        query = select(WORDS.c.word).where(WORDS.c.word.in_(some))
        known.update(connection.execute(query).scalars())
    keep(connection, (word for word in found if word not in known))


def keep(connection: Connection, words: Iterable[str]) -> None:
    """Keep the forms of words."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(WORD_FORMS).on_conflict_do_nothing()
    pairs = ((form, word) for word in words if reach(word) for form in forms(word, reach(word)))
    while batch := sorted(islice(pairs, 10 * _AT_ONCE)):
        rows = [{"form": form, "word": word} for form, word in batch]
        connection.execute(statement, rows)


def keep_all(connection: Connection) -> None:
    """Keep the forms of all words of the case, where none are kept."""
    words = connection.execute(select(WORDS.c.word).order_by(WORDS.c.word)).scalars().all()
    pairs = ((form, word) for word in words if reach(word) for form in forms(word, reach(word)))
    while batch := list(islice(pairs, 10 * _AT_ONCE)):
        connection.execute(insert(WORD_FORMS), [{"form": f, "word": w} for f, w in batch])


def _batches(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(words), _AT_ONCE):
        yield words[first : first + _AT_ONCE]


def spelled_like(connection: Connection, asked: str) -> dict[str, float]:
    """The words of the case that may be another spelling of `asked`, each with its likeness."""
    edits = slack(asked)
    if edits:
        wanted = sorted(forms(asked, edits))
        query = select(WORD_FORMS.c.word).where(WORD_FORMS.c.form.in_(wanted))
    else:
        query = select(WORDS.c.word).where(WORDS.c.word == asked)
    return alike(asked, sorted(set(connection.execute(query).scalars())))


def going_on_from(connection: Connection, asked: str, most: int) -> list[str]:
    """The commonest words of the case that begin with `asked` and are longer."""
    if len(asked) < SHORTEST_BEGINNING:
        return []
    on_sqlite = connection.dialect.name == "sqlite"
    word = collate(WORDS.c.word, "BINARY" if on_sqlite else "C")
    query = (
        select(WORDS.c.word)
        .where(word > asked, word < asked + chr(0x10FFFF))
        .order_by(WORDS.c.paragraphs.desc(), word)
        .limit(most)
    )
    return list(connection.execute(query).scalars())
