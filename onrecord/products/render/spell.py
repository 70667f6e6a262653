"""Runs and chains as plain words, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.products.page import Citation, Run, Step
from onrecord.products.quoting import plain, visible
from onrecord.products.wording import say_as
from onrecord.vocabulary import load


def marked(words: str) -> str:
    """Exact words between quotation marks, on one line; nothing in them can command a screen."""
    return f"“{unmarked(words)}”"


def unmarked(words: str) -> str:
    """Exact words without the marks around all of them, or a mark whose partner was not quoted."""
    shown = visible(plain(words))
    around = len(shown) > 1 and shown[0] == "“" and shown[-1] == "”" and "“" not in shown[1:]
    if around:
        return shown[1:-1]
    unpaired = shown.count("“") - shown.count("”")
    if unpaired > 0 and shown.startswith("“"):
        return shown[1:].lstrip()
    if unpaired < 0 and shown.endswith("”"):
        return shown[:-1].rstrip()
    return shown


def spell(runs: Iterable[Run]) -> str:
    """A line as plain text: exact words in quotation marks, labels in parentheses."""
    return "".join(_spell(run) for run in runs)


def _spell(run: Run) -> str:
    if run.kind in ("quote", "cue"):
        return marked(run.text)
    if run.kind == "note":
        return f" [{run.text}]"
    return f"({run.text})" if run.kind == "tag" else visible(run.text)


def step(one: Step) -> str:
    """One step of a chain: its level, who that is, and the words that name it there."""
    words = marked(one.words) if one.words else ""
    name = visible(one.name) if one.name else ""
    remark = visible(one.remark) if one.remark else ""
    if one.level == "publisher" and remark:
        return remark
    told = " ".join(filter(None, (name, f"({words})" if name and words else words)))
    return f"{level_name(one.level)} " + " – ".join(filter(None, (told, remark)))


def level_name(level: str) -> str:
    """A step of a chain as a reader says it."""
    return say_as("level", level)


def product_name(product: str) -> str:
    """What a kind of page is called."""
    return say_as("product", product)


def chain(steps: Iterable[Step]) -> str:
    """On whose word: publisher < channel < speaker < those the speaker cites."""
    return " < ".join(step(one) for one in steps)


def shortened(citation: Citation) -> tuple[str, str]:
    """The words of a citation in one piece, or, where they are long, their beginning and end."""
    limit = int(load("products")["trim"]["note"])
    if len(citation.exact) <= limit:
        return citation.exact, ""
    return (
        citation.exact[: limit * 2 // 3].rsplit(None, 1)[0],
        citation.exact[-limit // 4 :].split(None, 1)[-1],
    )
