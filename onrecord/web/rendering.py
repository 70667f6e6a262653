"""Pages as HTML: templates of the workbench, with the parts of the products among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.products.edtf import in_words
from onrecord.products.index import last_part
from onrecord.products.page import Citation, Note
from onrecord.products.quoting import plain, visible
from onrecord.products.render.html import References, filters
from onrecord.store.words import words
from onrecord.vocabulary import load
from onrecord.web.exact import runs


def render(template: str, **values: Any) -> str:
    """A template of the workbench; everything in it is escaped."""
    found = environment().get_template(template)
    return found.render(references=References(), **values).strip() + "\n"


@cache
def environment() -> Environment:
    """The templates, and the words and links that they use."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("onrecord.web"), PackageLoader("onrecord.products")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters())
    made.filters.update(plain=plain, spoken=spoken, file_name=last_part, moment=moment)
    made.globals.update(runs=runs)
    made.filters.update(marking=marking, footnotes=footnotes)
    made.globals.update(link=link, cited=cited, act_label=act_label)
    return made


def link(path: str, /, **asked: Any) -> str:
    """An address of this site: `path` with its parts quoted, and what it is asked with."""
    known = _quoted(path)
    query = asked and urlencode({k: value for k, value in asked.items() if value not in (None, "")})
    return f"{known}?{query}" if query else known


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path, safe="/:")


def cited(document: str, start: int, end: int) -> str:
    """The address at which some words of a document stand marked."""
    return f"{_quoted(f'/documents/{document}')}?start={start}&end={end}#asked"


def footnotes(notes: Sequence[Note | Mapping[str, Any]]) -> Markup:
    """The notes of a page, each with a link to the words where they stand; those of a picture come
    as data. A page may have hundreds, and a macro would take ten times as long.
    """
    if not notes:
        return Markup()
    told = "".join([_footnote(note) for note in notes])
    inner = f'<section id="notes" class="notes"><h2>Notes</h2><ol>\n{told}</ol></section>'
    return Markup(inner)  # noqa: S704 - every word in it is escaped below


def _footnote(note: Note | Mapping[str, Any]) -> str:
    of: Callable[..., Any] = note.get if isinstance(note, Mapping) else partial(getattr, note)
    publisher, title, number = of("publisher", None), of("title", None), of("number")
    who = f"<bdi>{_shown(publisher)}</bdi>" if publisher else _NO_PUBLISHER
    what = f"<bdi>{_shown(plain(title))}</bdi>, " if title else ""
    source = f'<p class="source">{who}, {what}{escape(in_words(of("date", None)))}</p>'
    words = "".join([_passage(of("document"), citation) for citation in of("citations")])
    return f'<li id="note-{number}" value="{number}">{source}\n{words}</li>\n'


def _passage(document: str, citation: Citation | Mapping[str, Any]) -> str:
    if isinstance(citation, Mapping):
        start, end, exact = (citation[name] for name in ("start", "end", "exact"))
    else:
        start, end, exact = citation.start, citation.end, citation.exact
    there = escape(cited(document, start, end))
    return (
        f'<p class="cited"><a href="{there}">characters {start}–{end}</a> '
        f'<bdi dir="auto">“{_shown(plain(exact))}”</bdi></p>'
    )


_NO_PUBLISHER = '<span class="gap">publisher not stated</span>'


def _shown(words: str) -> str:
    return str(escape(visible(words)))


def act_label(kind: str) -> str:
    """A type of act in words."""
    return str(load("acts")[kind]["label"])


def spoken(term: str) -> str:
    """A term of the vocabulary as it is read aloud."""
    return term.replace("_", " ")


def marking(text: str, wanted: Collection[str]) -> list[tuple[str, bool]]:
    """Words cut where one that was looked for begins or ends; each piece, and whether it is one."""
    pieces, last = list[tuple[str, bool]](), 0
    for word, (start, end) in words(text):
        if word in wanted:
            pieces += [(text[last:start], False), (text[start:end], True)]
            last = end
    return [piece for piece in (*pieces, (text[last:], False)) if piece[0]]


def moment(at: str) -> str:
    """A time of the log, UTC in ISO 8601, as people write it."""
    told = datetime.fromisoformat(at)
    return f"{told.day} {told:%B %Y, %H:%M} UTC"
