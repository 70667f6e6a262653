"""Pages as HTML: templates of the workbench, with the parts of the products among them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from onrecord.products.index import last_part
from onrecord.products.quoting import plain
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
    made.filters.update(marking=marking)
    made.globals.update(link=link, cited=cited, act_label=act_label)
    return made


def link(path: str, /, **asked: Any) -> str:
    """An address of this site: `path` with its parts quoted, and what it is asked with."""
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")})
    return quote(path, safe="/:") + (f"?{query}" if query else "")


def cited(document: str, start: int, end: int) -> str:
    """The address at which some words of a document stand marked."""
    return link(f"/documents/{document}", start=start, end=end) + "#asked"


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
