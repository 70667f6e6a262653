"""Names of papers, agencies and stations, told by their own words."""

from __future__ import annotations

import re

from onrecord.vocabulary import load

NAME = 6
"""Most words of the name of a paper or agency."""

_DOMAIN = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,8}/?", re.IGNORECASE)


def is_domain(words: str) -> bool:
    """Whether words are the address of a site: "www.kessarin-mirror.example"."""
    return _DOMAIN.fullmatch(words) is not None


def is_outlet(name: str) -> bool:
    """Whether a name is that of a paper, an agency or a station by its own words."""
    if is_domain(name) or name.casefold() in load("titles")["media"]:
        return True
    words = name.casefold().replace(".", "").split()
    words = words[1:] if words[:1] == ["the"] else words
    if not 1 < len(words) <= NAME:
        return False
    told = load("head")["outlets"]
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    return head in told["last"] or words[0] in told["first"]


def is_name(words: str) -> bool:
    """Whether words are one name: few, capitalized but for small words, without a full stop."""
    told = words.split()
    small = load("head")["outlets"]["small"]
    return (
        0 < len(told) <= NAME
        and told[0][0].isupper()
        and words[-1] not in ".:;?!"
        and all(word[0].isupper() or word in small for word in told)
    )
