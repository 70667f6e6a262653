"""A fault in a file, as a reader sees it: the worker adds the path, which readers do not know."""

from __future__ import annotations

from onrecord.errors import (
    EmptySource,
    EncryptedSource,
    SourceError,
    SourceTooLarge,
    UnreadableSource,
)


class FaultError(Exception):
    """What is wrong with the bytes, why, and what to do; `kind` is the error it becomes."""

    kind: type[SourceError] = UnreadableSource

    def __init__(self, what: str, *, why: str, todo: str) -> None:
        self.what, self.why, self.todo = what, why, todo
        super().__init__(what)

    def at(self, path: str) -> SourceError:
        """The error for the file at `path`."""
        return self.kind(path, self.what, why=self.why, todo=self.todo)


class Unreadable(FaultError):
    """Broken, truncated, or of a kind that has no reader."""


class Empty(FaultError):
    """No text in it."""

    kind = EmptySource


class Encrypted(FaultError):
    """It asks for a password."""

    kind = EncryptedSource


class TooLarge(FaultError):
    """Over a bound."""

    kind = SourceTooLarge


def no_text(what: str, why: str) -> Empty:
    """The fault of a file that holds no words."""
    return Empty(what, why=why, todo="check that it is the file you meant, or leave it out")
