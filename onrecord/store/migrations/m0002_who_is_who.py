"""Who is who: judgements and grades as they hold now, the machine's proposals, and clusters."""

from __future__ import annotations

_TYPES = {
    "sqlite": {"NUMBER": "INTEGER", "REAL": "REAL"},
    "postgresql": {"NUMBER": "BIGINT", "REAL": "DOUBLE PRECISION"},
}

_TABLES = (
    """CREATE TABLE judgements (
        left_key TEXT NOT NULL, right_key TEXT NOT NULL, verdict TEXT NOT NULL,
        seq {NUMBER} NOT NULL REFERENCES log (seq), at TEXT NOT NULL, actor TEXT NOT NULL,
        why TEXT NOT NULL, PRIMARY KEY (left_key, right_key))""",
    """CREATE TABLE grades (
        subject TEXT NOT NULL, scale TEXT NOT NULL, grade TEXT NOT NULL,
        seq {NUMBER} NOT NULL REFERENCES log (seq), at TEXT NOT NULL, actor TEXT NOT NULL,
        why TEXT NOT NULL, PRIMARY KEY (subject, scale))""",
    """CREATE TABLE clusters (key TEXT PRIMARY KEY, canonical TEXT NOT NULL)""",
    """CREATE INDEX clusters_canonical ON clusters (canonical)""",
    """CREATE TABLE proposals (
        left_key TEXT NOT NULL, right_key TEXT NOT NULL, score {REAL} NOT NULL,
        reasons TEXT NOT NULL, PRIMARY KEY (left_key, right_key))""",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    return tuple(table.format(**_TYPES[dialect]) for table in _TABLES)
