"""The names by which a transcript says who speaks: `GOVERNOR ORO VESH: I gave no order.`"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from onrecord.entities.lexicon import body_heads
from onrecord.entities.name_trimming import is_title
from onrecord.entities.words import Words

_LABEL = re.compile(r"^[ \t]*(?P<who>[^\W\d_a-z][^\n:.!?,;()“”\"\da-z]{2,50})(?=:\s)", re.MULTILINE)
_NAME = range(2, 5)
"""Words of a name behind its title."""


def names_of_speakers(words: Words) -> Iterator[tuple[int, int, str]]:
    """Names in capitals behind a title, each before a colon that heads a line, and come back.

    The parser takes no more than a part of such a name.
    """
    labels = [found.span("who") for found in _LABEL.finditer(words.text)]
    said = Counter(words.text[slice(*span)] for span in labels)
    for first, last in labels:
        if said[words.text[first:last]] < 2:
            continue
        start, end = bisect_left(words.start, first), bisect_left(words.start, last)
        name = start
        while name < end and (is_title(words, name) or words.word[name] == "."):
            name += 1
        if start < name and end - name in _NAME and _is_name(words, name, end):
            yield name, end, "Person"


def _is_name(words: Words, first: int, end: int) -> bool:
    plain = all(words.word[at].replace("-", "").isalpha() for at in range(first, end))
    return plain and not any(
        is_title(words, at) or words.lower[at] in body_heads() for at in range(first, end)
    )
