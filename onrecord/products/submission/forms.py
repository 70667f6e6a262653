"""The forms of the bodies a case may be submitted to, as data (`vocabulary/submissions.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from onrecord.errors import NotFound
from onrecord.products.wording import Wording, current
from onrecord.vocabulary import load

Need = Literal["required", "advised"]
CONTEXT = "submission"
"""The context of the messages of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: who can tell it, what counts as held, and what to ask where it is not.

    `held` is for whoever works on the rules; it stands on no page. `by` is `record` where the
    record is searched for it, `person` where only a person can say it.
    """

    id: str
    need: Need
    rule: str
    by: Literal["record", "person"]
    label: str
    held: str
    question: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the document with the ids of the fields under it, in the body's order."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What one body wants: fields by id, limits of time, what it accepts and what it does not.

    `window` holds `months` before the day of submission, `not_before` a `date`; both name the
    `rule` they are from. `as_of` says when the rules were as they stand here.
    """

    id: str
    short: str
    title: str
    as_of: str
    consent: str
    accepts: tuple[str, ...]
    refuses: tuple[str, ...]
    fields: Mapping[str, Field]
    order: tuple[Part, ...]
    window: Mapping[str, Any] | None = None
    not_before: Mapping[str, Any] | None = None


def names() -> tuple[str, ...]:
    """The forms there are."""
    return tuple(load("submissions")["forms"])


def form(name: str) -> Form:
    """A form by its name, in the language that is spoken. Raises `NotFound` where there is none."""
    return _form(name, current())


@cache
def _form(name: str, spoken: Wording) -> Form:
    known = load("submissions")["forms"]
    if name not in known:
        raise NotFound(f"there is no form {name}", todo=f"one of {', '.join(known)}")
    held = known[name]
    return Form(
        id=name,
        short=_told(spoken, held["short"]),
        title=_told(spoken, held["title"]),
        as_of=held["as_of"],
        consent=_told(spoken, held["consent"]),
        accepts=tuple(_told(spoken, rule) for rule in held["accepts"]),
        refuses=tuple(_told(spoken, rule) for rule in held["refuses"]),
        fields={key: _field(key, need, spoken) for key, need in held["fields"].items()},
        order=tuple(
            Part(_told(spoken, part["title"]), tuple(part["fields"])) for part in held["order"]
        ),
        window=held.get("window"),
        not_before=held.get("not_before"),
    )


def _told(spoken: Wording, words: str) -> str:
    return spoken.say_as(CONTEXT, words)


def _field(key: str, wanted: Mapping[str, Any], spoken: Wording) -> Field:
    known = load("submissions")["fields"][key]
    return Field(
        key,
        wanted["need"],
        _told(spoken, wanted["rule"]),
        known["by"],
        _told(spoken, known["label"]),
        known["held"],
        _told(spoken, known["question"]),
    )
