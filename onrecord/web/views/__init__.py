"""What each page shows, as plain data read from a case."""

from __future__ import annotations
