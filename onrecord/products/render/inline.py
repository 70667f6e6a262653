"""Lines of a page as HTML: their words, their notes, on whose word, what belongs to them.

Written in Python and not as macros of a template, for a page may hold thousands of them, and a
macro takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from markupsafe import Markup, escape

from onrecord.products.page import Line, Run, Step
from onrecord.products.quoting import direction, plain, visible
from onrecord.products.render.spell import chain, level_name, unmarked
from onrecord.products.wording import current, say
from onrecord.vocabulary import load


class Noting(Protocol):
    """What gives each use of a note an anchor of its own."""

    def use(self, number: int) -> str:
        """The anchor of one more use of a note."""
        ...


def turned(words: str) -> str:
    """The direction of what stands around quoted words, where it is not that of most pages."""
    return direction(words) if current().direction == "rtl" else ""


def tongue(words: str, language: str | None) -> str:
    """The language to mark words with: `und` where they run against their document's script."""
    if not language:
        return "und"
    rtl = language.split("-")[0] in load("products")["right_to_left"]
    return language if rtl == (direction(words) == "rtl") else "und"


def runs(found: Iterable[Run], references: Noting) -> Markup:
    """The runs of a line, one after the other."""
    return _as_is("".join([_run(run, references) for run in found]))


def refs(numbers: Iterable[int], references: Noting) -> Markup:
    """Where the notes of these numbers are referred to."""
    return _as_is(_refs(numbers, references))


def chained(steps: Iterable[Step]) -> Markup:
    """On whose word, from the publisher inwards."""
    between = ' <span class="in">&lt;</span> '
    told = between.join([_step(step) for step in steps])
    heard = _safe(say("On the word of: "))
    return _as_is(f'<span class="chain"><span class="unseen">{heard}</span>{told}</span>')


def item(
    line: Line,
    references: Noting,
    above: str = "",
    repeated: bool = False,
    beside: bool = False,
) -> Markup:
    """A line of a list. `above` is the chain that stands over it, in words: it is not said again.

    `repeated`: its label stands over the line before. `beside`: what belongs to it stands side by
    side under it.
    """
    worded = bool(line.steps) and line.kind != "question"
    heard = worded and (not above or chain(line.steps) != above)
    return _as_is(_item(line, references, heard=heard, repeated=repeated, beside=beside))


def _item(line: Line, references: Noting, *, heard: bool, repeated: bool, beside: bool) -> str:
    parts = [f'<li class="line is-{line.kind}">\n']
    if line.label:
        label = f"label{' repeated' if repeated else ''}"
        parts.append(f'<p class="{label}"><bdi>{_safe(visible(line.label))}</bdi></p>')
    parts.append('<div class="body"><p>')
    parts += [_run(run, references) for run in line.runs]
    parts.append(_refs(line.notes, references))
    parts.append("</p>\n")
    if heard:
        parts.append(f'<p class="word">{chained(line.steps)}</p>')
    if line.children:
        parts.append(f'<ul class="under{" beside" if beside else ""}">')
        for child in line.children:
            again = _says_again(child, line.steps)
            parts.append(_item(child, references, heard=again, repeated=False, beside=False))
        parts.append("</ul>")
    parts.append("</div></li>\n")
    return "".join(parts)


def _says_again(line: Line, above: Sequence[Step]) -> bool:
    """Whether a line's own chain is said under another line's."""
    if not line.steps or line.kind == "question" or line.steps == above:
        return False
    return chain(line.steps) != chain(above)


def _run(run: Run, references: Noting) -> str:
    kind = run.kind
    if kind == "text":
        return _safe(visible(run.text))
    if kind in ("quote", "cue"):
        around = turned(run.text)
        turning = f' dir="{around}"' if around else ""
        name = "quoted" if kind == "quote" else "cue"
        return f'<bdi class="{name}"{turning}>{_quoted(run.text, run.language)}</bdi>'
    if kind == "name":
        return f'<bdi class="name">{_safe(visible(run.text))}</bdi>'
    if kind == "tag":
        return f'<span class="tag">{_safe(run.text)}</span>'
    if kind == "note":
        return _refs([int(run.text)], references)
    return f'<span class="gap">{_safe(visible(run.text))}</span>'


def _quoted(words: str, language: str | None) -> str:
    lang = _safe(tongue(words, language))
    return f'“<q lang="{lang}" dir="{direction(words)}">{_safe(unmarked(words))}</q>”'


def _refs(numbers: Iterable[int], references: Noting) -> str:
    note = _safe(say("note "))
    return "".join(
        [
            f'<a class="ref" href="#note-{n}" id="{references.use(n)}">'
            f'<span class="unseen">{note}</span>{n}</a>'
            for n in numbers
        ]
    )


def _step(step: Step) -> str:
    parts = ['<span class="step">']
    if not (step.level == "publisher" and step.remark):
        # A publisher that is not stated says so itself.
        parts.append(f'<span class="level">{_safe(level_name(step.level))}</span> ')
    if step.name:
        parts.append(f'<bdi class="who">{_safe(visible(plain(step.name)))}</bdi>')
    if step.words:
        words = _quoted(step.words, step.language)
        parts.append(f" ({words})" if step.name else words)
    if step.remark:
        parts.append(" – " if step.name or step.words else "")
        parts.append(f'<span class="gap">{_safe(visible(step.remark))}</span>')
    parts.append("</span>")
    return "".join(parts)


_SPECIAL = re.compile("[&<>\"']")


def _safe(words: str) -> str:
    """Words with what HTML reads as its own escaped; most words hold none of it."""
    return words if _SPECIAL.search(words) is None else str(escape(words))


def _as_is(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - every word in it was escaped above
