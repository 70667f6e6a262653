"""The first tables: the log, documents with custody and text, records, what is derived, search."""

from __future__ import annotations

_TYPES = {
    "sqlite": {"BYTES": "BLOB", "NUMBER": "INTEGER"},
    "postgresql": {"BYTES": "BYTEA", "NUMBER": "BIGINT"},
}

_TABLES = (
    """CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)""",
    """CREATE TABLE log (
        seq {NUMBER} PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL,
        kind TEXT NOT NULL, payload TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)""",
    """CREATE TABLE documents (
        id TEXT PRIMARY KEY, seq {NUMBER} NOT NULL UNIQUE, sha256 TEXT NOT NULL,
        size {NUMBER} NOT NULL, media_type TEXT NOT NULL, path TEXT NOT NULL,
        title TEXT, publisher TEXT, author TEXT, published TEXT)""",
    """CREATE TABLE custody (
        seq {NUMBER} PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id),
        path TEXT NOT NULL, origin TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
        command TEXT NOT NULL, size {NUMBER} NOT NULL, reader TEXT NOT NULL,
        reader_version TEXT NOT NULL, UNIQUE (document_id, origin))""",
    """CREATE TABLE texts (
        document_id TEXT PRIMARY KEY REFERENCES documents (id), sha256 TEXT NOT NULL,
        body {BYTES} NOT NULL, reader TEXT NOT NULL, reader_version TEXT NOT NULL,
        known TEXT NOT NULL, layout TEXT NOT NULL, warnings TEXT NOT NULL)""",
    """CREATE TABLE records (
        document_id TEXT PRIMARY KEY REFERENCES texts (document_id), seq {NUMBER} NOT NULL,
        sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, version TEXT NOT NULL,
        body TEXT NOT NULL)""",
    """CREATE TABLE passages (
        document_id TEXT NOT NULL REFERENCES records (document_id), field TEXT NOT NULL,
        id TEXT NOT NULL, start {NUMBER} NOT NULL, "end" {NUMBER} NOT NULL,
        exact {BYTES} NOT NULL, prefix {BYTES} NOT NULL, suffix {BYTES} NOT NULL,
        PRIMARY KEY (document_id, field))""",
    """CREATE TABLE entities (
        document_id TEXT NOT NULL REFERENCES records (document_id), id TEXT NOT NULL,
        type TEXT NOT NULL, name TEXT NOT NULL, country TEXT, mentions {NUMBER} NOT NULL,
        PRIMARY KEY (document_id, id))""",
    """CREATE TABLE spellings (
        document_id TEXT NOT NULL, entity_id TEXT NOT NULL, folded TEXT NOT NULL,
        PRIMARY KEY (document_id, entity_id, folded),
        FOREIGN KEY (document_id, entity_id) REFERENCES entities (document_id, id))""",
    """CREATE INDEX spellings_folded ON spellings (folded)""",
    """CREATE TABLE claims (
        document_id TEXT NOT NULL REFERENCES records (document_id), id TEXT NOT NULL,
        kind TEXT NOT NULL, quote TEXT NOT NULL, modality TEXT NOT NULL, polarity TEXT NOT NULL,
        source TEXT, parent TEXT, PRIMARY KEY (document_id, id))""",
    """CREATE INDEX claims_source ON claims (document_id, source)""",
    """CREATE TABLE acts (
        document_id TEXT NOT NULL REFERENCES records (document_id), id TEXT NOT NULL,
        type TEXT NOT NULL, modality TEXT NOT NULL, polarity TEXT NOT NULL, date TEXT, place TEXT,
        PRIMARY KEY (document_id, id))""",
    """CREATE INDEX acts_type_date ON acts (type, date)""",
    """CREATE TABLE involvements (
        document_id TEXT NOT NULL, act_id TEXT NOT NULL, number {NUMBER} NOT NULL,
        entity_id TEXT NOT NULL, part TEXT NOT NULL, involvement TEXT,
        PRIMARY KEY (document_id, act_id, number),
        FOREIGN KEY (document_id, act_id) REFERENCES acts (document_id, id))""",
    """CREATE INDEX involvements_entity ON involvements (document_id, entity_id)""",
    """CREATE TABLE paragraphs (
        id {NUMBER} PRIMARY KEY, document_id TEXT NOT NULL REFERENCES texts (document_id),
        start {NUMBER} NOT NULL, "end" {NUMBER} NOT NULL)""",
    """CREATE INDEX paragraphs_document ON paragraphs (document_id)""",
    """CREATE TABLE words (
        word TEXT PRIMARY KEY, length {NUMBER} NOT NULL, paragraphs {NUMBER} NOT NULL)""",
    """CREATE INDEX words_length ON words (length)""",
)

_ONE_ENGINE = {
    "sqlite": (
        """CREATE VIRTUAL TABLE paragraph_terms USING fts5 (
            terms, content='',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
        """CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
        """CREATE TRIGGER log_is_not_cut BEFORE DELETE ON log
            BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    ),
    "postgresql": (
        """CREATE TABLE paragraph_terms (
            id BIGINT PRIMARY KEY REFERENCES paragraphs (id), terms TSVECTOR NOT NULL)""",
        """CREATE INDEX paragraph_terms_index ON paragraph_terms USING gin (terms)""",
        """CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
        """CREATE TRIGGER log_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON log
            EXECUTE FUNCTION log_is_append_only()""",
    ),
}


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    return (*(table.format(**_TYPES[dialect]) for table in _TABLES), *_ONE_ENGINE[dialect])
