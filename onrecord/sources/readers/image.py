"""Pictures (JPEG, PNG, WebP, TIFF): the words that stand inside, as agencies' captions do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from onrecord.model import Edtf
from onrecord.sources.acquire import printable
from onrecord.sources.fault import Empty, Unreadable
from onrecord.sources.limits import Limits
from onrecord.sources.readers.draft import Draft, imprint
from onrecord.sources.readers.image_blocks import JPEG, Blocks, blocks_of, image_type
from onrecord.sources.readers.image_words import Said, words_of
from onrecord.sources.reading import Reading
from onrecord.vocabulary import load

NAME, VERSION = "image", "1"

_DATE = re.compile(r"(\d{4})(?:([-:]?)(\d\d)(?:\2(\d\d))?)?(?=$|[T\s])")
_WORD = re.compile(r"\w+")
_CUT = 30
"""Letters from which a text may be another that was cut: the shortest bound of IPTC is 32 bytes."""
_LONG = 200
"""Characters that no note of a camera or program has."""
_QUOTED = 300
"""Characters of a picture's instructions that a warning repeats."""


def read_image(data: bytes, limits: Limits) -> Reading:
    """Headline, credit with the date, by-line, captions, who is said to be seen, and where.

    A caption that stands in it more than once is there once. Raises `Empty` where nobody wrote a
    word into it, `Unreadable` where it is broken before the first.
    """
    media_type = image_type(data) or JPEG
    blocks = blocks_of(data, media_type, limits)
    said = words_of(blocks)
    draft = Draft()
    headline, titles = _headline(said)
    title = draft.block(headline)
    captions = _captions(said, titles, headline)
    people = _distinct(name for each in said for name in each.people)
    if not (title or captions or people):
        raise _wordless(blocks, said)
    creator = _one(said, _creator)
    publisher, published = imprint(draft, *_publisher(said, creator), _one(said, _day))
    author = draft.block(creator)
    for caption in captions:
        draft.block(caption)
    _labelled(draft, "In the picture", people)
    for place in _distinct(place for each in said for place in each.places):
        _labelled(draft, "Place", [place])
    return Reading(
        text=draft.text,
        media_type=media_type,
        reader=NAME,
        reader_version=VERSION,
        title=title,
        publisher=publisher,
        author=author,
        published=published,
        warnings=tuple(dict.fromkeys(map(printable, _warnings(blocks, said)))),
    )


def _headline(said: list[Said]) -> tuple[str, list[str]]:
    """The headline, or else the title; and the titles beside it."""
    titles = [each.title for each in said if _is_said(each.title)]
    headlines = [each.headline for each in said if _is_said(each.headline)]
    return next(iter([*headlines, *titles]), ""), [*headlines[1:], *titles]


def _captions(said: list[Said], titles: list[str], headline: str) -> list[str]:
    """Every caption and title, less what the headline or a longer one says in the same words."""
    found = [each for one in said for each in one.captions if _is_said(each)]
    texts = [each for each in [*found, *titles] if not _holds(headline, each)]
    return [
        text
        for at, text in enumerate(texts)
        if not any(_holds(other, text) for other in texts[:at])
        and not any(_holds(other, text) and not _holds(text, other) for other in texts[at:])
    ]


def _holds(longer: str, shorter: str) -> bool:
    """Whether a text has the words of another; a word that IPTC cut in two may be its last."""
    whole, part = _words(longer), _words(shorter)
    if part in whole or (len(part) > _CUT and whole.startswith(part.rstrip())):
        return True
    # Programs put "?" into EXIF data for what is not ASCII.
    return "?" in shorter and part in _words(longer.encode("ascii", "replace").decode())


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text))} ".casefold()


def _distinct(said: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for text in filter(None, said):
        found.setdefault(_words(text), text)
    return list(found.values())


def _is_said(text: str) -> bool:
    """Whether somebody may have written it: not a program, and not as the name of a file."""
    if not any(map(str.isalpha, text)):
        return False
    return len(text) > _LONG or not _by_machine().fullmatch(text.strip())


@cache
def _by_machine() -> re.Pattern[str]:
    rules = load("pictures")
    return re.compile("|".join([*rules["by_machine"], rules["reference"]]), re.IGNORECASE)


def _creator(said: Said) -> str:
    return said.creator


def _credit(said: Said) -> str:
    return said.credit


def _day(said: Said) -> str:
    return _edtf(said.date) or ""


def _edtf(written: str) -> Edtf | None:
    """A date of XMP or IPTC; 00 stands for a month or day that is not known (IIM 4.2, 2:55)."""
    match = _DATE.match(written)
    if match is None:
        return None
    parts = [int(match[1])]
    for part in (match[3], match[4]):
        if not part or part == "00":
            break
        parts.append(int(part))
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def _one(said: list[Said], told: Callable[[Said], str]) -> str:
    return next(filter(None, map(told, said)), "")


def _publisher(said: list[Said], creator: str) -> tuple[str, str]:
    """The line that credits somebody else than the by-line, and whom: "By-line/Agency" is usual.

    Empty where nobody is credited but the by-line.
    """
    for line in [*(each.credit for each in said), *(each.source for each in said)]:
        names = [name.strip() for name in line.split("/") if not _holds(creator, name)]
        if any(names):
            return line, names[0] if len(names) == 1 else line
    return "", ""


def _labelled(draft: Draft, label: str, values: list[str]) -> None:
    if values:
        draft.block(f"{label}: {', '.join(values)}")


def _warnings(blocks: Blocks, said: list[Said]) -> Iterator[str]:
    yield from blocks.damage
    for each in said:
        yield from each.warnings
    for what, told in (
        ("headline", lambda each: each.headline),
        ("caption", lambda each: "\n".join(filter(_is_said, each.captions))),
        ("by-line", _creator),
        ("credit", _credit),
        ("date", _day),
    ):
        yield from _disagreement(said, what, told)
    for text in _distinct(each.instructions for each in said):
        yield f"its instructions are not part of the text: {text[:_QUOTED]}"


def _disagreement(said: list[Said], what: str, told: Callable[[Said], str]) -> Iterator[str]:
    """What two blocks say otherwise: one of them may have been altered."""
    values = [(each.block, told(each)) for each in said if _is_said(told(each)) or what == "date"]
    values = [(block, value) for block, value in values if value]
    for block, value in values[1:]:
        alike = _holds(values[0][1], value) or _holds(value, values[0][1])
        if block != values[0][0] and not alike:
            kept = "both are in the text" if what == "caption" else f"that of {values[0][0]} counts"
            yield f"{values[0][0]} and {block} differ on the {what}: {kept}"
            return


def _wordless(blocks: Blocks, said: list[Said]) -> Exception:
    trouble = [*blocks.damage, *(warning for each in said for warning in each.warnings)]
    if trouble:
        return Unreadable(
            "the picture is damaged or incomplete",
            why=f"no words were found in it, and {printable(trouble[0])}",
            todo="get it again from where it came from; if it opens in a viewer, put what it shows "
            "into a text file beside it and add that",
        )
    return Empty(
        "there are no words in this picture",
        why="nobody wrote a headline, a caption or a description into it, and only words can be "
        "cited",
        todo="keep it, and add a text file that names it and says what it shows, or the words in "
        "it (text recognition, OCR)",
    )
