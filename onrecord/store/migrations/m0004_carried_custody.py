"""Custody that came with a restored case without the place where a file lay, several times over."""

from __future__ import annotations

_COLUMNS = "seq, document_id, path, origin, at, actor, command, size, reader, reader_version"

_STATEMENTS = {
    "sqlite": (
        """CREATE TABLE custody_anew (
            seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id),
            path TEXT NOT NULL, origin TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
            command TEXT NOT NULL, size INTEGER NOT NULL, reader TEXT NOT NULL,
            reader_version TEXT NOT NULL)""",
        f"""INSERT INTO custody_anew SELECT {_COLUMNS} FROM custody""",  # noqa: S608 - constants
        """DROP TABLE custody""",
        """ALTER TABLE custody_anew RENAME TO custody""",
    ),
    "postgresql": ("""ALTER TABLE custody DROP CONSTRAINT custody_document_id_origin_key""",),
}


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    found = "CREATE INDEX custody_document ON custody (document_id)"
    once = "CREATE UNIQUE INDEX custody_once ON custody (document_id, origin) WHERE origin <> ''"
    return (*_STATEMENTS[dialect], found, once)
