"""The documents that a page reads, never more than so many; of the rest it says a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import is_

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.model import Record, from_json
from onrecord.products.index import Index, Judged
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk
from onrecord.store import pages
from onrecord.store.reader import Body
from onrecord.web.keeping import COUNTS

MOST_DOCUMENTS = 20
"""Documents up to which a page reads all that bear on somebody."""
CHOSEN = 12
"""Documents that a page reads of more than those."""
Groups = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Some documents as they were read, with the group of each of their entities.

    `bodies` are the records as parsed JSON.
    """

    bodies: tuple[Body, ...]
    records: tuple[Record, ...]
    groups: Groups
    judged: tuple[Judged, ...]

    def entities_of(self, canonical: str) -> list[str]:
        """The entities that are of a group, or the one entity of that key."""
        document, _, entity = canonical.rpartition("|")
        return [
            each.id
            for record in self.records
            for each in record.entities
            if self.groups[record.document.id].get(each.id) == canonical
            or (record.document.id, each.id) == (document, entity)
        ]

    def desk(self) -> Desk:
        """What lines on these documents are written at."""
        return Desk(Index(self.records, self.judged))


def read(state: State, documents: Sequence[str]) -> Reading:
    """Read those of some documents that have a record, each once."""
    bodies = tuple(state.bodies(documents))
    records = tuple(from_json(Record, body) for body in bodies)
    groups = pages.canonical_in(state.connection, [record.document.id for record in records])
    return Reading(bodies, records, groups, tuple(_judged(state, records, groups)))


def weightiest(case: Case, canonical: str) -> list[str]:
    """The documents of somebody that a page would read first: `pages.weightiest`, looked up once
    for all pages that may ask.
    """

    def found() -> list[str]:
        with case.browse() as state:
            return pages.weightiest(state.connection, canonical, MOST_DOCUMENTS)

    return COUNTS.get(case, f"weightiest {canonical}", found)


def _judged(state: State, records: Sequence[Record], groups: Groups) -> Iterator[Judged]:
    """Who is who as resolved and as people said, for entities of these documents.

    A judgement of `different` stands before all: what it parts was never resolved to be one.
    """
    of_group: dict[str, list[str]] = defaultdict(list)
    keys = []
    for record in records:
        for entity in record.entities:
            keys.append(f"{record.document.id}|{entity.id}")
            group = groups[record.document.id].get(entity.id)
            if group and not entity.candidates:
                of_group[group].append(entity.id)
    for row in pages.judged_in(state.connection, keys):
        left, right = (row[name].rpartition("|")[2] for name in ("left_key", "right_key"))
        yield Judged(left, right, row["verdict"])
    for members in of_group.values():
        for other in members[1:]:
            yield Judged(members[0], other, "same")


def narrowed(page: Page, number: int) -> Page:
    """A product made of a part of the case: what it says is lacking is lacking in that part."""

    def told(words: str) -> str:
        return words.replace("in this case", f"in the {number} documents read for this page")

    return _retold(page, told)


def counted(page: Page, documents: int) -> Page:
    """A product made of all that the case holds on somebody: it is one of so many documents."""

    def told(words: str) -> str:
        return _OF_ALL.sub(f"of {documents} in this case", words)

    return _retold(page, told)


_OF_ALL = re.compile(r"\bof \d+ in this case\b")


def _retold(page: Page, told: Callable[[str], str]) -> Page:
    return replace(
        page,
        summary=tuple(_section(s, told) for s in page.summary),
        sections=tuple(_section(s, told) for s in page.sections),
    )


def _section(section: Section, told: Callable[[str], str]) -> Section:
    return replace(
        section,
        lines=tuple([_line(line, told) for line in section.lines]),
        empty=told(section.empty) if section.empty else section.empty,
        intro=told(section.intro) if section.intro else section.intro,
        sections=tuple(_section(s, told) for s in section.sections),
    )


def _line(line: Line, told: Callable[[str], str]) -> Line:
    """Our own words alone: those of a source stay as they are. Most lines are what they were."""
    runs = tuple([_run(run, told) for run in line.runs])
    children = tuple([_line(child, told) for child in line.children])
    same = all(map(is_, runs, line.runs)) and all(map(is_, children, line.children))
    return line if same else replace(line, runs=runs, children=children)


def _run(run: Run, told: Callable[[str], str]) -> Run:
    if run.kind not in ("text", "gap"):
        return run
    words = told(run.text)
    return run if words == run.text else replace(run, text=words)
