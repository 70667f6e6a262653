"""The tables of a case, the same on SQLite and PostgreSQL.

`migrations` creates them; these objects only speak to them. The log and the originals are the case.
All other tables are derived from those and can be rebuilt.

Text of documents is kept as UTF-8 bytes ("surrogatepass"), since PostgreSQL's text cannot hold NUL.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, LargeBinary, MetaData, Table, Text

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
    Column("priority", Integer),
    Column("doubt", Float(53)),
    Column("weight", Integer),
    Column("reviewed", Text),
)
"""`reviewed` is the state that a person gave a claim, null while it is open. Open claims are shown
by `priority` (0 first), then by `doubt` (one less the confidence) or by `weight`, which counts what
rests on a claim."""

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

WORD_FORMS = Table(
    "word_forms",
    METADATA,
    Column("form", Text, primary_key=True),
    Column("word", Text, primary_key=True),
)
"""What is left of a word when letters are left out, to find other spellings by (`spelling`)."""

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

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("document_id", Text),
    Column("state", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)
"""Claims and acts ("DOCUMENT|ID") that a person accepted, rejected, or could not decide on."""

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("document_id", Text),
    Column("value", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)
"""Fields of claims and acts that a person corrected; `value` is JSON. Of a count `part` is the
entity of the victim, else empty."""

ADDITIONS = Table(
    "additions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("document_id", Text),
    Column("what", Text),
    Column("body", Text),
    Column("seq", Integer),
    Column("at", Text),
    Column("actor", Text),
    Column("why", Text),
)
"""What a person put in at words of a text: a name, a claim, an act, a count; `body` is JSON."""

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

GROUPS = Table(
    "groups",
    METADATA,
    Column("canonical", Text, primary_key=True),
    Column("type", Text),
    Column("name", Text),
    Column("folded", Text),
    Column("documents", Integer),
    Column("weight", Integer),
    Column("rank", BigInteger),
)
"""Entities taken for one. `name` is the commonest spelling, `weight` how many claims and acts rest
on it; lists are sorted by `rank`, then `canonical`: those in most documents first."""

GROUP_NAMES = Table(
    "group_names",
    METADATA,
    Column("canonical", Text, primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("name", Text),
    Column("documents", Integer),
    Column("type", Text),
    Column("rank", BigInteger),
)
"""Each folded spelling of a group once: how it is commonest written, and in how many documents."""

GROUP_DOCUMENTS = Table(
    "group_documents",
    METADATA,
    Column("canonical", Text, primary_key=True),
    Column("document_id", Text, primary_key=True),
    Column("seq", Integer),
)
"""The documents that name a group; `seq` is that of the document."""

WORTH = Table(
    "worth",
    METADATA,
    Column("left_key", Text, primary_key=True),
    Column("right_key", Text, primary_key=True),
    Column("score", Float(53)),
    Column("affected", Integer),
    Column("value", Float(53)),
    Column("joined", Integer),
)
"""What a decision on a proposal is worth, for which the highest comes first."""

EVENTS = Table(
    "events",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("rank", BigInteger),
    Column("reports", Integer),
    Column("origins", Integer),
    Column("contradictions", Integer),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("body", Text),
)
"""Events across documents, sorted by `rank`, then `id`: the most reported first. `body` is the
summary as JSON; days are the first and last that any of its acts may mean."""

EVENT_ACTS = Table(
    "event_acts", METADATA, Column("act", Text, primary_key=True), Column("event", Text)
)
"""Which event an act ("DOCUMENT|ACT") is of."""

EVENT_WHO = Table(
    "event_who",
    METADATA,
    Column("event", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("canonical", Text, primary_key=True),
)
"""Groups in an event, `part` being `perpetrator`, `victim`, `place`, or `perpetrator_denied` and
`victim_denied` of those in denied acts alone; and the types of its acts, `part` being `act`."""

EVENT_ORIGINS = Table(
    "event_origins", METADATA, Column("event", Text, primary_key=True), Column("body", Text)
)
"""The origins of an event, the voices of each and why they are one source, as JSON."""

FINDABLE = Table(
    "findable",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("seq", Integer),
    Column("number", Integer),
    Column("start", Integer),
    Column("end", Integer),
    Column("kind", Text),
    Column("modality", Text),
    Column("polarity", Text),
    Column("acts", Text),
    Column("speaker", Text),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("origins", Integer),
    Column("language", Text),
    Column("publisher", Text),
    Column("published", Text),
)
"""A claim as it is searched for; also an act told without a claim, its id in `claim`, its kind
`act`. `seq` is the document's, `number` the place in it, `start` and `end` where its words stand.
`acts` are the types of its acts between blanks, the days and the independent `origins` those of its
acts' events (null: none is told of), `speaker` the group of its innermost source, `published` the
first day that the document's date may mean."""

FINDABLE_WHO = Table(
    "findable_who",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("canonical", Text, primary_key=True),
)
"""Groups in a claim, `part` being `speaker` (each of its chain), `accused`, `victim` or `place`;
and the types of its acts, `part` being `act`."""

ENGAGEMENTS = Table(
    "engagements",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("seq", Integer),
    Column("number", Integer),
    Column("type", Text),
    Column("status", Text),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("place", Text),
    Column("body", Text),
)
"""Engagements of all documents; `place` is a group, `body` what a list shows, as JSON."""

DEMANDS = Table(
    "demands",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("seq", Integer),
    Column("number", Integer),
    Column("claim", Text),
    Column("speaker", Text),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("body", Text),
)
"""Demands of all documents; the days are those of the deadline, `body` what a list shows, as
JSON."""

PARTIES = Table(
    "parties",
    METADATA,
    Column("canonical", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("document_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("part", Text, primary_key=True),
)
"""Groups in engagements (`participant`, `place`) and demands (`speaker`, `addressee`); `kind` is
`engagement` or `demand`."""

TALLIES = Table(
    "tallies",
    METADATA,
    Column("what", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("number", Integer),
)
"""How many there are of something: `groups` by type, `claims` by kind, `acts` by type, documents by
`languages`, `publishers` and `months` (of publication), `events` ("all", and "several": those in
several reports), `engagements` by status, `demands` and `proposals` ("all")."""

REVIEWED = (ADDITIONS, CORRECTIONS, REVIEWS)
"""The decisions that are laid over records."""

DECIDED = (JUDGEMENTS, GRADES, PROTECTIONS, CONSENTS, CONFIDENTIALITY, *REVIEWED)
"""What `decisions.holding` makes from the log: the decisions that nobody has taken back."""

RESOLVED = (CLUSTERS, PROPOSALS)
"""What a resolution of the case made from its records and its judgements."""

FOUND = (
    *(GROUPS, GROUP_NAMES, GROUP_DOCUMENTS, WORTH),
    *(EVENTS, EVENT_ACTS, EVENT_WHO, EVENT_ORIGINS),
    *(FINDABLE, FINDABLE_WHO, ENGAGEMENTS, DEMANDS, PARTIES, TALLIES),
)
"""What pages read of the whole case: made with each resolution from it and from the records."""

DERIVED = (PASSAGES, ENTITIES, SPELLINGS, CLAIMS, ACTS, INVOLVEMENTS)
"""What `citations.derived` makes from one record, in the order it is written."""
