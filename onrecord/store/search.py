"""Full-text search that forgives spelling, the same on both engines.

Paragraphs are indexed by their folded words: in FTS5 on SQLite, as a tsvector on PostgreSQL. The
engine only says which paragraphs hold which words, in the order they came in; which of them answer
best is worked out here, from their words, so that both engines give the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.model import Span
from onrecord.store import spelling
from onrecord.store.arrays import Numbers
from onrecord.store.asking import Asked, Wanted, widened
from onrecord.store.citations import decode
from onrecord.store.heads import filled
from onrecord.store.tables import DOCUMENTS, PARAGRAPHS, TEXTS, WORDS
from onrecord.store.words import folded_words, words

PASSAGE = 2_000
"""Characters of the longest passage that is shown; longer paragraphs are cut at blanks."""

_ENOUGH = 4
"""Paragraphs that are scored for each hit asked for, where more than `_ALL` answer."""

_ALL = 200
"""Paragraphs that are scored whatever words they hold, where no more answer."""

_TURNS = 20
"""Combinations of words that the engine is asked for at most, for one query."""

_BESIDE = 0.25
"""How much more a passage is worth in which all words asked for stand beside each other."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query. `matches` are spans of the document's text, like `span`.

    `score` is the sum over the query's words of how alike the passage's nearest spelling is (0 to
    1, squared) times how rare the word is in the case; more where they stand side by side.
    """

    document_id: str
    path: str
    title: str | None
    score: float
    span: Span
    text: str
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Paragraphs that answer a query, by number, in the order they came in.

    `more`: there are more than these. `partly`: none holds all words of the query; these hold some.
    """

    paragraphs: Numbers
    more: bool
    partly: bool


def add(connection: Connection, document: str, body: str, paragraphs: Sequence[Span]) -> None:
    """Index the paragraphs of a document, within the caller's transaction."""
    last = newest(connection)
    found = [
        (piece, sorted({word for word, _ in words(body[slice(*piece)])}))
        for span in paragraphs
        for piece in _pieces(body, span)
    ]
    found = [(span, terms) for span, terms in found if terms]
    if not found:
        return
    rows = [
        {"id": last + number, "document_id": document, "start": span[0], "end": span[1]}
        for number, (span, _) in enumerate(found, 1)
    ]
    connection.execute(insert(PARAGRAPHS), rows)
    sqlite_engine = _is_sqlite(connection)
    connection.execute(
        _ADD_SQLITE if sqlite_engine else _ADD_POSTGRESQL,
        [
            {"id": row["id"], "terms": " ".join(terms) if sqlite_engine else terms}
            for row, (_, terms) in zip(rows, found, strict=True)
        ],
    )
    _count(connection, Counter(word for _, terms in found for word in terms))


def _pieces(body: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > PASSAGE:
        cut = body.rfind(" ", start + 1, start + PASSAGE) + 1 or start + PASSAGE
        yield start, cut
        start = cut
    yield start, end


_ADD_SQLITE = text("INSERT INTO paragraph_terms (rowid, terms) VALUES (:id, :terms)")
_ADD_POSTGRESQL = text(
    "INSERT INTO paragraph_terms VALUES (:id, array_to_tsvector(CAST(:terms AS text[])))"
)
_FIND_SQLITE = (
    "SELECT rowid AS id FROM paragraph_terms WHERE paragraph_terms MATCH :query "
    "ORDER BY rowid LIMIT :limit"
)
_FIND_POSTGRESQL = (
    "SELECT id FROM paragraph_terms WHERE terms @@ CAST(:query AS tsquery) ORDER BY id LIMIT :limit"
)


def _count(connection: Connection, counts: Mapping[str, int]) -> None:
    spelling.learn(connection, list(counts))
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(WORDS)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["word"],
            set_={"paragraphs": WORDS.c.paragraphs + statement.excluded.paragraphs},
        ),
        [
            {"word": word, "length": len(word), "paragraphs": number}
            for word, number in sorted(counts.items())
        ],
    )


def find(connection: Connection, query: str, limit: int, *, typing: bool = False) -> list[Hit]:
    """The passages that answer `query` best, best first; none for a query without a word.

    A passage must hold every word of the query, or a word spelled like it; where none does, those
    that hold any are given. With `typing`, the last word may be the beginning of a longer one.
    """
    asked = widened(connection, query, typing=typing)
    return best(connection, asked, limit) if asked else []


def best(
    connection: Connection, asked: Asked, limit: int, *, among: Numbers | None = None
) -> list[Hit]:
    """The passages that answer best to words as `widened` gives them, best first.

    With `among`, only of those paragraphs, which must hold the words; of the first if many.
    """
    if limit < 1:
        return []
    if among is None:
        some = _candidates(connection, asked, limit)
    else:
        some = np.sort(among)[:_ALL].tolist()
    scored = sorted(_score(connection, some, asked), key=lambda pair: (-pair.score, pair.paragraph))
    return _hits(connection, scored[:limit], asked)


def matching(connection: Connection, asked: Asked | None, most: int) -> Matching:
    """Which paragraphs answer words as `widened` gives them, up to `most`."""
    if asked is None:
        return Matching(_numbered(""), more=False, partly=False)
    found = _numbered(_told(connection, asked.all_of(), most + 1) if asked.complete else "")
    if len(found):
        return Matching(found[:most], more=len(found) > most, partly=False)
    some = sorted(_best_first(connection, _partly(asked), _ALL))
    return Matching(np.array(some, dtype=np.int64), more=False, partly=True)


def _candidates(connection: Connection, asked: Asked, limit: int) -> list[int]:
    """The paragraphs worth scoring: all that answer; if those are many, the best by their words."""
    found = _holding(connection, asked.all_of(), _ALL + 1) if asked.complete else []
    if 0 < len(found) <= _ALL:
        return found
    combinations = islice(asked.combinations(), _TURNS) if found else _partly(asked)
    return _best_first(connection, combinations, _ENOUGH * limit)


def _partly(asked: Asked) -> Iterable[Sequence[Wanted]]:
    return chain(islice(asked.parts(), _TURNS), asked.alone())


def _best_first(
    connection: Connection, combinations: Iterable[Sequence[Wanted]], enough: int
) -> list[int]:
    found: dict[int, None] = {}
    for combination in combinations:
        found |= dict.fromkeys(_holding(connection, combination, enough))
        if len(found) >= enough:
            break
    return list(found)


def _holding(connection: Connection, wanted: Sequence[Wanted], limit: int) -> list[int]:
    """The first paragraphs that hold a word out of each group."""
    statement, query = _finding(connection, wanted)
    return list(connection.execute(text(statement), {"query": query, "limit": limit}).scalars())


def newest(connection: Connection) -> int:
    """The number of the newest paragraph: what is equal where the same words answer."""
    return int(connection.execute(select(func.coalesce(func.max(PARAGRAPHS.c.id), 0))).scalar_one())


def _told(connection: Connection, wanted: Sequence[Wanted], limit: int) -> str:
    """As `_holding`, for very many: their numbers come as one text, which is far quicker."""
    statement, query = _finding(connection, wanted)
    joined = "group_concat(id)" if _is_sqlite(connection) else "string_agg(CAST(id AS text), ',')"
    whole = f"SELECT {joined} FROM ({statement}) AS found"  # noqa: S608 - nothing from outside
    return connection.execute(text(whole), {"query": query, "limit": limit}).scalar() or ""


def _numbered(told: str) -> Numbers:
    """Numbers between commas, in order."""
    found: Numbers = np.sort(np.fromstring(told, dtype=np.int64, sep=","))
    return found


def _finding(connection: Connection, wanted: Sequence[Wanted]) -> tuple[str, str]:
    """The statement that finds paragraphs, and the query for it."""
    quote, either, joint = ('"', " OR ", " AND ") if _is_sqlite(connection) else ("'", " | ", " & ")
    groups = (either.join(f"{quote}{word}{quote}" for word in each) for each in wanted)
    query = joint.join(f"({group})" for group in groups)
    return (_FIND_SQLITE if _is_sqlite(connection) else _FIND_POSTGRESQL), query


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


@dataclass(frozen=True, slots=True)
class _Scored:
    """A paragraph with its words, and what it is worth."""

    paragraph: int
    document: str
    span: Span
    text: str
    score: float


def _score(connection: Connection, found: Sequence[int], asked: Asked) -> Iterator[_Scored]:
    query = select(PARAGRAPHS).where(PARAGRAPHS.c.id.in_(found)).order_by(PARAGRAPHS.c.id)
    rows = connection.execute(query).all()
    bodies = _texts(connection, sorted({row.document_id for row in rows}))
    known, body = "", ""
    for number, document, start, end in rows:
        if document != known:
            known, body = document, decode(bodies[document])
        passage = body[start:end]
        yield _Scored(number, document, (start, end), passage, _worth(passage, asked))


def _worth(passage: str, asked: Asked) -> float:
    best = [0.0] * len(asked.words)
    beside, last = set[int](), dict[int, int]()
    for place, likeness in asked.among(folded_words(passage)):
        for number, score in likeness.items():
            best[number] = max(best[number], score * score * asked.words[number].rarity)
            if last.get(number - 1) == place - 1:
                beside.add(number)
            last[number] = place
    nearness = len(beside) / (len(best) - 1) if len(best) > 1 else 0.0
    return round(sum(best) * (1 + _BESIDE * nearness), 6)


def _hits(connection: Connection, scored: Sequence[_Scored], asked: Asked) -> list[Hit]:
    about = _about(connection, sorted({each.document for each in scored}))
    return [
        Hit(
            each.document,
            *about[each.document],
            each.score,
            each.span,
            each.text,
            tuple(_matches(each, asked)),
        )
        for each in scored
    ]


def _matches(scored: _Scored, asked: Asked) -> Iterator[Span]:
    begins, _ = scored.span
    for word, (start, end) in words(scored.text):
        if asked.likeness(word):
            yield begins + start, begins + end


def _about(connection: Connection, documents: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    query = select(DOCUMENTS.c.id, DOCUMENTS.c.path, DOCUMENTS.c.title)
    rows = connection.execute(query.where(DOCUMENTS.c.id.in_(documents))).mappings()
    return {row["id"]: (row["path"], row["title"]) for row in filled(connection, rows)}


def _texts(connection: Connection, documents: Sequence[str]) -> dict[str, bytes]:
    query = select(TEXTS.c.document_id, TEXTS.c.body).where(TEXTS.c.document_id.in_(documents))
    return {row.document_id: row.body for row in connection.execute(query)}
