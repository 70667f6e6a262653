"""Who asks, and what may leave to them: the rules of `vocabulary/door.yaml`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.vocabulary import load

Audience = Literal["public", "partner", "court", "internal"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Answer = Literal["given", "refused", "withdrawn", "unknown"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
Level = Literal["public", "restricted", "confidential"]
LEVELS: tuple[Level, ...] = get_args(Level)
EVERYBODY = "*"
"""In a decision on consent: every audience."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom something leaves for: a kind of reader, who by name, and to what end, for the log."""

    audience: Audience = "public"
    to: str = ""
    purpose: str = ""

    @property
    def sees_names(self) -> bool:
        """Whether the names of the protected are shown."""
        return bool(self._rules["names"] == "open")

    @property
    def sees_custody(self) -> bool:
        """Whether our own people, folders and commands are shown."""
        return bool(self._rules["custody"] == "whole")

    def may_have(self, level: str) -> bool:
        """Whether something of that level of confidentiality may leave."""
        return level in self._rules["levels"]

    def has_consent(self, state: str, purposes: Collection[str]) -> bool:
        """Whether consent of that state, for those purposes (none: for any), lets it leave."""
        if state not in self._rules["consents"]:
            return False
        asked = self.purpose.strip().casefold()
        named = {purpose.strip().casefold() for purpose in purposes}
        return state != "given" or not named or asked in named or self.sees_names

    @property
    def _rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = load("door")["audiences"][self.audience]
        return rules


@dataclass(frozen=True, slots=True)
class Consent:
    """What was put down about consent for one audience, and when: the log's entry."""

    audience: str
    state: str
    purposes: tuple[str, ...]
    seq: int


def consents(recipient: Recipient, told: Collection[Consent]) -> bool:
    """Whether what was put down about one subject lets it leave to the recipient.

    Of what is about this audience or everybody the latest counts. Where something was put down,
    but nothing for this audience, there is no consent for it.
    """
    if not told:
        return True
    mine = [one for one in told if one.audience in (EVERYBODY, recipient.audience)]
    if not mine:
        return recipient.has_consent("unknown", ())
    latest = max(mine, key=lambda one: one.seq)
    return recipient.has_consent(latest.state, latest.purposes)
