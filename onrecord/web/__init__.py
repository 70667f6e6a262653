"""The workbench: a case in the browser, served by this machine to this machine.

Every page is made on the server, works without a script, and is given as JSON too, at the same path
under `/api`. No page asks any other host for anything.
"""

from __future__ import annotations

from onrecord.web.application import application

__all__ = ["application"]
