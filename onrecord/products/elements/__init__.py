"""Legal elements of crimes and violations: what bears on each, for and against; never a finding."""

from __future__ import annotations

from onrecord.products.elements.page import elements

__all__ = ["elements"]
