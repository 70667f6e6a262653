"""A page as JSON with stable keys: `onrecord/product/1`."""

from __future__ import annotations

import json
from typing import Any

from onrecord.products.page import Line, Note, Page, Run, Section, Step
from onrecord.products.render.spell import chain, spell
from onrecord.products.wording import ENGLISH, in_its_language

SCHEMA = "onrecord/product/1"


@in_its_language
def render_json(page: Page) -> str:
    """The page for programs; spans are `[start, end)` in code points of the document's text."""
    return json.dumps(page_data(page), ensure_ascii=False, indent=2) + "\n"


def page_data(page: Page) -> dict[str, Any]:
    """The page as JSON types; what is absent is left out, `language` in English."""
    return {
        "schema": SCHEMA,
        "product": page.product,
        **({} if page.language == ENGLISH else {"language": page.language}),
        "title": page.title,
        "lead": page.lead,
        "summary": [_section(section) for section in page.summary],
        "sections": [_section(section) for section in page.sections],
        "notes": [_note(note) for note in page.notes],
    }


def _section(section: Section) -> dict[str, Any]:
    return _present(
        key=section.key,
        title=section.title,
        intro=section.intro,
        empty=None if section.lines or section.sections else section.empty,
        columns=list(section.columns),
        lines=[_line(line, section.columns) for line in section.lines],
        sections=[_section(inner) for inner in section.sections],
    )


def _line(line: Line, columns: tuple[str, ...] = ()) -> dict[str, Any]:
    return _present(
        kind=line.kind,
        label=line.label,
        date=line.date,
        text=spell(line.runs),
        runs=[_run(run) for run in line.runs],
        attribution=[_step(step) for step in line.steps],
        chain=chain(line.steps),
        notes=list(line.notes),
        cells=dict(zip(columns if line.cells else (), map(spell, line.cells), strict=True)),
        children=[_line(child) for child in line.children],
    )


def _run(run: Run) -> dict[str, Any]:
    return _present(kind=run.kind, text=run.text, language=run.language)


def _step(step: Step) -> dict[str, Any]:
    return _present(
        level=step.level,
        name=step.name,
        words=step.words,
        span=list(step.span) if step.span else None,
        remark=step.remark,
    )


def _note(note: Note) -> dict[str, Any]:
    return _present(
        number=note.number,
        document=note.document,
        publisher=note.publisher,
        title=note.title,
        path=note.path,
        date=note.date,
        language=note.language,
        citations=[
            {
                "start": c.start,
                "end": c.end,
                "exact": c.exact,
                "prefix": c.before,
                "suffix": c.after,
            }
            for c in note.citations
        ],
    )


def _present(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, [], {}, "")}
