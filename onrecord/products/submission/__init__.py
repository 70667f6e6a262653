"""Submissions to United Nations bodies and to the Court: readiness first, then the document."""
