"""Whether an act's confidence is what it says: how often acts that sure are right.

    python benchmarks/calibration_acts.py --data HRDSATTACK/dev.json [--limit N]

An act counts as right where the people who read the article recorded its kind for it: one of
detention, disappearance, killing, abduction, torture, or anything else (`kinds` in
`onrecord/vocabulary/event_rules.yaml`). They recorded kinds of a whole article, so two acts of one
kind in one article are right or wrong together. Denied acts are left out: nobody recorded what was
not done. Prints the bins of `calibration.py` and, last, the expected calibration error.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from pathlib import Path
from typing import Any

from calibration import Judged, show

from onrecord.coding.principal_signs import kind_of
from onrecord.pipeline import Job, extract

RECORDED = {
    "arbitrary detention": "detention",
    "enforced disappearance": "disappearance",
    "killing": "killing",
    "kidnapping": "abduction",
    "torture": "torture",
    "other": "other",
}


def article(sample: dict[str, Any]) -> str:
    """An article as plain text: title, day, paragraphs."""
    raw = sample["sample"]
    body = re.sub(r"</p>\s*", "\n\n", raw["Input.article_interface"])
    body = html.unescape(re.sub(r"<[^>]+>", "", body)).strip()
    return f"{raw['Input.title']}\n{raw['Input.publish_date'][:10]}\n\n{body}\n"


def judge(sample: dict[str, Any]) -> list[Judged]:
    """The confidence of each act of an article, and whether it is right."""
    recorded = sample["annotations"][0]["annotation"]["violation_types"]
    kinds = {RECORDED.get(kind) for kind in recorded}
    acts = extract(Job(article(sample), "article")).acts
    return [
        (act.confidence, kind_of(act) in kinds)
        for act in acts
        if act.polarity != "negated" and act.confidence is not None
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="a part of HRDsAttack (JSON)")
    parser.add_argument("--limit", type=int, help="only the first N articles")
    args = parser.parse_args()
    samples = json.loads(args.data.read_text(encoding="utf-8"))[: args.limit]
    show("acts", [judged for sample in samples for judged in judge(sample)])


if __name__ == "__main__":
    main()
