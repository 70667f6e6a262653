"""What people act on: dossier, brief, chronology and others; each as a page, in six formats."""

from __future__ import annotations

from onrecord.products.brief import brief
from onrecord.products.chronology import chronology
from onrecord.products.contradictions import contradictions
from onrecord.products.demands import demands
from onrecord.products.dossier import dossier
from onrecord.products.page import Page
from onrecord.products.render import FORMATS, PRINTED, render, render_bytes

__all__ = [
    "FORMATS",
    "PRINTED",
    "Page",
    "brief",
    "chronology",
    "contradictions",
    "demands",
    "dossier",
    "render",
    "render_bytes",
]
