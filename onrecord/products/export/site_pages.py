"""The pages of a static site, and where they stand: they find each other without a server."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.products.page import Line
from onrecord.products.render.html import References, filters, style
from onrecord.products.wording import ENGLISH, current, say, unsaid

PLACES = (
    (unsaid("Documents"), "documents.html"),
    (unsaid("People and bodies"), "people.html"),
    (unsaid("What is said to have happened"), "happenings.html"),
    (unsaid("Pictures"), "pictures.html"),
    (unsaid("Search"), "search.html"),
)
CAUTION = unsaid(
    "All of this is what sources say, and on whose word. None of it is established here. "
    "Each number and each link leads to the exact words."
)
Part = Mapping[str, Any]
"""A part of a page, by its `kind`; the template says what each kind holds."""


@dataclass(slots=True)
class SitePage:
    """One page: where it stands in the site (`path`, with slashes) and what is on it.

    `here` is the place in the navigation, `pages` are the pages of a list in several.
    """

    path: str
    kind: str
    title: str
    parts: Sequence[Part]
    lead: str = ""
    here: str = ""
    pages: Sequence[tuple[int, str]] = ()
    references: References = field(default_factory=References)
    rows: str = ""


class Site:
    """The folder of a site that is being written."""

    def __init__(self, folder: Path, name: str, *, pictured: bool) -> None:
        self.folder, self.name = folder, name
        places = [p for p in PLACES if pictured or p[1] != "pictures.html"]
        self._places = [(say(title), href) for title, href in places]
        folder.mkdir(parents=True, exist_ok=True)
        self.file("style.css").write_text(style() + _read("site.css"), encoding="utf-8")

    def file(self, path: str) -> Path:
        """Where a file of the site is written; its folder is made."""
        found = self.folder / path
        found.parent.mkdir(parents=True, exist_ok=True)
        return found

    def write(self, page: SitePage) -> None:
        """Write a page. All that is from a source is escaped."""
        script = _search_script() if page.rows else ""
        html = _template("site.html.j2").render(
            site=self.name,
            root="../" * page.path.count("/"),
            places=self._places,
            here=page.here,
            this=page.path,
            kind=page.kind,
            title=page.title,
            lead=page.lead,
            parts=page.parts,
            pages=page.pages,
            references=page.references,
            caution=say(CAUTION),
            language=current().language,
            turned=current().direction,
            rows=page.rows,
            script=script,
            script_hash=script_hash(script) if script else "",
        )
        data = f"{html.strip()}\n".encode("utf-8", "replace")
        self.file(page.path).write_bytes(data)


def _search_script() -> str:
    """The script that searches, with what it says in the language that is spoken."""
    script = _read("site-search.js")
    if current().language == ENGLISH:
        return script
    for message in (unsaid("${SHOWN} of ${found} found"), unsaid("${found} found")):
        script = script.replace(f"`{message}`", f"`{say(message).replace('`', '')}`")
    return script


def script_hash(script: str) -> str:
    """What a page's policy names so that this very script may run, and no other."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def fragment(line: Line, href: str) -> str:
    """A line of another page than the one it stands on; `href` leads to the document."""
    return str(_template("site-line.html.j2").render(line=line, href=href)).strip()


def embedded(rows: Sequence[Sequence[str]]) -> str:
    """Rows as JSON that can stand inside a page: nothing in it can end its element."""
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def page_of(kind: str, identifier: str) -> str:
    """Where the page of a document or of somebody stands: the same id, the same place.

    Folders of two digits keep lists of files short, as old file systems want them.
    """
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}/{digest[:2]}/{digest[:20]}.html"


@cache
def _template(name: str) -> Any:
    environment = Environment(
        loader=PackageLoader("onrecord.products"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters())
    return environment.get_template(name)


@cache
def _read(name: str) -> str:
    return (files("onrecord.products") / "templates" / name).read_text(encoding="utf-8")
