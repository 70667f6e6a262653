"""From files to texts: what is there (`collect`), and what it says (`Reader`).

Files are of unknown origin, so they are taken apart in a separate process with bounds on time,
memory, pages and unpacked size. Importing this package loads none of the libraries that do it.
"""

from onrecord.sources.collect import Item, collect
from onrecord.sources.limits import Limits
from onrecord.sources.process import Reader
from onrecord.sources.reading import Acquired, Box, Reading

__all__ = ["Acquired", "Box", "Item", "Limits", "Reader", "Reading", "collect"]
