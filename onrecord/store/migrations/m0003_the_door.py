"""The door: whom and what to protect, consent, and confidentiality, as they hold now."""

from __future__ import annotations

_NUMBER = {"sqlite": "INTEGER", "postgresql": "BIGINT"}

_TOLD = "type TEXT, code TEXT, members TEXT NOT NULL"
_BY = (
    "seq {NUMBER} NOT NULL REFERENCES log (seq), at TEXT NOT NULL, actor TEXT NOT NULL, "
    "why TEXT NOT NULL"
)

_TABLES = (
    f"""CREATE TABLE protections (
        subject TEXT PRIMARY KEY, {_TOLD}, {_BY})""",
    f"""CREATE TABLE consents (
        subject TEXT NOT NULL, audience TEXT NOT NULL, state TEXT NOT NULL, purposes TEXT NOT NULL,
        given_by TEXT NOT NULL, {_TOLD}, {_BY}, PRIMARY KEY (subject, audience))""",
    f"""CREATE TABLE confidentiality (
        subject TEXT PRIMARY KEY, level TEXT NOT NULL, {_TOLD}, {_BY})""",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    return tuple(table.format(NUMBER=_NUMBER[dialect]) for table in _TABLES)
