"""A BagIt 1.0 bag (RFC 8493), written file by file, and the same bag as a ZIP.

The library `bagit` writes version 0.97 and changes the current folder, so it does not write our
bags; it checks them, in the tests.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

HASHES = ("sha256", "sha512")
_BLOCK = 1 << 20
_LONGEST = 200


class Written:
    """A file that is being written, with its hashes and size so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digests = {name: hashlib.new(name) for name in HASHES}
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write bytes."""
        self._file.write(data)
        self.size += len(data)
        for digest in self._digests.values():
            digest.update(data)

    @property
    def hashes(self) -> Mapping[str, str]:
        """The hashes of all bytes written, in hexadecimal, by the name of the method."""
        return {name: digest.hexdigest() for name, digest in self._digests.items()}


class Bag:
    """A bag in an empty folder. Payload goes to names under `data/`, everything else is a tag."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hashes: dict[str, Mapping[str, str]] = {}
        self._payload = 0
        for name in ("data/originals", "data/texts"):
            (folder / name).mkdir(parents=True)

    @contextmanager
    def writing(self, name: str) -> Iterator[Written]:
        """A new file of the bag, open; it counts when the block is over."""
        with (self.folder / name).open("xb") as file:
            written = Written(file)
            yield written
        self._hashes[name] = written.hashes
        if name.startswith("data/"):
            self._payload += written.size

    def write(self, name: str, data: bytes) -> None:
        """A file of the bag with all its bytes."""
        with self.writing(name) as file:
            file.write(data)

    def sha256(self, name: str) -> str:
        """The hash of a file that was written."""
        return self._hashes[name]["sha256"]

    def close(self, about: Mapping[str, str]) -> None:
        """Write what makes it a bag: declaration, `bag-info.txt`, both manifests of each kind.

        Each in the order of the files' names, so that equal files give equal manifests.
        """
        self.write("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        files = sum(name.startswith("data/") for name in self._hashes)
        told = {**about, "Payload-Oxum": f"{self._payload}.{files}"}
        lines = [f"{label}: {' '.join(value.split())[:_LONGEST]}" for label, value in told.items()]
        self.write("bag-info.txt", "".join(f"{line}\n" for line in lines).encode())
        for prefix, payload in (("manifest", True), ("tagmanifest", False)):
            listed = sorted(n for n in self._hashes if n.startswith("data/") is payload)
            for kind in HASHES:
                made = "".join(f"{self._hashes[name][kind]}  {name}\n" for name in listed)
                self.write(f"{prefix}-{kind}.txt", made.encode())


def zipped(folder: Path, out: Path, base: str) -> None:
    """The files of a folder as a ZIP, in one folder `base`, in order, as they are.

    Not compressed and without times, so that equal files give equal bytes whatever library packs
    them, and the verifier can say of every byte what it must be.
    """
    with zipfile.ZipFile(out, "x", zipfile.ZIP_STORED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = f"{base}/{path.relative_to(folder).as_posix()}"
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            info.file_size = path.stat().st_size
            with path.open("rb") as file, archive.open(info, "w") as packed:
                while block := file.read(_BLOCK):
                    packed.write(block)
