"""What runs beside the pages of one workbench."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.web.access import Access
from onrecord.web.working import Work


@dataclass(slots=True)
class Services:
    """Who may come in, and the work that goes on meanwhile."""

    access: Access
    work: Work = field(default_factory=Work)
