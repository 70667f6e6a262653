"""Who asks: the audience, by which the rules of the door are chosen, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Audience = Literal["public", "partner", "court", "internal"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom something leaves for: a kind of reader, who by name, and to what end, for the log."""

    audience: Audience = "public"
    to: str = ""
    purpose: str = ""
