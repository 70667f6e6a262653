"""Controlled terms, cue lists and learned weights: knowledge as data, read once a process."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.errors import VocabularyError


@cache
def load(name: str) -> Any:
    """The contents of a packaged `NAME.yaml` or `NAME.json`. Treat what it returns as read-only.

    Raises `VocabularyError` where there is no such file or it does not parse.
    """
    folder = files(__name__)
    for suffix, read in ((".json", json.loads), (".yaml", _yaml)):
        path = folder / f"{name}{suffix}"
        if path.is_file():
            try:
                return read(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise VocabularyError(f"{name}{suffix} does not parse", why=str(error)) from error
    raise VocabularyError(
        f"the vocabulary has no {name}",
        why="the package is incomplete",
        todo="pip install --force-reinstall onrecord",
    )


@cache
def learned(name: str) -> Any:
    """The weights in a packaged `NAME.json`, once its bytes are those that `learned.yaml` lists.

    Treat what it returns as read-only. Raises `VocabularyError` where the file is not listed,
    missing, or not the one that was measured.
    """
    listed = load("learned").get(name)
    path = files(__name__) / f"{name}.json"
    if listed is None or not path.is_file():
        raise VocabularyError(
            f"there are no learned weights {name}",
            why="the package is incomplete, or learned.yaml does not list the file",
            todo="pip install --force-reinstall onrecord",
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != listed["sha256"]:
        raise VocabularyError(
            f"{name}.json is not the file that was measured",
            why="its SHA-256 is not the one in learned.yaml",
            todo="pip install --force-reinstall onrecord; after training, run training/register.py",
        )
    try:
        return json.loads(data)
    except ValueError as error:
        raise VocabularyError(f"{name}.json does not parse", why=str(error)) from error


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
