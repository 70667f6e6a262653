"""What pages read of a whole case: groups, events, claims to be found, engagements and demands."""

from __future__ import annotations

_TYPES = {
    "sqlite": {"NUMBER": "INTEGER", "REAL": "REAL", "KEYED": " WITHOUT ROWID"},
    "postgresql": {"NUMBER": "BIGINT", "REAL": "DOUBLE PRECISION", "KEYED": ""},
}
"""`KEYED`: rows that are hardly more than their key stand in its index alone."""

_TABLES = (
    """CREATE INDEX log_kind ON log (kind, seq)""",
    """CREATE TABLE groups (
        canonical TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
        documents {NUMBER} NOT NULL, weight {NUMBER} NOT NULL, rank {NUMBER} NOT NULL)""",
    """CREATE INDEX groups_rank ON groups (type, rank, canonical)""",
    """CREATE TABLE group_names (
        canonical TEXT NOT NULL, folded TEXT NOT NULL, name TEXT NOT NULL,
        documents {NUMBER} NOT NULL, type TEXT NOT NULL, rank {NUMBER} NOT NULL,
        PRIMARY KEY (canonical, folded)){KEYED}""",
    """CREATE INDEX group_names_rank ON group_names (type, rank, canonical, folded)""",
    """CREATE TABLE group_documents (
        canonical TEXT NOT NULL, document_id TEXT NOT NULL, seq {NUMBER} NOT NULL,
        PRIMARY KEY (canonical, document_id)){KEYED}""",
    """CREATE INDEX group_documents_seq ON group_documents (canonical, seq)""",
    """CREATE INDEX group_documents_document ON group_documents (document_id)""",
    """CREATE TABLE worth (
        left_key TEXT NOT NULL, right_key TEXT NOT NULL, score {REAL} NOT NULL,
        affected {NUMBER} NOT NULL, value {REAL} NOT NULL, joined {NUMBER} NOT NULL,
        PRIMARY KEY (left_key, right_key)){KEYED}""",
    """CREATE INDEX worth_value ON worth (value DESC, score DESC, left_key, right_key)""",
    """CREATE TABLE events (
        id TEXT PRIMARY KEY, rank {NUMBER} NOT NULL, reports {NUMBER} NOT NULL,
        origins {NUMBER} NOT NULL, contradictions {NUMBER} NOT NULL, date_from TEXT, date_to TEXT,
        body TEXT NOT NULL)""",
    """CREATE INDEX events_rank ON events (rank, id)""",
    """CREATE INDEX events_date ON events (date_from)""",
    """CREATE TABLE event_acts (act TEXT PRIMARY KEY, event TEXT NOT NULL){KEYED}""",
    """CREATE INDEX event_acts_event ON event_acts (event)""",
    """CREATE TABLE event_who (
        event TEXT NOT NULL, part TEXT NOT NULL, canonical TEXT NOT NULL,
        PRIMARY KEY (event, part, canonical)){KEYED}""",
    """CREATE TABLE event_origins (event TEXT PRIMARY KEY, body TEXT NOT NULL)""",
    """CREATE INDEX event_who_canonical ON event_who (canonical, event)""",
    """CREATE TABLE findable (
        document_id TEXT NOT NULL, claim TEXT NOT NULL, seq {NUMBER} NOT NULL,
        number {NUMBER} NOT NULL, start {NUMBER} NOT NULL, "end" {NUMBER} NOT NULL,
        kind TEXT NOT NULL, modality TEXT NOT NULL, polarity TEXT NOT NULL, acts TEXT NOT NULL,
        speaker TEXT, date_from TEXT, date_to TEXT, origins {NUMBER}, language TEXT,
        publisher TEXT, published TEXT, PRIMARY KEY (document_id, claim))""",
    """CREATE INDEX findable_seq ON findable (seq, number)""",
    """CREATE INDEX findable_speaker ON findable (speaker)""",
    """CREATE INDEX findable_date ON findable (date_from)""",
    """CREATE TABLE findable_who (
        document_id TEXT NOT NULL, claim TEXT NOT NULL, part TEXT NOT NULL,
        canonical TEXT NOT NULL, PRIMARY KEY (document_id, claim, part, canonical)){KEYED}""",
    """CREATE INDEX findable_who_canonical
        ON findable_who (part, canonical, document_id, claim)""",
    """CREATE TABLE engagements (
        document_id TEXT NOT NULL, id TEXT NOT NULL, seq {NUMBER} NOT NULL,
        number {NUMBER} NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, date_from TEXT,
        date_to TEXT, place TEXT, body TEXT NOT NULL, PRIMARY KEY (document_id, id))""",
    """CREATE INDEX engagements_seq ON engagements (seq, number)""",
    """CREATE INDEX engagements_date ON engagements (date_from)""",
    """CREATE INDEX engagements_id ON engagements (id)""",
    """CREATE TABLE demands (
        document_id TEXT NOT NULL, id TEXT NOT NULL, seq {NUMBER} NOT NULL,
        number {NUMBER} NOT NULL, claim TEXT NOT NULL, speaker TEXT, date_from TEXT, date_to TEXT,
        body TEXT NOT NULL, PRIMARY KEY (document_id, id))""",
    """CREATE INDEX demands_seq ON demands (seq, number)""",
    """CREATE INDEX demands_date ON demands (date_from)""",
    """CREATE INDEX demands_id ON demands (id)""",
    """CREATE TABLE parties (
        canonical TEXT NOT NULL, kind TEXT NOT NULL, document_id TEXT NOT NULL, id TEXT NOT NULL,
        part TEXT NOT NULL, PRIMARY KEY (canonical, kind, document_id, id, part)){KEYED}""",
    """CREATE TABLE tallies (
        what TEXT NOT NULL, value TEXT NOT NULL, number {NUMBER} NOT NULL,
        PRIMARY KEY (what, value)){KEYED}""",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    return tuple(table.format(**_TYPES[dialect]) for table in _TABLES)
