"""Submissions to United Nations bodies and to the Court: readiness first, then the document."""

from __future__ import annotations

from onrecord.products.submission.page import submission
from onrecord.products.submission.readiness import Agreed, Prepared

__all__ = ["Agreed", "Prepared", "submission"]
