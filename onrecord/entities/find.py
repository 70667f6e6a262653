"""The entities of a document."""

from __future__ import annotations

from onrecord.entities.book import EntityBook
from onrecord.passages.parse import Parsed

_NER = {"PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "NORP": "Group"}


def find_entities(parsed: Parsed, document_id: str) -> EntityBook:
    """Every person, organization, group and place the text names or describes."""
    book = EntityBook(document_id, parsed.text)
    if parsed.doc is None:
        return book
    names: dict[str, str] = {}
    for ent in parsed.doc.ents:
        if ent.label_ in _NER:
            span = (ent.start_char, ent.end_char)
            if ent.text in names:
                book.mention(names[ent.text], span)
            else:
                names[ent.text] = book.add(_NER[ent.label_], [span]).id
    return book
