"""Who is at the workbench, and what they may do there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "contributor", "reviewer", "administrator"]
Right = Literal["read", "contribute", "review", "administer"]
Sight = Literal["names", "codes"]

ROLES: tuple[Role, ...] = get_args(Role)
"""From those who may do least to those who may do most."""
_RIGHTS: Mapping[Role, tuple[Right, ...]] = {
    role: get_args(Right)[: number + 1] for number, role in enumerate(ROLES)
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the workbench.

    `name` is what the log calls them; empty for whoever holds a laptop's one-time link, whom it
    calls by their login name. With the sight "codes" they see protected people as codes only.
    """

    name: str = ""
    role: Role = "administrator"
    sight: Sight = "names"

    def may(self, right: Right) -> bool:
        """Whether their role lets them."""
        return right in _RIGHTS[self.role]


OWNER = Visitor()
"""Whoever opened the workbench with the link that `onrecord serve` printed."""
