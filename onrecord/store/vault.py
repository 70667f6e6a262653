"""The vault: originals kept write-once under their SHA-256, in `originals/ab/abcdef...`.

A file is written beside the vault, flushed to the disk, and renamed into place, so a file under its
hash is always whole. Until the database knows the document, a marker in `.incoming` says so; what
a crash leaves behind is undone when the case is next opened for writing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Vault:
    """The originals of a case, under `folder`."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the original of that hash is kept."""
        return self.folder / sha256[:2] / sha256

    def keep(self, sha256: str, data: bytes) -> None:
        """Write an original durably. `settle` must follow when the database knows the document."""
        final = self.path(sha256)
        incoming = self._incoming(sha256)
        incoming.parent.mkdir(parents=True, exist_ok=True)
        incoming.unlink(missing_ok=True)
        final.parent.mkdir(exist_ok=True)
        self._marker(sha256).touch()
        try:
            _write(incoming, data)
        except OSError:
            incoming.unlink(missing_ok=True)
            self.settle(sha256)
            raise
        _flush_folder(incoming.parent)
        incoming.replace(final)
        _flush_folder(final.parent)
        _flush_folder(self.folder)

    def write(self, sha256: str, data: bytes) -> None:
        """Write an original beside the vault; `flush` makes it durable with others at once."""
        self._incoming(sha256).parent.mkdir(parents=True, exist_ok=True)
        self._incoming(sha256).unlink(missing_ok=True)
        self._marker(sha256).touch()
        self._incoming(sha256).write_bytes(data)

    def flush(self, originals: Sequence[str]) -> None:
        """Move what was written into its place, durably: a disk is slow to promise, so once."""
        for sha256 in originals:
            descriptor = os.open(self._incoming(sha256), os.O_RDWR)
            try:
                os.fchmod(descriptor, 0o444)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        folders = {self.folder, self.folder / ".incoming"}
        for sha256 in originals:
            final = self.path(sha256)
            final.parent.mkdir(exist_ok=True)
            self._incoming(sha256).replace(final)
            folders.add(final.parent)
        for folder in sorted(folders):
            if folder.is_dir():
                _flush_folder(folder)

    def settle(self, sha256: str) -> None:
        """The database knows the document: its original stays."""
        self._marker(sha256).unlink(missing_ok=True)

    def recover(self, known: Callable[[str], bool]) -> None:
        """Undo what a crash left half-done: parts of files, and originals of no document.

        `known` tells whether the database holds a document of that hash.
        """
        leftovers = self.folder / ".incoming"
        if not leftovers.is_dir():
            return
        for marker in sorted(leftovers.glob("*.pending")):
            sha256 = marker.stem
            if not known(sha256):
                self.path(sha256).unlink(missing_ok=True)
            marker.unlink()
        for part in leftovers.glob("*.part"):
            part.unlink()

    def sha256_of(self, sha256: str) -> str | None:
        """The hash that the file kept under `sha256` really has; None where it is missing."""
        digest = hashlib.sha256()
        try:
            with self.path(sha256).open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
        except FileNotFoundError:
            return None
        return digest.hexdigest()

    def read(self, sha256: str) -> bytes | None:
        """The original of that hash; None where it is missing or has another."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def kept(self) -> Iterator[Path]:
        """Every file in the vault, but for acquisitions that a crash interrupted."""
        if not self.folder.is_dir():
            return
        for part in sorted(self.folder.iterdir()):
            if part.name == ".incoming":
                continue
            for path in sorted(part.rglob("*")) if part.is_dir() else [part]:
                if path.is_file() and not self._marker(path.name).exists():
                    yield path

    def _incoming(self, sha256: str) -> Path:
        return self.folder / ".incoming" / f"{sha256}.part"

    def _marker(self, sha256: str) -> Path:
        return self.folder / ".incoming" / f"{sha256}.pending"


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), 0o444)
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
