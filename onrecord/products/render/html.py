"""A page as one self-contained HTML file: no script, no request, fit for paper and for a phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from onrecord.products.edtf import in_words
from onrecord.products.page import Page
from onrecord.products.quoting import direction, plain, visible
from onrecord.products.render import inline
from onrecord.products.render.printing import stands_alone, time_basis
from onrecord.products.render.spell import chain, product_name, shortened, unmarked
from onrecord.products.wording import comma, current, in_its_language, say, say_many


class References:
    """Gives every use of a note an anchor of its own, so that the note can lead back to it."""

    def __init__(self) -> None:
        self._uses: dict[int, list[str]] = {}

    def use(self, number: int) -> str:
        """The anchor of one more use of a note."""
        uses = self._uses.setdefault(number, [])
        uses.append(f"use-{number}-{len(uses) + 1}")
        return uses[-1]

    def of(self, number: int) -> list[str]:
        """The anchors of all uses of a note so far."""
        return self._uses.get(number, [])


@in_its_language
def render_html(page: Page) -> str:
    """The page as HTML. Everything from a source is escaped and marked with its language."""
    html = _template().render(
        page=page,
        basis=time_basis(page),
        alone=stands_alone(page),
        references=References(),
        css=style(),
        turned=current().direction,
        comma=comma(),
        document=say("document {id}").split("{id}"),
    )
    return f"{html.strip()}\n"


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("onrecord.products"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters())
    return environment.get_template("page.html.j2")


def filters() -> dict[str, Callable[..., Any]]:
    """What the templates need to show words of a source as they are."""
    return {
        "shown": lambda words: visible(plain(words)),
        "visible": visible,
        "direction": direction,
        "tongue": inline.tongue,
        "date": in_words,
        "chain": chain,
        "shortened": shortened,
        "unmarked": unmarked,
        "say": _say,
        "say_many": _say_many,
        "product": product_name,
        "turned": inline.turned,
        "written": inline.runs,
        "noted": inline.refs,
        "chained": inline.chained,
        "item": inline.item,
    }


def style() -> str:
    """The style sheet, with what a language from right to left wants differently."""
    turned = _read("style-rtl.css") if current().direction == "rtl" else ""
    return _read("style.css") + turned


@pass_context
def _say(context: Context, message: str) -> str:
    """A message of a template. With the context, it is looked up each time, not compiled in."""
    del context
    return say(message)


@pass_context
def _say_many(context: Context, count: int, one: str, many: str) -> str:
    del context
    return say_many(one, many, count)


def _read(name: str) -> str:
    return (files("onrecord.products") / "templates" / name).read_text(encoding="utf-8")
