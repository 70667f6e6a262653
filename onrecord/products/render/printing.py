"""What PDF and DOCX share: the words of the frame, the time basis, words fit to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onrecord.model import Edtf
from onrecord.products.edtf import in_words, order, year_known
from onrecord.products.page import Note, Page, Step
from onrecord.products.quoting import direction, plain, visible
from onrecord.products.render.spell import level_name, marked
from onrecord.products.wording import listed, say_as, say_many, semicolon
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Words:
    """Words fit to be printed, with their language (BCP 47, where it can hold) and direction.

    `gap` marks our remark that something is not known.
    """

    text: str
    language: str | None = None
    rtl: bool = False
    gap: bool = False


def frame(name: str, **values: str | int) -> str:
    """Words that a page says in its own voice around what it holds."""
    return say_as("frame", str(load("products")["frame"][name]), **values)


def title_of(page: Page) -> str:
    """The title without the product's name in front, on one line."""
    return visible(plain(page.title.split(": ", 1)[-1]))


def stands_alone(page: Page) -> bool:
    """Whether the summary is enough for a page of its own."""
    return len(page.summary) > 2 or sum(len(s.lines) for s in page.summary) > 9


def time_basis(page: Page) -> str:
    """On which documents a page rests and of which time they are: no clock is asked."""
    dates = {note.document: note.date for note in page.notes}
    if not dates:
        return frame("nothing_cited")
    known = sorted({d for d in dates.values() if d and year_known(d)}, key=_day)
    undated = sum(1 for d in dates.values() if not (d and year_known(d)))
    count = say_many("{count} document", "{count} documents", len(dates))
    if not known:
        return frame("undated", documents=count)
    ends = dict.fromkeys((in_words(known[0]), in_words(known[-1])))
    period = say_as("between the ends of a time", " to ").join(ends)
    text = frame("dated", documents=count, period=period)
    return f"{text}{semicolon()}{frame('some_undated', count=undated)}" if undated else text


def newest_day(page: Page) -> date | None:
    """The newest day of which a cited document is: a date for the file that needs no clock."""
    return max(_days(note.date for note in page.notes), default=None)


def quoted_words(words: str, language: str | None) -> Words:
    """Exact words between quotation marks."""
    return written(marked(words), language)


def written(words: str, language: str | None = None) -> Words:
    """Words on one line; blanks at their ends are kept, and nothing in them can command.

    A language is left out where the words run against its script's direction.
    """
    rtl = direction(words) == "rtl"
    if language and (language.split("-")[0] in load("products")["right_to_left"]) != rtl:
        language = None
    return Words(visible(re.sub(r"\s+", " ", words)), language, rtl)


def source_line(note: Note) -> str:
    """Who published what a note cites, under which title, in which file, when."""
    publisher = note.publisher or frame("publisher_not_stated")
    return listed(list(filter(None, (publisher, note.title, note.path, in_words(note.date)))))


def references(notes: Sequence[int]) -> list[dict[str, Any]]:
    """Numbers of notes as they are printed: three or more in a row as one stretch ("4–7")."""
    stretches: list[list[int]] = []
    for number in notes:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    parts = [[s] if len(s) > 2 else [[n] for n in s] for s in stretches]
    return [
        {"numbers": numbers, "text": "–".join(dict.fromkeys(map(str, (numbers[0], numbers[-1]))))}
        for part in parts
        for numbers in part
    ]


def steps_in_words(steps: Iterable[Step]) -> Iterator[tuple[str, list[Words]]]:
    """Each step of a chain: its level (empty where it goes without saying), and its words."""
    for one in steps:
        level = "" if one.level == "publisher" and one.remark else level_name(one.level)
        told = [written(plain(one.name))] if one.name else []
        if one.words:
            quoted = quoted_words(one.words, one.language)
            told.append(replace(quoted, text=f"({quoted.text})") if told else quoted)
        if one.remark:
            dash = "– " if told else ""
            told.append(Words(f"{dash}{visible(plain(one.remark))}", gap=True))
        yield level, told


def _day(edtf: Edtf) -> tuple[str, int, int]:
    return order(edtf) or ("", 0, 0)


def _days(dates: Iterable[Edtf | None]) -> Iterator[date]:
    for edtf in dates:
        year, month, day = _day(edtf) if edtf else ("", 0, 0)
        if year.isdecimal() and int(year) and month and day:
            yield date(int(year), month, day)
