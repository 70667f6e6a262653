"""Where a report says that the outlet's own people saw, counted or confirmed what it tells."""

from __future__ import annotations

import re
from functools import cache

from onrecord import vocabulary
from onrecord.corroboration.credits import NAME


def saw_itself(text: str) -> bool:
    """Whether a report says that the outlet's own people saw or counted, not somebody it quotes."""
    told = _QUOTED.sub(" ", text)
    return any(pattern.search(told) for pattern in _own_reporting())


_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|«[^»\n]*(?:»|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)
"""Words in quotation marks; a mark that nothing closes reaches to the end of its line at most."""


def whose_people_saw(sentence: str, publisher: str) -> str | None:
    """Whose own people saw or confirmed what a sentence tells: a newsroom, or the publisher."""
    if not saw_itself(sentence):
        return None
    named = _of_a_newsroom().search(sentence)
    return re.sub("^[Tt]he ", "", named["source"]) if named else publisher


@cache
def _of_a_newsroom() -> re.Pattern[str]:
    people = vocabulary.load("corroboration")["own_people"]
    return re.compile(rf"(?i:{people}) (?:of|for|from|with) (?P<source>{NAME})")


@cache
def _own_reporting() -> tuple[re.Pattern[str], ...]:
    patterns = vocabulary.load("corroboration")["own_reporting"]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
