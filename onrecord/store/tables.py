"""The tables of a case, the same on SQLite and PostgreSQL.

`migrations` creates them; these objects only speak to them. The log and the originals are the case.
All other tables are derived from those and can be rebuilt.

Text of documents is kept as UTF-8 bytes ("surrogatepass"), since PostgreSQL's text cannot hold NUL.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()

META = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text))

LOG = Table(
    "log",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text),
    Column("actor", Text),
    Column("command", Text),
    Column("kind", Text),
    Column("payload", Text),
    Column("previous", Text),
    Column("hash", Text),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("seq", Integer),
    Column("sha256", Text),
    Column("size", Integer),
    Column("media_type", Text),
    Column("path", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
)

CUSTODY = Table(
    "custody",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("document_id", Text),
    Column("path", Text),
    Column("origin", Text),
    Column("at", Text),
    Column("actor", Text),
    Column("command", Text),
    Column("size", Integer),
    Column("reader", Text),
    Column("reader_version", Text),
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("sha256", Text),
    Column("body", LargeBinary),
    Column("reader", Text),
    Column("reader_version", Text),
    Column("known", Text),
    Column("layout", Text),
    Column("warnings", Text),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("seq", Integer),
    Column("sha256", Text),
    Column("text_sha256", Text),
    Column("version", Text),
    Column("body", Text),
)

PASSAGES = Table(
    "passages",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("id", Text),
    Column("start", Integer),
    Column("end", Integer),
    Column("exact", LargeBinary),
    Column("prefix", LargeBinary),
    Column("suffix", LargeBinary),
)

ENTITIES = Table(
    "entities",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("type", Text),
    Column("name", Text),
    Column("country", Text),
    Column("mentions", Integer),
)

SPELLINGS = Table(
    "spellings",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("folded", Text, primary_key=True),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text),
    Column("quote", Text),
    Column("modality", Text),
    Column("polarity", Text),
    Column("source", Text),
    Column("parent", Text),
)

ACTS = Table(
    "acts",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("type", Text),
    Column("modality", Text),
    Column("polarity", Text),
    Column("date", Text),
    Column("place", Text),
)

INVOLVEMENTS = Table(
    "involvements",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("act_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("entity_id", Text),
    Column("part", Text),
    Column("involvement", Text),
)

PARAGRAPHS = Table(
    "paragraphs",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", Text),
    Column("start", Integer),
    Column("end", Integer),
)

WORDS = Table(
    "words",
    METADATA,
    Column("word", Text, primary_key=True),
    Column("length", Integer),
    Column("paragraphs", Integer),
)

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("left_key", Text, primary_key=True),
    Column("right_key", Text, primary_key=True),
    Column("verdict", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)

GRADES = Table(
    "grades",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("scale", Text, primary_key=True),
    Column("grade", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)

PROTECTIONS = Table(
    "protections",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("type", Text),
    Column("code", Text),
    Column("members", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)

CONSENTS = Table(
    "consents",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("state", Text),
    Column("purposes", Text),
    Column("given_by", Text),
    Column("type", Text),
    Column("code", Text),
    Column("members", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)

CONFIDENTIALITY = Table(
    "confidentiality",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("level", Text),
    Column("type", Text),
    Column("code", Text),
    Column("members", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)

CLUSTERS = Table(
    "clusters", METADATA, Column("key", Text, primary_key=True), Column("canonical", Text)
)

PROPOSALS = Table(
    "proposals",
    METADATA,
    Column("left_key", Text, primary_key=True),
    Column("right_key", Text, primary_key=True),
    Column("score", Float(53)),
    Column("reasons", Text),
)

DECIDED = (JUDGEMENTS, GRADES, PROTECTIONS, CONSENTS, CONFIDENTIALITY)
"""What `decisions.holding` makes from the log: the decisions that nobody has taken back."""

RESOLVED = (CLUSTERS, PROPOSALS)
"""What a resolution of the case made from its records and its judgements."""

DERIVED = (PASSAGES, ENTITIES, SPELLINGS, CLAIMS, ACTS, INVOLVEMENTS)
"""What `citations.derived` makes from one record, in the order it is written."""
