"""What people act on: dossier, brief, chronology, demands; each as a page, rendered four ways."""

from __future__ import annotations

from onrecord.products.brief import brief
from onrecord.products.chronology import chronology
from onrecord.products.demands import demands
from onrecord.products.dossier import dossier
from onrecord.products.page import Page
from onrecord.products.render import FORMATS, render

__all__ = ["FORMATS", "Page", "brief", "chronology", "demands", "dossier", "render"]
