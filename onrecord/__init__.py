"""onrecord turns reports about alleged human-rights violations into a record that can be checked.

    from onrecord import extract_text
    record = extract_text("Police killed four people, residents said.")

What is named in `__all__` is the public door; heavy parts load when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.case import Case
    from onrecord.errors import OnrecordError
    from onrecord.model import Record, as_json, from_json
    from onrecord.pipeline import Job, extract, extract_many, extract_text

__all__ = [
    "Case",
    "Job",
    "OnrecordError",
    "Record",
    "as_json",
    "extract",
    "extract_many",
    "extract_text",
    "from_json",
]

_HOME = {
    "Case": "case",
    "Job": "pipeline",
    "OnrecordError": "errors",
    "Record": "model",
    "as_json": "model",
    "extract": "pipeline",
    "extract_many": "pipeline",
    "extract_text": "pipeline",
    "from_json": "model",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(f"onrecord.{_HOME[name]}"), name)
