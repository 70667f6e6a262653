"""The record in the forms that other programs open; each format is one module and one line here."""

from __future__ import annotations
