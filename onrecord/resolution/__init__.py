"""One person, one event: names, candidates, comparison, judgements, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.resolution.resolving import Resolution, resolve

__all__ = ["Resolution", "resolve"]


def __getattr__(name: str) -> Any:
    """The resolver, imported when it is asked for: it brings heavy libraries."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.resolution import resolving

    return getattr(resolving, name)
