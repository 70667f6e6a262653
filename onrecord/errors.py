"""What can go wrong, as one tree.

    OnrecordError                 one base for everything raised on purpose
    ├── SourceError               a file cannot become a document
    │   ├── EmptySource           it holds no bytes, or no text
    │   ├── UnreadableSource      broken, truncated, not what its name says
    │   ├── EncryptedSource       asks for a password
    │   ├── SourceTooLarge        over a bound on size, pages, time or memory
    │   ├── SourceMissing         nothing is at its path
    │   ├── SourceVanished        it went away or changed while it was read
    │   └── SourceForbidden       no permission to read it
    ├── CaseError                 a case cannot be opened, written or trusted
    │   ├── NoCase                the folder is not a case
    │   ├── CaseExists            the folder is a case already
    │   ├── CaseTooNew            a later onrecord wrote it
    │   ├── CaseLocked            another process is writing it
    │   └── StorageFull           the disk is full
    ├── NotReleased               what was made would show what must stay; nothing was given out
    ├── Unsearchable              a file cannot be searched for protected names
    ├── NotShown                  it needs sight of the names of the protected
    ├── NotFound                  nothing in the case answers to that name or id
    ├── NotDecided                a decision cannot be put down as it was given
    │   └── DecidedMeanwhile      somebody decided on the same thing since it was shown
    ├── VocabularyError           a packaged term or cue list is malformed
    ├── WorkerDied                a process that was extracting was killed
    └── ModelMissing              the language model is absent or not the one expected

Every message says what happened, why, and what to do next; the facts are attributes.
"""

from __future__ import annotations

from typing import Self


class OnrecordError(Exception):
    """Base of every error that onrecord raises on purpose.

    `what` names the thing and what happened to it, `why` the cause, `todo` the next step.
    """

    def __init__(self, what: str, *, why: str = "", todo: str = "") -> None:
        self.what, self.why, self.todo = what, why, todo
        super().__init__(what, why, todo)

    def __str__(self) -> str:
        return "\n".join(
            line
            for line in (
                self.what,
                self.why and f"  why: {self.why}",
                self.todo and f"  do:  {self.todo}",
            )
            if line
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders with their attributes."""
        return _rebuild, (type(self), self.what, self.why, self.todo, self.__dict__)


def _rebuild(
    kind: type[OnrecordError], what: str, why: str, todo: str, state: dict[str, object]
) -> OnrecordError:
    error = kind.__new__(kind)
    OnrecordError.__init__(error, what, why=why, todo=todo)
    error.__dict__.update(state)
    return error


class SourceError(OnrecordError):
    """A file cannot become a document; `path` names it."""

    def __init__(self, path: str, what: str, *, why: str = "", todo: str = "") -> None:
        self.path = path
        super().__init__(f"{path}: {what}", why=why, todo=todo)


class EmptySource(SourceError):
    """The file holds no bytes, or no text."""


class UnreadableSource(SourceError):
    """The file is broken, truncated, or not what its name says."""


class EncryptedSource(SourceError):
    """The file asks for a password."""


class SourceTooLarge(SourceError):
    """The file is over a bound on size, pages, time or memory."""


class SourceMissing(SourceError):
    """Nothing is at the path that was named."""


class SourceVanished(SourceError):
    """The file went away, or changed while it was read."""


class SourceForbidden(SourceError):
    """The file may not be read by this user."""


class CaseError(OnrecordError):
    """A case cannot be opened, written or trusted; `folder` names it."""

    def __init__(self, folder: str, what: str, *, why: str = "", todo: str = "") -> None:
        self.folder = folder
        super().__init__(f"{folder}: {what}", why=why, todo=todo)


class NoCase(CaseError):
    """The folder is not a case."""


class CaseExists(CaseError):
    """The folder is a case already."""


class CaseTooNew(CaseError):
    """A later version of onrecord wrote the case."""


class CaseLocked(CaseError):
    """Another process is writing the case."""


class StorageFull(CaseError):
    """The disk is full; nothing half-written was kept."""


class NotReleased(OnrecordError):
    """What was made would show what must stay, so nothing was given out."""


class Unsearchable(OnrecordError):
    """A file cannot be searched for protected names: damaged, encrypted, or of an unknown kind."""


class NotShown(OnrecordError):
    """What somebody asks for needs sight of the names of the protected, which they have not."""

    @classmethod
    def seen(cls) -> Self:
        """Of something that would be read."""
        return cls(
            "this is not shown to you",
            why="it may name somebody protected, whom you see as a code only",
            todo="ask a member of this case who sees the names",
        )

    @classmethod
    def yet(cls) -> Self:
        """Of a case that is being made ready for them."""
        return cls(
            "this case is being made ready for you",
            why="names of the protected are taken out of all of it first",
            todo="come again in a few minutes",
        )

    @classmethod
    def done(cls) -> Self:
        """Of something that would be done."""
        return cls(
            "you cannot do this",
            why="it needs sight of the names of the protected, whom you see as codes only",
            todo="ask a member of this case who sees the names",
        )


class NotFound(OnrecordError):
    """Nothing in the case answers to that name or id."""


class NotDecided(OnrecordError):
    """A decision cannot be put down: what it says is no value of that field, or adds nothing."""


class DecidedMeanwhile(NotDecided):
    """Somebody decided on the same thing since it was shown; why says who, what and when."""


class VocabularyError(OnrecordError):
    """A packaged term or cue list is malformed."""


class ModelMissing(OnrecordError):
    """The language model is absent, or is not the one expected."""


class WorkerDied(OnrecordError):
    """A process that was extracting was killed from outside."""
