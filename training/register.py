"""Put the hash of learned weights on record, once they are written and measured.

    python training/register.py cues-learned

Renews the `sha256` of each NAME in `onrecord/vocabulary/learned.yaml`, or adds it; its `card`
is `training/README.md` unless `--card` names another file.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

VOCABULARY = Path(__file__).parents[1] / "onrecord/vocabulary"


def register(name: str, card: str = "training/README.md") -> None:
    """Make `learned.yaml` hold the hash of `NAME.json` as it is now."""
    digest = hashlib.sha256((VOCABULARY / f"{name}.json").read_bytes()).hexdigest()
    path = VOCABULARY / "learned.yaml"
    text = path.read_text(encoding="utf-8")
    entry = re.compile(rf"(?m)^({re.escape(name)}:\n  sha256: )\w+")
    if entry.search(text):
        text = entry.sub(rf"\g<1>{digest}", text)
    else:
        text += f"{name}:\n  sha256: {digest}\n  card: {card}\n"
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--card", default="training/README.md")
    args = parser.parse_args()
    for name in args.names:
        register(name, args.card)


if __name__ == "__main__":
    main()
