"""The words of our own around what sources say, in the language that is asked for.

English stands in the code and in the vocabularies; the other languages are gettext catalogues in
`locale/`. The words of a source are never looked up here: they stand as they were written.

Which language is spoken holds for all that is made inside `with speaking("fr"):`; a page remembers
it, and the renderers speak it again. Outside of that it is English, word for word as in the code.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from onrecord.errors import NotFound
from onrecord.products.page import Page, Run

ENGLISH = "en"
DOMAIN = "onrecord"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb", "ps"})
"""Languages that a catalogue may be in and that are written from right to left."""

T = TypeVar("T")
Value = str | int
Piece = str | int | Run | tuple[Run, ...]


def folder() -> Path:
    """Where the catalogues lie: `LANGUAGE/LC_MESSAGES/onrecord.po` and, compiled, `.mo`."""
    return Path(str(files("onrecord.products") / "locale"))


@cache
def languages() -> tuple[str, ...]:
    """The languages that products speak, English first."""
    found = (path.parent.parent.name for path in folder().glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (ENGLISH, *sorted(found))


@dataclass(frozen=True, slots=True)
class Wording:
    """One language (BCP 47): its messages, and how it writes numbers and rows of names."""

    language: str
    messages: gettext.NullTranslations

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The side from which it is read."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def say(self, message: str, **values: Value) -> str:
        """A message with its values; a message is English with `{names}`."""
        return self.filled(self.messages.gettext(message), values)

    def say_as(self, context: str, message: str, **values: Value) -> str:
        """A message that means different things in different places: `context` says which."""
        return self.filled(self.messages.pgettext(context, message), values)

    def say_many(self, one: str, many: str, count: int, **values: Value) -> str:
        """A message that depends on a number, which stands in it as `{count}`."""
        found = self.messages.ngettext(one, many, count)
        return self.filled(found, {**values, "count": count})

    def number(self, number: int) -> str:
        """A whole number as people write it; in English without separators."""
        if self.language == ENGLISH:
            return str(number)
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=self.language))

    def row(self, names: Sequence[str]) -> str:
        """Names as they are said: "A, B and C"."""
        if self.language != ENGLISH:
            from babel.lists import format_list

            return str(format_list(list(names), locale=self.language))
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

    def filled(self, message: str, values: Mapping[str, Value]) -> str:
        """A message with its values in their places."""
        if not values:
            return message
        told = {k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}
        return _PLACE.sub(lambda found: told.get(found[1], found[0]), message)


_PLACE = re.compile(r"\{(\w+)\}")


@cache
def wording(language: str) -> Wording:
    """The wording of a language. Raises `NotFound` where there is no catalogue for it."""
    if language == ENGLISH:
        return Wording(language, gettext.NullTranslations())
    if language not in languages():
        raise NotFound(
            f"no product speaks {language!r}", todo=f"ask for one of {', '.join(languages())}"
        )
    return Wording(language, gettext.translation(DOMAIN, folder(), [language]))


_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


def current() -> Wording:
    """The wording that is spoken now."""
    return wording(_current.get())


@contextmanager
def speaking(language: str) -> Iterator[Wording]:
    """Speak a language for what is made inside. Raises `NotFound` where no product speaks it."""
    found = wording(language)
    token = _current.set(language)
    try:
        yield found
    finally:
        _current.reset(token)


def in_its_language(render: Callable[..., T]) -> Callable[..., T]:
    """A renderer whose first argument is a page, made to speak the language of that page."""

    @wraps(render)
    def spoken(page: Page, *args: Any, **options: Any) -> T:
        with speaking(page.language):
            return render(page, *args, **options)

    return cast("Callable[..., T]", spoken)


def say(message: str, **values: Value) -> str:
    """A message in the language that is spoken; `{names}` in it are filled from `values`."""
    return current().say(message, **values)


def say_as(context: str, message: str, **values: Value) -> str:
    """A message whose meaning depends on where it stands: a term, a label, a word of a line."""
    return current().say_as(context, message, **values)


def say_many(one: str, many: str, count: int, **values: Value) -> str:
    """A message for a number: in English `one` or `many`, elsewhere as the language counts."""
    return current().say_many(one, many, count, **values)


def unsaid(message: str) -> str:
    """Marks a message that is said later, with `say`: for tables of words in the code."""
    return message


def in_a_row(names: Sequence[str]) -> str:
    """Names as they are said: "A, B and C"."""
    return current().row(names)


def comma() -> str:
    """What stands between things that are only listed: ", "."""
    return say_as("between things in a row", ", ")


def semicolon() -> str:
    """What stands between parts of a line: "; "."""
    return say_as("between parts of a line", "; ")


def colon() -> str:
    """What stands between a name and what is told of it: ": "."""
    return say_as("between a name and what is told of it", ": ")


def listed(names: Iterable[str]) -> str:
    """Names one after the other, without a last "and"."""
    return comma().join(names)


def titled(words: str) -> str | Run:
    """A title or a file's name inside a line: in another language than English, set off from it."""
    return words if current().language == ENGLISH else Run(words, "name")


def country_name(code: str, english: str) -> str:
    """A country by its code (ISO 3166 alpha-2); `english` in English, or where none is known."""
    if current().language == ENGLISH:
        return english
    from babel import Locale

    return str(Locale.parse(current().language).territories.get(code, english))


def filled(message: str, **values: Value) -> str:
    """A message that is in its language already, with its values."""
    return current().filled(message, values)


def and_more(count: int) -> str:
    """That so many are not listed: " and 3 more"."""
    return say_many(" and {count} more", " and {count} more", count)


def set_off(words: str) -> str:
    """Words of a source inside a text of ours: in another language than English, in marks."""
    return words if current().language == ENGLISH else f"“{words}”"


def worded(message: str, **pieces: Piece) -> tuple[Run, ...]:
    """A message, translated already, as runs: a text fills its place, runs stand as they are."""
    runs: list[Run] = []
    text = ""
    for number, part in enumerate(_PLACE.split(message)):
        piece = pieces.get(part, f"{{{part}}}") if number % 2 else part
        if isinstance(piece, str | int):
            text += current().number(piece) if isinstance(piece, int) else piece
            continue
        runs += [Run(text)] if text else []
        runs += [piece] if isinstance(piece, Run) else piece
        text = ""
    return (*runs, *([Run(text)] if text else []))
