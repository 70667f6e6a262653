"""What the record holds for one field, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.products.submission.passages import Spoken, Told, once
from onrecord.products.wording import colon, say, semicolon

State = Literal["held", "doubt", "missing", "person", "given", "closed"]


@dataclass(frozen=True, slots=True)
class Found:
    """The state of a field, what is given for it in short, on which words, and why it is doubted.

    `beside` are words that stand against it or answer it, as a denial does.
    """

    state: State
    value: str = ""
    told: tuple[Told, ...] = ()
    reasons: tuple[str, ...] = ()
    beside: tuple[Told, ...] = ()


MISSING = Found("missing")
Finder = Callable[[Spoken], Found]


def from_words(
    told: Iterable[Told],
    *,
    value: str = "",
    reasons: Iterable[str] = (),
    beside: Iterable[Told] = (),
) -> Found:
    """Held where somebody says it without hedging and no reason speaks against it, else doubted."""
    kept, against = once(told), once(beside)
    if not kept:
        return MISSING
    why = list(reasons)
    if all(one.doubt for one in kept):
        why += dict.fromkeys(say("only {doubt}", doubt=one.doubt) for one in kept)
    return Found("doubt" if why else "held", value, kept, tuple(dict.fromkeys(why)), against)


def from_values(told: Iterable[Told], *, differ: str) -> Found:
    """Held where every source gives the same value; where values differ, all of them, in doubt."""
    kept = tuple(told)
    values = list(dict.fromkeys(one.value for one in kept))
    reasons = [differing(differ, values)] if len(values) > 1 else []
    return from_words(kept, value=semicolon().join(values), reasons=reasons)


def differing(how: str, values: Iterable[str]) -> str:
    """The reason for doubt that values differ: it ends with them all."""
    return f"{how}{colon()}{semicolon().join(values)}"
