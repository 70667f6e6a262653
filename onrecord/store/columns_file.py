"""Columns in a file beside a case: mapped into memory in no time, where to read them takes long.

The file is derived and never goes before the tables: it is named by the state of the case that it
was made of, says so inside, and is left alone unless each of its bytes is as it was written. It may
be deleted at any time. It holds the words of names, so only its owner may read it, and it lies
where the tables lie: that of a copy for those without sight of the protected lies in the copy's own
folder and goes with it.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import numpy as np

from onrecord.store.arrays import Arrays, Numbers

PREFIX, SUFFIX = "case.columns-", ".bin"
FORMAT = 2
"""Raised with every change of what the arrays hold."""
_ALIGNED = 64
_AT_ONCE = 1 << 22


def named(folder: Path, state: str) -> Path:
    """The file of a state of the case, `state` being the hash of an entry of the log."""
    return folder / f"{PREFIX}{state[:16]}{SUFFIX}"


def write(file: Path, state: str, arrays: Arrays) -> None:
    """Write a file, whole or not at all, in place of those of earlier states. Raises `OSError`."""
    told, end, digest = dict[str, Any](), 0, hashlib.sha256()
    for name, numbers in arrays.items():
        told[name] = (numbers.dtype.str, numbers.shape, end)
        body = _padded(numbers)
        digest.update(body)
        end += len(body)
    about = {"format": FORMAT, "state": state, "sha256": digest.hexdigest(), "arrays": told}
    line = json.dumps(about).encode() + b"\n"
    number, made = mkstemp(prefix=PREFIX, suffix=".new", dir=file.parent)
    temporary = Path(made)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(line + b"\0" * (-len(line) % _ALIGNED))
            for numbers in arrays.values():
                opened.write(_padded(numbers))
            opened.flush()
            os.fsync(opened.fileno())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    for old in file.parent.glob(f"{PREFIX}*"):
        if old != file:
            # Where somebody still reads it, some systems keep it for them.
            with suppress(OSError):
                old.unlink()


def _padded(numbers: Numbers) -> bytes:
    body = np.ascontiguousarray(numbers).tobytes()
    return body + b"\0" * (-len(body) % _ALIGNED)


def read(file: Path, state: str) -> dict[str, Numbers] | None:
    """The arrays of a file, read where they lie; None unless they are whole, and of that state."""
    try:
        with file.open("rb") as opened:
            line = opened.readline(_AT_ONCE)
            about = json.loads(line)
            begins = len(line) + -len(line) % _ALIGNED
            if (about["format"], about["state"]) != (FORMAT, state):
                return None
            opened.seek(begins)
            if _sha256(opened) != about["sha256"]:
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = np.memmap(file, dtype=np.uint8, mode="r")
    return {name: _array(whole, begins, *told) for name, told in about["arrays"].items()}


def _sha256(opened: Any) -> str:
    digest = hashlib.sha256()
    while body := opened.read(_AT_ONCE):
        digest.update(body)
    return digest.hexdigest()


def _array(whole: Numbers, begins: int, kind: str, shape: list[int], at: int) -> Numbers:
    size = np.dtype(kind).itemsize * int(np.prod(shape))
    # Without the class of mapped files, which makes each step with a few numbers slow.
    body: Numbers = np.asarray(whole)[begins + at : begins + at + size]
    return body.view(kind).reshape(shape)
