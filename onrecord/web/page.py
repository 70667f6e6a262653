"""What a page is: an address, what it may be asked, and what it shows as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from onrecord.case import Case
from onrecord.errors import OnrecordError
from onrecord.web.access import Visit
from onrecord.web.services import Services
from onrecord.web.visitor import OWNER, Right, Visitor

Kind = Literal["string", "integer"]


class NotAsked(OnrecordError):
    """A request that a page cannot answer: a number that is none, or one out of its bounds."""


class NotAllowed(OnrecordError):
    """Something that somebody's role does not let them do."""


class Overtaken(OnrecordError):
    """Somebody else decided on the same thing since a page was made.

    `again` is what to send to the action at `path` to do it all the same, `back` where to look.
    """

    def __init__(
        self, error: OnrecordError, path: str, asked: Mapping[str, Any], back: str
    ) -> None:
        super().__init__(error.what, why=error.why, todo=error.todo)
        given = {name: str(value) for name, value in asked.items() if value not in (None, "")}
        self.path, self.again, self.back = path, given | {"despite": "yes"}, back


class Asked(dict[str, Any]):
    """What a page or an action was asked: values by name, by whom, and what runs beside it."""

    visitor: Visitor = OWNER
    visit: Visit
    services: Services
    files: tuple[Sent, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a page may be asked with. In the path where `path` holds its name in braces.

    `least` and `most` bound a whole number; a string longer than `most` characters is refused.
    """

    name: str
    about: str
    kind: Kind = "string"
    default: str | int | None = None
    least: int = 0
    most: int = 500

    def read(self, given: str | None) -> Any:
        """The value of what was given. Raises `NotAsked`."""
        if given is None or (given == "" and self.kind == "integer"):
            return self.default
        if self.kind == "string":
            if len(given) > self.most:
                raise self._refused(f"it is longer than {self.most} characters")
            return given
        if not given.isascii() or not given.isdigit() or len(given) > 12:
            raise self._refused("it is no whole number")
        if not self.least <= int(given) <= self.most:
            raise self._refused(f"it is not between {self.least} and {self.most}")
        return int(given)

    def _refused(self, why: str) -> NotAsked:
        return NotAsked(f"{self.name} cannot be read", why=why, todo=self.about)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the workbench. `view` reads the case and returns a frozen dataclass.

    `template` shows that dataclass as `view`; the same goes out as JSON. `title` is said in the
    window's title, `about` in the documentation of the API.
    """

    path: str
    name: str
    title: str
    about: str
    view: Callable[[Case, Asked], Any]
    template: str
    parameters: tuple[Parameter, ...] = ()
    right: Right = "read"

    @property
    def api(self) -> str:
        """The address of the same as JSON."""
        return f"/api{self.path}" if self.path != "/" else "/api/case"

    def asked(self, given: Mapping[str, str]) -> Asked:
        """Every parameter's value. Raises `NotAsked`."""
        return read(self.parameters, given)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came with a form: the name it had, and its bytes, to be read once."""

    name: str
    data: BinaryIO


MOST_BODY = 1 << 16
"""Bytes of a request's body: forms here are short."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person does to the case, from a form or as JSON.

    `act` gets the values of `parameters` and returns where to go next. One that takes files, which
    come as `multipart/form-data`, says how large the whole of it may be in `body`, in bytes.
    """

    path: str
    name: str
    about: str
    act: Callable[[Case, Asked], str]
    parameters: tuple[Parameter, ...] = ()
    right: Right = "review"
    body: int = MOST_BODY

    @property
    def api(self) -> str:
        """The address at which it is done with JSON."""
        return f"/api{self.path}"

    def asked(self, given: Mapping[str, str]) -> Asked:
        """Every parameter's value. Raises `NotAsked`."""
        return read(self.parameters, given)


def read(parameters: tuple[Parameter, ...], given: Mapping[str, str]) -> Asked:
    """The value of each parameter. Raises `NotAsked`."""
    return Asked({each.name: each.read(given.get(each.name)) for each in parameters})
