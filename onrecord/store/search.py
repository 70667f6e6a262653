"""Full-text search that forgives spelling, the same on both engines.

Paragraphs are indexed by their folded words: in FTS5 on SQLite, as a tsvector on PostgreSQL. A
query's words are widened to the words of the case that are spelled alike; the paragraphs found are
scored here, from their words, so that both engines give the same order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.model import Span
from onrecord.store.citations import decode
from onrecord.store.tables import DOCUMENTS, PARAGRAPHS, TEXTS, WORDS
from onrecord.store.words import alike, slack, words

WIDEST = 40
"""Other spellings that one word of a query is widened to, likest first."""

PASSAGE = 2_000
"""Characters of the longest passage that is shown; longer paragraphs are cut at blanks."""

_CANDIDATES = 20
"""Paragraphs the engine ranks first that are scored here, for each hit asked for."""

Spellings = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query. `matches` are spans of the document's text, like `span`.

    `score` is the sum over the query's words of how alike the passage's nearest spelling is (0 to
    1) times how rare it is in the case.
    """

    document_id: str
    path: str
    title: str | None
    score: float
    span: Span
    text: str
    matches: tuple[Span, ...]


def add(connection: Connection, document: str, body: str, paragraphs: Sequence[Span]) -> None:
    """Index the paragraphs of a document, within the caller's transaction."""
    last = connection.execute(select(func.coalesce(func.max(PARAGRAPHS.c.id), 0))).scalar_one()
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
    sqlite_engine = connection.dialect.name == "sqlite"
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
_FIND_SQLITE = text(
    "SELECT rowid FROM paragraph_terms WHERE paragraph_terms MATCH :query "
    "ORDER BY rank, rowid LIMIT :limit"
)
_FIND_POSTGRESQL = text(
    "SELECT id FROM paragraph_terms WHERE terms @@ CAST(:query AS tsquery) "
    "ORDER BY ts_rank(terms, CAST(:query AS tsquery)) DESC, id LIMIT :limit"
)


def _count(connection: Connection, counts: Mapping[str, int]) -> None:
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


def find(connection: Connection, query: str, limit: int) -> list[Hit]:
    """The passages that answer `query` best, best first; none for a query without a word.

    A passage must hold every word of the query, or a word spelled like it; where none does, those
    that hold any are given.
    """
    asked = list(dict.fromkeys(word for word, _ in words(query)))
    if not asked or limit < 1:
        return []
    widened = [_spellings(connection, word) for word in asked]
    found: list[int] = []
    if all(widened):
        found = _candidates(connection, widened, " AND ", limit)
    if not found:
        found = _candidates(connection, [each for each in widened if each], " OR ", limit)
    hits = list(_score(connection, found, widened))
    hits.sort(key=lambda pair: (-pair[0].score, pair[1]))
    return [hit for hit, _ in hits[:limit]]


def _spellings(connection: Connection, asked: str) -> Spellings:
    """The words of the case that are spelled like `asked`, each with how alike it is."""
    reach = slack(asked)
    query = select(WORDS.c.word).where(
        WORDS.c.length.between(len(asked) - reach, len(asked) + reach)
        if reach
        else WORDS.c.word == asked
    )
    found = alike(asked, connection.execute(query).scalars())
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:WIDEST])


def _candidates(
    connection: Connection, widened: Sequence[Spellings], joint: str, limit: int
) -> list[int]:
    if not widened:
        return []
    on_sqlite = connection.dialect.name == "sqlite"
    quote, either = ('"', " OR ") if on_sqlite else ("'", " | ")
    if not on_sqlite:
        joint = {" AND ": " & ", " OR ": " | "}[joint]
    groups = (either.join(f"{quote}{word}{quote}" for word in each) for each in widened)
    query = joint.join(f"({group})" for group in groups)
    found = connection.execute(
        _FIND_SQLITE if on_sqlite else _FIND_POSTGRESQL,
        {"query": query, "limit": limit * _CANDIDATES},
    )
    return list(found.scalars())


def _score(
    connection: Connection, found: Sequence[int], widened: Sequence[Spellings]
) -> Iterator[tuple[Hit, int]]:
    rarity = _rarity(connection, widened)
    query = (
        select(PARAGRAPHS, DOCUMENTS.c.path, DOCUMENTS.c.title)
        .join(DOCUMENTS, DOCUMENTS.c.id == PARAGRAPHS.c.document_id)
        .where(PARAGRAPHS.c.id.in_(found))
        .order_by(PARAGRAPHS.c.id)
    )
    document, body = "", ""
    for row in connection.execute(query).all():
        if row.document_id != document:
            document, body = row.document_id, _text(connection, row.document_id)
        passage = body[row.start : row.end]
        matches, score = _match(passage, widened, rarity)
        shifted = tuple((row.start + start, row.start + end) for start, end in matches)
        yield (
            Hit(document, row.path, row.title, score, (row.start, row.end), passage, shifted),
            row.id,
        )


def _match(
    passage: str, widened: Sequence[Spellings], rarity: Mapping[str, float]
) -> tuple[list[Span], float]:
    matches: list[Span] = []
    best = [0.0] * len(widened)
    for word, span in words(passage):
        scores = [each.get(word, 0.0) for each in widened]
        if any(scores):
            matches.append(span)
            best = [max(old, s * s * rarity[word]) for old, s in zip(best, scores, strict=True)]
    return matches, round(sum(best), 6)


def _rarity(connection: Connection, widened: Sequence[Spellings]) -> dict[str, float]:
    """1 and more: the logarithm of how many paragraphs there are for one that holds the word."""
    total = connection.execute(select(func.count()).select_from(PARAGRAPHS)).scalar_one()
    wanted = {word for each in widened for word in each}
    counts = connection.execute(
        select(WORDS.c.word, WORDS.c.paragraphs).where(WORDS.c.word.in_(wanted))
    )
    return {row.word: 1 + math.log(total / row.paragraphs) for row in counts}


def _text(connection: Connection, document: str) -> str:
    query = select(TEXTS.c.body).where(TEXTS.c.document_id == document)
    return decode(connection.execute(query).scalar_one())
