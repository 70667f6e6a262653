"""When an act was: the date nearest to it that is not told of anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import characters, clause
from onrecord.coding.when import told_on
from onrecord.dates.edtf import compare

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.coding.acts_triggers import Trigger
    from onrecord.coding.context import Context
    from onrecord.model import Modality, Span


class Dates:
    """The dates of one report, as its acts ask for them; `acts` are the words that state one."""

    def __init__(self, doc: Doc, context: Context, acts: frozenset[int]) -> None:
        self._doc, self._acts, self._all = doc, acts, context.dates
        self._today = told_on(context.head)

    def of(self, trigger: Trigger, modality: Modality) -> tuple[str, Span] | None:
        """The nearest date; what is told as done was not done after the day of the report.

        When "the prisoners" did something is not when they were taken.
        """
        token = trigger.token
        sentence = token.sent
        first, last = characters(sentence[0], sentence[-1])
        near = [d for d in self._all if first <= d.span[0] and d.span[1] <= last]
        if self._today and modality == "asserted":
            near = [d for d in near if compare(d.edtf, self._today) != 1]
        near = [d for d in near if not self._is_of_another(d.span, token)]
        if trigger.rule.itself:
            inner = {t.idx for t in token.subtree}
            near = [d for d in near if d.span[0] in inner]
        if not near:
            return None
        verb = clause(token)
        inside = [d for d in near if self._clause_at(d.span) == verb.i]
        best = min(inside or near, key=lambda d: abs(d.span[0] - token.idx))
        return best.edtf, best.span

    def _is_of_another(self, date: Span, token: Token) -> bool:
        """Whether a date is of what else befell those named: "the son of a man held in May"."""
        said = self._doc[self._clause_at(date)] if self._clause_at(date) >= 0 else token
        inside = token.i in (said.i, said.head.i) or said.is_ancestor(token)
        return said.dep_ in ("acl", "relcl") and said.i in self._acts and not inside

    def _clause_at(self, span: Span) -> int:
        stretch = self._doc.char_span(*span, alignment_mode="expand")
        return clause(stretch.root).i if stretch is not None else -1
