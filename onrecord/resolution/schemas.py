"""The columns of the tables that whole-case work runs on.

A key is `DOCUMENT ID|LOCAL ID`; the key of a document is its id. Days count from 1970-01-01.
"""

from __future__ import annotations

import pyarrow as pa

_TEXT, _TEXTS, _DAY = pa.string(), pa.list_(pa.string()), pa.int32()
_KIN = pa.struct([("label", _TEXT), ("entity", _TEXT), ("of", pa.bool_())])
_CITED = pa.struct([("entity", _TEXT), ("words", _TEXT)])

DOCUMENTS = pa.schema(
    dict.fromkeys(("key", "text", "path", "publisher", "published", "title", "channel"), _TEXT)
    | {"language": _TEXT}
)
ENTITIES = pa.schema(
    dict.fromkeys(("key", "document", "type", "name"), _TEXT)
    | {"names": _TEXTS, "country": _TEXT, "actor_type": _TEXT, "sex": _TEXT, "age_group": _TEXT}
    | {"occupations": _TEXTS, "posts": _TEXTS, "kin": pa.list_(_KIN)}
    | {
        "places": _TEXTS,
        "settings": _TEXTS,
        "company": _TEXTS,
        "lat": pa.float64(),
        "lon": pa.float64(),
    }
    | {"first": _DAY, "last": _DAY, "undecided": pa.bool_()}
)
"""`kin`: who is related; `of` is true where this entity is that one's LABEL, false where that one
is this entity's. `places`: of the acts it takes part in and of its posts. `settings`: all other
places that its document names; `company`: all other people. `first`, `last`: the days its acts fall
on, else the document's principal event, else the day of publication."""
CLAIMS = pa.schema(
    dict.fromkeys(("key", "document", "kind", "quote", "modality", "polarity", "text"), _TEXT)
    | dict.fromkeys(("cue", "speaker", "speaker_words"), _TEXT)
    | {"cited": pa.list_(_CITED), "channel": _TEXT, "publisher": _TEXT, "start": pa.int64()}
)
ACTS = pa.schema(
    dict.fromkeys(("key", "document", "event", "type", "modality", "polarity", "text"), _TEXT)
    | {"first": _DAY, "last": _DAY, "date": _TEXT, "place": _TEXT, "place_name": _TEXT}
    | {"lat": pa.float64(), "lon": pa.float64(), "country": _TEXT}
    | {"perpetrators": _TEXTS, "victims": _TEXTS}
    | {"count_min": pa.int64(), "count_max": pa.int64(), "count_text": _TEXT, "claims": _TEXTS}
    | {"sentence": _TEXT, "start": pa.int64()}
)
"""`start`, of acts as of claims: where the words begin in the document's text. `event`: the key of
the document's own event that the act belongs to. `count_min` and `count_max` add the counts of the
act's victims; null where none is counted. `sentence`: the words around the act's own, as far as the
next full stop or line on either side."""
