"""Submissions to United Nations bodies and to the Court: readiness first, then the document."""

from __future__ import annotations

from onrecord.products.submission.page import submission

__all__ = ["submission"]
