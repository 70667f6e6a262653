"""Pictures of what sources say: timeline, map, network; as SVG, as PNG, and as cited data."""

from __future__ import annotations

from onrecord.products.pictures.drawing import Picture, to_json, to_png, to_svg
from onrecord.products.pictures.map import map_of
from onrecord.products.pictures.network import network
from onrecord.products.pictures.timeline import timeline

__all__ = ["Picture", "map_of", "network", "timeline", "to_json", "to_png", "to_svg"]
