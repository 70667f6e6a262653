"""The seal of a table: the SHA-256 of its rows, each a line of canonical JSON, in their order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from json.encoder import encode_basestring_ascii
from math import isfinite
from typing import Any

from onrecord.store.log import canonical

Values = tuple[Any, ...]


class Seal:
    """The hash of rows as they come, for the columns of these `names`."""

    def __init__(self, names: Sequence[str]) -> None:
        # A case has millions of rows: to write JSON column by column takes a tenth of the time.
        self._order = sorted(range(len(names)), key=names.__getitem__)
        keys = (encode_basestring_ascii(names[at]).replace("%", "%%") for at in self._order)
        self._line = "{" + ",".join(f"{key}:%s" for key in keys) + "}\n"
        self._digest = hashlib.sha256()

    def add(self, rows: Sequence[Values]) -> None:
        """Go on with further rows, all values text, numbers or None."""
        if rows:
            columns = list(zip(*rows, strict=True))
            told = [[_AS.get(type(v), canonical)(v) for v in columns[at]] for at in self._order]
            lines = map(self._line.__mod__, zip(*told, strict=True))
            self._digest.update("".join(lines).encode())

    def hexdigest(self) -> str:
        """The seal of all rows so far."""
        return self._digest.hexdigest()


def _number(value: float) -> str:
    return float.__repr__(value) if isfinite(value) else canonical(value)


_AS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring_ascii,
    int: int.__repr__,
    float: _number,
    type(None): lambda _: "null",
}
"""How `log.canonical` writes values of these types."""
