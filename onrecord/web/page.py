"""What a page is: an address, what it may be asked, and what it shows as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.case import Case
from onrecord.errors import OnrecordError

Kind = Literal["string", "integer"]


class NotAsked(OnrecordError):
    """A request that a page cannot answer: a number that is none, or one out of its bounds."""


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
    view: Callable[[Case, Mapping[str, Any]], Any]
    template: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def api(self) -> str:
        """The address of the same as JSON."""
        return f"/api{self.path}" if self.path != "/" else "/api/case"

    def asked(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Every parameter's value. Raises `NotAsked`."""
        return {each.name: each.read(given.get(each.name)) for each in self.parameters}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as an SVG file; pages show it as an image, where no script of it can run."""

    path: str
    draw: Callable[[Case], bytes]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person does to the case, from a form or as JSON.

    `act` gets the values of `parameters` and returns where to go next.
    """

    path: str
    name: str
    about: str
    act: Callable[[Case, Mapping[str, Any]], str]
    parameters: tuple[Parameter, ...] = ()

    @property
    def api(self) -> str:
        """The address at which it is done with JSON."""
        return f"/api{self.path}"
