"""What operating systems and office programs leave in folders: no documents."""

from __future__ import annotations

_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})
_PREFIXES = (".", "~$")


def is_litter(name: str) -> bool:
    """Whether the name of a file or folder is that of a hidden one, a lock or a thumbnail store."""
    return name.lower() in _NAMES or name.startswith(_PREFIXES)
