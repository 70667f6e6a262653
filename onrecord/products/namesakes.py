"""One name may be several people: documents that call its bearer by words that share nothing."""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Span
from onrecord.products.index import Sheet
from onrecord.products.page import Line, Run
from onrecord.products.parts import Desk
from onrecord.products.people import fold, is_name
from onrecord.products.quoting import join
from onrecord.products.standing import Standing
from onrecord.products.wording import comma, say, worded
from onrecord.vocabulary import load

Called = dict[str, list[tuple[Sheet, Span]]]
"""A word for somebody ("fisherman"), with where it stands."""

_LISTED = 4


def several_line(desk: Desk, found: Standing) -> Line | None:
    """The warning that one name may be several people; None where nothing speaks for it.

    It is given where the words for them in one document (posts, trades) share nothing with those
    in another. Most who are called by two such words are one person: it is a reason to look.
    """
    by_entity = [_called(sheet, found, e) for sheet, e in _entities(desk, found)]
    words = [set(called) for called in by_entity if called]
    if not any(one.isdisjoint(other) for one in words for other in words):
        return None
    parts = []
    for word in sorted(set().union(*words), key=lambda w: (-sum(w in c for c in words), w)):
        places = [place for called in by_entity for place in called.get(word, [])]
        spans = {sheet.record.document.id: (sheet, span) for sheet, span in reversed(places)}
        notes = [desk.writer.notes.cite(s.record, (span,)) for s, span in spans.values()]
        parts.append((Run(word, "name"), *(Run(str(n), "note") for n in sorted(notes)[:_LISTED])))
    return Line(
        "remark",
        (
            Run(say("May be more than one person"), "tag"),
            *worded(
                say(
                    " Different documents call {name} by different words: {words}. What stands "
                    "below may mix them; to look at one document alone, ask for the name with its "
                    "file: “{asked}”."
                ),
                name=found.subject.name,
                asked=desk.people.asked_as([_entities(desk, found)[0][1]]),
                words=join(parts[:_LISTED], comma()),
            ),
        ),
    )


def _entities(desk: Desk, found: Standing) -> list[tuple[Sheet, str]]:
    return [
        (sheet, entity)
        for sheet in desk.index.sheets
        for entity in sorted(found.subject.entities & sheet.entities.keys())
        if sheet.entities[entity].type == "Person"
    ]


def _called(sheet: Sheet, found: Standing, entity: str) -> Called:
    """The telling words of one document for one person."""
    spans = [s for s in sheet.entities[entity].words if not is_name(sheet.text(s))]
    for other, relation in found.relations:
        if other is sheet and relation.type == "post" and relation.subject == entity:
            spans += [span for span in (relation.role, relation.rank) if span]
    called: Called = {}
    for span in spans:
        for word in re.findall(r"\w+", fold(sheet.text(span))):
            if len(word) > 3 and word not in _generic():
                called.setdefault(word, []).append((sheet, span))
    return called


@cache
def _generic() -> frozenset[str]:
    """Words that stand for anybody."""
    words = load("products")
    return frozenset((*words["generic"], *words["pronouns"]))
