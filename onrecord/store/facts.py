"""`case.json`: what a folder says of the case that it is."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from onrecord.errors import CaseError, CaseTooNew, NoCase

FORMAT = "onrecord/case/1"


@dataclass(frozen=True, slots=True)
class Facts:
    """A case's id, name, and the URL of its database, if that is not in the folder."""

    id: str
    name: str
    database: str | None = None

    def write(self, folder: Path) -> None:
        """Write `case.json` durably, whole or not at all."""
        part = folder / "case.json.part"
        with part.open("w", encoding="utf-8") as file:
            facts = {"format": FORMAT} | asdict(self)
            file.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / "case.json")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises `NoCase` where there is no `case.json`, `CaseTooNew`, `CaseError` if damaged."""
        try:
            facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
            written = str(facts["format"])
            found = cls(str(facts["id"]), str(facts["name"]), facts.get("database"))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoCase(
                str(folder),
                "the folder is not a case",
                why="it has no case.json",
                todo=f"begin one with `onrecord init {folder}`, or name another with `--case`",
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(
                str(folder),
                "case.json is damaged",
                why=repr(error),
                todo="put it back from a copy of the case",
            ) from error
        if written != FORMAT:
            raise CaseTooNew(
                str(folder),
                f"the case is of format {written}; this onrecord knows {FORMAT}",
                why="a later onrecord wrote it",
                todo="pip install --upgrade onrecord",
            )
        return found
