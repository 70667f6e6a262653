"""A document's text in FollowTheMoney: readable, in pages where it is long, exact where need be.

FollowTheMoney's programs compose characters, drop what cannot be seen and cut blanks at the ends.
Where that would change a text, its exact characters go beside it, so that every offset still holds.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from onrecord.products.export.ftm_marks import legible

PAGE = 60_000
"""Characters of one value of text; FollowTheMoney takes at most 65,000."""


def pages(text: str) -> list[str] | None:
    """The readable text in stretches that are kept as they are; None where that cannot be done."""
    kept = legible(text)
    cuts = [0]
    while len(kept) - cuts[-1] > PAGE:
        ends = range(cuts[-1] + PAGE, cuts[-1] + PAGE // 2, -1)
        cut = next((i for i in ends if not (kept[i - 1].isspace() or kept[i].isspace())), None)
        if cut is None:
            return None
        cuts.append(cut)
    return [kept[start:end] for start, end in pairwise([*cuts, len(kept)])]


def edges(text: str) -> dict[str, str]:
    """The blanks at the ends of a text, by where they stand; empty where there are none."""
    core = text.strip()
    at = text.find(core) if core else 0
    found = {"before": text[:at], "after": text[at + len(core) :]}
    return {name: blanks for name, blanks in found.items() if blanks}


def is_kept(text: str) -> bool:
    """Whether pages and edges together give the text as it is."""
    return legible(text) == text.strip() and pages(text) is not None


def exact(text: str) -> Iterator[str]:
    """The exact characters, as numbered pieces of Base64 of UTF-8."""
    written = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()
    size = PAGE // 4 * 4
    for number, start in enumerate(range(0, len(written), size)):
        yield f"{number}:{written[start : start + size]}"


def from_exact(pieces: Sequence[str]) -> str:
    """The inverse of `exact`, whatever the order of the pieces. Raises ValueError."""
    numbered = {int(number): body for number, _, body in (p.partition(":") for p in pieces)}
    if sorted(numbered) != list(range(len(pieces))):
        raise ValueError("pieces of its exact text are missing")
    written = "".join(numbered[number] for number in range(len(pieces)))
    return base64.b64decode(written, validate=True).decode("utf-8", "surrogatepass")


def from_pages(found: Sequence[str], edges_of: Mapping[str, str]) -> str:
    """The inverse of `pages` and `edges`."""
    return edges_of.get("before", "") + "".join(found) + edges_of.get("after", "")


def as_json_string(text: str) -> str:
    """A string that survives any cleaning: JSON in ASCII, quotation marks around."""
    return json.dumps(text)
