"""One reader a media type, each deterministic, with a name and a version.

A reader is a function from bytes and limits to a `Reading`; it raises a `FaultError`. A change that
makes it give another text for the same bytes raises its version.
"""
