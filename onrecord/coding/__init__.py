"""Coding: acts, counts, places, dates, relations, demands, engagements."""
