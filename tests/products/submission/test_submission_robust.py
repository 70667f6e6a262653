"""Any text passes; what is shown for a field stands in the text, in the sentence that is cited."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Document, Entity, Record
from onrecord.products.elements import elements
from onrecord.products.index import Index
from onrecord.products.page import Page
from onrecord.products.parts import Desk
from onrecord.products.submission import Prepared, forms, submission, whom
from onrecord.products.submission.passages import Spoken
from onrecord.products.submission.readiness import readiness

NAME = "Ilven Darrow"
PIECES = st.sampled_from(
    [
        *("was seized by soldiers", "on 31 February 2031", "in May", "may be held", "29", ", 41,"),
        *("\n", "“", "”", ". ", "?", "who", "denied that", "had been released", "not been seen"),
        *("(", ")", "court", "his sister", "at the market of", "Lisk", ", Maruvia", "Among them"),
        *("\u202e", "\x00", "مفقود", "é", "\ud7ff", "İ", "ß"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map(" ".join)
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


def record(before: str, after: str) -> Record:
    text = f"{before} {NAME} {after}"
    start = len(before) + 1
    entities = [Entity("entity:1", "Person", NAME, ((start, start + len(NAME)),))]
    at = text.find("Lisk", start + len(NAME))
    if at >= 0:
        entities.append(Entity("entity:2", "Place", "Lisk", ((at, at + 4),)))
    at = text.find("soldiers")
    if at >= 0:
        entities.append(Entity("entity:3", "Group", "soldiers", ((at, at + 8),)))
    document = Document("sha256:1", "a.txt", "text/plain", "en", published="2031-06-01")
    return Record(document=document, text=text, entities=tuple(entities))


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, DAYS)
def test_any_text_gives_states_whose_words_stand_in_it(
    before: str, after: str, today: date | None
) -> None:
    held = record(before, after)
    desk = Desk(Index([held]))
    spoken = Spoken(desk, whom.find(desk, [NAME]))
    for name in forms.names():
        for one in readiness(forms.form(name), spoken, Prepared(today=today)).values():
            assert (one.found.state in ("held", "doubt")) <= bool(one.found.told)
            for told in (*one.found.told, *one.found.beside):
                start, end = told.span
                assert 0 <= start < end <= len(held.text)
                assert start <= told.core[0] <= told.core[1] <= end


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_gives_pages(before: str, after: str) -> None:
    held = record(before, after)
    pages: list[Page] = [submission([held], name, [NAME]) for name in forms.names()]
    pages += [submission([held], "ced-urgent"), elements([held])]
    for page in pages:
        for note in page.notes:
            assert all(held.text[c.start : c.end] == c.exact for c in note.citations)
