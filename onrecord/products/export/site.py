"""A static site of a case: it works from a USB stick, without a server, and asks for nothing.

Each document has a page with what was found in it and its text, the words marked; each person and
body one with all that is told of them; what is said to have happened stands by date. The pages are
written one after another; what spans documents waits in a private table on disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from onrecord.model import Record
from onrecord.products import pictures
from onrecord.products.edtf import in_words
from onrecord.products.export.gathered import Everyone, Gathered, everyone, storable
from onrecord.products.export.site_document import TELLINGS, document_page, told_of, what_happened
from onrecord.products.export.site_pages import Site, SitePage, embedded, page_of
from onrecord.products.export.source import Format, Progress, Source
from onrecord.products.people import is_name
from onrecord.products.quoting import plain
from onrecord.products.wording import listed, say, say_as, say_many, semicolon, unsaid

LISTED = 400
"""So many rows stand on one page of a list."""

PICTURED = 1000
"""Up to so many documents pictures are drawn: they look at the whole case at once."""

SEARCHED = 3_000_000
"""So many characters are searched at most: a page must open on a small machine."""

_TABLES = """
CREATE TABLE document (
    page TEXT NOT NULL, name TEXT NOT NULL, told TEXT NOT NULL, words TEXT NOT NULL
);
CREATE TABLE telling (canonical TEXT NOT NULL, section TEXT NOT NULL, html TEXT NOT NULL);
CREATE TABLE happening (part INTEGER NOT NULL, at TEXT NOT NULL, html TEXT NOT NULL);
CREATE TABLE person (page TEXT NOT NULL, name TEXT NOT NULL, told TEXT NOT NULL);
"""
LEAD = unsaid(
    "All that is told of them in this case, on whose word. None of it is established here. Which "
    "mentions are theirs is as the case last worked it out: the machine proposes, people decide."
)
PARTS = (unsaid("With a year"), unsaid("Year not stated"), unsaid("Without a date"))


def write(source: Source, path: Path, progress: Progress) -> None:
    """Fill the folder `path` with the site of a case."""
    with everyone(source) as known, closing(sqlite3.connect("")) as table:
        table.executescript(_TABLES)
        few = sum(1 for _ in islice(source.records(), PICTURED + 1)) <= PICTURED
        site = Site(path, plain(source.name), pictured=few)
        for record in source.records():
            _document(site, table, record, source.who_is(record.document.id))
            progress(record.document.path)
        table.execute("CREATE INDEX by_canonical ON telling (canonical)")
        table.execute("CREATE INDEX by_date ON happening (part, at)")
        people = _people(site, table, known)
        _lists(site, table)
        _happenings(site, table)
        if few:
            _pictures(site, source)
        _search(site, table)
        _index(site, table, people)


def _document(
    site: Site, table: sqlite3.Connection, record: Record, who: Mapping[str, str]
) -> None:
    """The page of a document; what it tells of people and of acts goes into the tables."""
    page, index = document_page(record)
    site.write(page)
    told = record.document
    publisher = told.publisher or say("publisher not stated")
    beside = listed((publisher, in_words(told.published)))
    words = storable(plain(record.text))
    row = (page.path, storable(page.title), storable(plain(beside)), words)
    table.execute("INSERT INTO document VALUES (?, ?, ?, ?)", row)
    table.executemany(
        "INSERT INTO telling VALUES (?, ?, ?)",
        [tuple(map(storable, row)) for row in told_of(index, who, page.path)],
    )
    table.executemany(
        "INSERT INTO happening VALUES (?, ?, ?)",
        [(part, at, storable(html)) for part, at, html in what_happened(index, page.path)],
    )


def _people(site: Site, table: sqlite3.Connection, known: Everyone) -> int:
    """The page of everybody of whom something is told; returns how many there are."""
    rows = table.execute("SELECT canonical, section, html FROM telling ORDER BY canonical, rowid")
    tellings = groupby(rows, key=lambda row: str(row[0]))
    waiting = next(tellings, None)
    number = 0
    for one in known:
        if waiting is None:
            break
        if waiting[0] != one.canonical:
            continue
        sections = _sections(waiting[1])
        waiting = next(tellings, None)
        if is_name(one.names[0]):
            _person(site, table, one, sections)
            number += 1
    return number


Told = tuple[list[str], int]
"""The lines of a section that are shown, and how many there are."""


def _sections(rows: Iterable[tuple[str, str, str]]) -> dict[str, Told]:
    """The lines told of somebody, by section; of a section that is long its first lines."""
    sections: dict[str, Told] = {}
    for _, section, html in rows:
        shown, count = sections.get(section, ([], 0))
        if count < LISTED:
            shown.append(html)
        sections[section] = (shown, count + 1)
    return sections


def _person(
    site: Site, table: sqlite3.Connection, one: Gathered, sections: Mapping[str, Told]
) -> None:
    page = page_of("people", one.canonical)
    lead = say(LEAD)
    facts = [
        (say("Names"), semicolon().join(one.names)),
        (say("Documents"), str(one.documents)),
        (say("Country"), listed(one.countries)),
    ]
    parts: list[dict[str, Any]] = [{"kind": "facts", "rows": [f for f in facts if f[1]]}]
    for key, (title, intro) in TELLINGS.items():
        if key in sections:
            shown, count = sections[key]
            more = say(" {shown} of {all} are shown here.", shown=len(shown), all=count)
            told_in = f"{_or_nothing(intro)}{more if len(shown) < count else ''}".strip()
            parts.append(_fragments(key, say(title), shown, intro=told_in))
    here = "people.html"
    kind = say_as("type", one.type)
    site.write(SitePage(page, kind, one.names[0], parts, lead, here))
    told_in = say_many("{count} document", "{count} documents", one.documents)
    told = listed((kind.lower(), told_in))
    table.execute("INSERT INTO person VALUES (?, ?, ?)", (page, one.names[0], told))


def _fragments(key: str, title: str, found: list[str], **more: Any) -> dict[str, Any]:
    kept = {"intro": "", "empty": "", "labelled": False, **more}
    return {"kind": "fragments", "key": key, "title": title, "fragments": found, **kept}


def _lists(site: Site, table: sqlite3.Connection) -> None:
    """The lists of documents and of people, in pages."""
    documents = "SELECT page, name, told FROM document ORDER BY rowid"
    people = "SELECT page, name, told FROM person ORDER BY lower(name), page"
    _listed(
        site, table, documents, ("documents", say("Documents"), say("No document is in this case."))
    )
    none = say("Nobody with a name is told of in this case.")
    _listed(site, table, people, ("people", say("People and bodies"), none))


def _listed(site: Site, table: sqlite3.Connection, query: str, words: tuple[str, str, str]) -> None:
    name, title, empty = words
    (count,) = table.execute(f"SELECT count(*) FROM ({query})").fetchone()  # noqa: S608
    pages = _pages(name, count)
    rows = table.execute(query)
    for number, href in pages:
        found = [{"href": h, "name": n, "told": t} for h, n, t in islice(rows, LISTED)]
        heading = _paged(title, number, len(pages))
        in_all = say("{count} in this case", count=count)
        part = {"kind": "links", "key": name, "title": in_all, "intro": ""}
        parts = [{**part, "rows": found, "empty": empty}]
        site.write(SitePage(href, say("List"), heading, parts, here=f"{name}.html", pages=pages))


def _paged(title: str, number: int, pages: int) -> str:
    if pages == 1:
        return title
    return say("{title}, page {number} of {pages}", title=title, number=number, pages=pages)


def _or_nothing(words: str) -> str:
    return say(words) if words else ""


def _pages(name: str, count: int) -> list[tuple[int, str]]:
    """The pages of a list: the first has the plain name."""
    many = max(1, -(-count // LISTED))
    return [(n, f"{name}.html" if n == 1 else f"{name}-{n}.html") for n in range(1, many + 1)]


def _happenings(site: Site, table: sqlite3.Connection) -> None:
    """What is said to have happened, by date; unknown years and no dates apart."""
    query = "SELECT part, html FROM happening ORDER BY part, at, rowid"
    (count,) = table.execute("SELECT count(*) FROM happening").fetchone()
    rows: Iterator[tuple[int, str]] = iter(table.execute(query))
    pages = _pages("happenings", count)
    for number, href in pages:
        parts: list[dict[str, Any]] = []
        for part, found in groupby(islice(rows, LISTED), key=lambda row: row[0]):
            html = [row[1] for row in found]
            parts.append(_fragments(f"part-{part}", say(PARTS[part]), html, labelled=True))
        empty = say("No act and no engagement is on record in this case.")
        parts = parts or [_fragments("none", say("Acts and engagements"), [], empty=empty)]
        title = say("What is said to have happened, or is planned")
        title = _paged(title, number, len(pages))
        page = SitePage(href, say("By date"), title, parts, here="happenings.html", pages=pages)
        site.write(page)


def _pictures(site: Site, source: Source) -> None:
    """Timeline, map and network of the case."""
    shown = []
    for name, draw in (
        ("timeline", pictures.timeline),
        ("map", pictures.map_of),
        ("network", pictures.network),
    ):
        made = draw(source.records(), judged=source.judged, who_is=source.who_is)
        site.file(f"{name}.svg").write_text(
            pictures.to_svg(made), encoding="utf-8", errors="backslashreplace"
        )
        alt = f"{made.title}. {made.description.partition('. ')[0]}."
        told = {"title": made.title, "alt": alt, "description": made.description}
        shown.append({"file": f"{name}.svg", **told})
    part = {"kind": "pictures", "pictures": shown}
    title = say("Pictures")
    site.write(SitePage("pictures.html", title, title, [part], here="pictures.html"))


def _search(site: Site, table: sqlite3.Connection) -> None:
    """The page that searches names and texts by itself; past a bound, names and titles alone."""
    (size,) = table.execute("SELECT coalesce(sum(length(words)), 0) FROM document").fetchone()
    whole = size <= SEARCHED
    rows, left = [], SEARCHED
    beside = "words" if whole else "told"
    for query in (
        "SELECT page, name, told FROM person ORDER BY lower(name), page",
        f"SELECT page, name, {beside} FROM document ORDER BY rowid",  # noqa: S608
    ):
        for row in table.execute(query):
            left -= sum(map(len, row))
            if left < 0 and not whole:
                break
            rows.append(row)
    lead = say("Names of people and bodies, and the words of the documents.")
    if not whole:
        lead = say("Names and titles, as many as fit: the texts are too long to be searched here.")
    title = say("Search")
    page = SitePage("search.html", title, title, [{"kind": "search"}], lead, "search.html")
    page.rows = embedded(rows)
    site.write(page)


def _index(site: Site, table: sqlite3.Connection, people: int) -> None:
    """The first page: what is here."""
    counts = [table.execute(q).fetchone()[0] for q in _COUNTED]
    facts = [
        (say("Documents"), str(counts[0])),
        (say("People and bodies"), str(people)),
        (say("Acts and engagements"), str(counts[1])),
    ]
    rows = [
        {"href": page, "name": name, "told": told}
        for page, name, told in table.execute(
            "SELECT page, name, told FROM document ORDER BY rowid LIMIT 40"
        )
    ]
    first: dict[str, Any] = {
        "kind": "links",
        "key": "first",
        "title": say("Documents") if counts[0] <= 40 else say("The first documents"),
        "intro": "",
        "rows": rows,
        "empty": say("No document of this case may be seen here."),
    }
    lead = say("A case of onrecord: what sources say, on whose word, and the words themselves.")
    parts: list[dict[str, Any]] = [{"kind": "facts", "rows": facts}, first]
    site.write(SitePage("index.html", say("Case"), site.name, parts, lead, "index.html"))


_COUNTED = ("SELECT count(*) FROM document", "SELECT count(*) FROM happening")


FORMAT = Format(
    name="site",
    endings=(),
    about="A site of the case for any browser: works from a USB stick, asks for nothing",
    lacks=(
        "originals, custody, decisions and the log; pages for people without a name; it is for "
        "reading, not for taking in again"
    ),
    write=write,
    folder=True,
)
