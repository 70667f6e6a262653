"""What runs beside the pages of one workbench."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from onrecord.web.access import Access
from onrecord.web.working import Work


@dataclass(slots=True)
class Services:
    """Who may come in, the work that goes on meanwhile, and whose turn it is to write."""

    access: Access
    work: Work = field(default_factory=Work)
    writing: Lock = field(default_factory=Lock)
