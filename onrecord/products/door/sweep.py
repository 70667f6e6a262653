"""The last look: every file that was made, unpacked and searched for every protected spelling.

It knows nothing of how the files were made. A find names the file, never the name that was found.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from onrecord.errors import Unsearchable
from onrecord.products.door import unpacking
from onrecord.products.door.finding import Names
from onrecord.products.door.undoing import encoded, is_binary, strings_of_pdf, texts

_BLOCK = 1 << 22
_OVERLAP = 1 << 14
"""Bytes searched twice, so that nothing is cut in two."""
_DEEPEST = 8
_IN_MEMORY = 1 << 24
_MOST = 1 << 33
"""Bytes that one file may unpack to."""
_SURE = 6
"""Letters that a name must have to be looked for in bytes that are no text: fewer occur there by
chance."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A file that holds a protected name, and where in it."""

    file: str
    where: str


def sweep(folder: Path, files: Sequence[str], names: Names) -> list[Leak]:
    """The files, named within a folder, that hold a protected name. Raises `Unsearchable`."""
    found = []
    for number, name in enumerate(files, 1):
        if names.find(name):
            found.append(Leak(f"file {number}", "its name"))
            continue
        with (folder / name).open("rb") as file:
            where = next(_Search(names, folder).leaks(file, "its contents", 0), None)
        if where is not None:
            found.append(Leak(name, where))
    return found


def leaks_in(data: bytes, names: Names, scratch: Path) -> bool:
    """Whether bytes hold a protected name. Raises `Unsearchable`."""
    return any(True for _ in _Search(names, scratch).leaks(io.BytesIO(data), "original", 0))


class _Search:
    """One file searched, part by part; `scratch` is a private folder for what is unpacked."""

    def __init__(self, names: Names, scratch: Path) -> None:
        self._names, self._scratch = names, scratch
        self._unpacked = 0

    def leaks(self, file: IO[bytes], where: str, depth: int) -> Iterator[str]:
        """Where protected names stand in a file, in the order in which they are met."""
        if depth > _DEEPEST:
            raise _too_much(where, "it holds files within files without end")
        head = file.read(1 << 12)
        kind = unpacking.kind_of(head)
        if not kind:
            yield from self._raw(_chained(head, file), where, depth, binary=False)
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(self._scratch)) as whole:
            for block in _chained(head, file):
                self._count(len(block), where)
                whole.write(block)
            whole.seek(0)
            blocks = iter(lambda: whole.read(_BLOCK), b"")
            yield from self._raw(blocks, where, depth, binary=kind in unpacking.BINARY, kind=kind)
            whole.seek(0)
            with unpacking.reading(where):
                for name, part in unpacking.parts(kind, whole):
                    if self._names.find(name):
                        yield f"{where}, the name of a part"
                    else:
                        yield from self.leaks(part, f"{where}, {name}", depth + 1)

    def _raw(
        self, blocks: Iterator[bytes], where: str, depth: int, *, binary: bool, kind: str = ""
    ) -> Iterator[str]:
        """The bytes as they are, block after block with what was before."""
        before = b""
        for block in blocks:
            self._count(len(block) if depth else 0, where)
            data = before + block
            binary = binary or (not kind and is_binary(data))
            if self._says(data, binary=binary) or (kind == "pdf" and self._in_pdf(data)):
                yield where
                return
            if not binary:
                yield from self._in_base64(data, where, depth)
            before = data[-_OVERLAP:]

    def _says(self, data: bytes, *, binary: bool) -> bool:
        least = _SURE if binary else 0
        said = texts(data, self._names.scripts, binary=binary)
        return any(self._names.names(text, least) for text in said)

    def _in_pdf(self, data: bytes) -> bool:
        return any(self._says(said, binary=True) for said in strings_of_pdf(data))

    def _in_base64(self, data: bytes, where: str, depth: int) -> Iterator[str]:
        runs, files = encoded(data)
        if any(self._says(said, binary=True) for said in runs):
            yield f"{where}, in base64"
        for said in files:
            if unpacking.kind_of(said) in unpacking.BINARY:
                yield from self.leaks(io.BytesIO(said), f"{where}, in base64", depth + 1)

    def _count(self, size: int, where: str) -> None:
        self._unpacked += size
        if self._unpacked > _MOST:
            raise _too_much(where, f"it unpacks to more than {_MOST >> 30} GB")


def _chained(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    yield head
    while block := file.read(_BLOCK):
        yield block


def _too_much(where: str, why: str) -> Unsearchable:
    return Unsearchable(
        f"{where}: cannot be searched for protected names", why=why, todo="leave it out"
    )
