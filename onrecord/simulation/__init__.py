"""A world with known truth: fictional reports of a simulated conflict, and what is true in it."""

from onrecord.simulation.profiles import mentions
from onrecord.simulation.stream import SimulatedReport, publish, simulate
from onrecord.simulation.writing import write_reports, write_world

__all__ = ["SimulatedReport", "mentions", "publish", "simulate", "write_reports", "write_world"]
