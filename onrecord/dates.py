"""Dates as EDTF (ISO 8601-2): what is unknown stays unknown."""

from __future__ import annotations
