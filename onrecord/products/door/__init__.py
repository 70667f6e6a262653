"""The door: who may see what, how protected names are coded, and the search of what was made."""

from __future__ import annotations
