"""Every page of the workbench stands in the documentation with a picture."""

import re
from pathlib import Path

from onrecord.web.registry import PAGES

DOCS = Path(__file__).parents[2] / "docs"


def test_every_page_has_its_picture_and_every_picture_its_place():
    shown = re.findall(r"\]\(screenshots/([\w-]+)\.png\)", (DOCS / "workbench.md").read_text())
    assert {page.name for page in PAGES} <= set(shown)
    taken = {path.stem for path in (DOCS / "screenshots").glob("*.png")}
    assert taken == set(shown)
    for path in (DOCS / "screenshots").iterdir():
        assert path.read_bytes().startswith(b"\x89PNG"), path
