"""Who and what one document mentions: people, organizations, groups and places."""

from onrecord.entities.book import EntityBook
from onrecord.entities.find import find_entities

__all__ = ["EntityBook", "find_entities"]
