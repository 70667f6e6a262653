"""Forms of the case's words, under which other spellings of them are looked up."""

from __future__ import annotations

from sqlalchemy import Connection

_FORMS = (
    "CREATE TABLE word_forms (form TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, word))"
)

_STATEMENTS = {
    "sqlite": (f"{_FORMS} WITHOUT ROWID",),
    "postgresql": (_FORMS, """CREATE INDEX words_beginning ON words (word COLLATE "C")"""),
}


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    return _STATEMENTS[dialect]


def fill(connection: Connection) -> None:
    """Keep the forms of the words that the case has."""
    from onrecord.store import spelling

    spelling.keep_all(connection)
