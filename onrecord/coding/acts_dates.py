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
        told = [(d, self._clause_at(d.span)) for d in near]
        told = [(d, verb) for d, verb in told if not self._is_of_another(verb, token)]
        if trigger.rule.itself:
            inner = {t.idx for t in token.subtree}
            told = [(d, verb) for d, verb in told if d.span[0] in inner]
        if not told:
            return None
        inside = [d for d, verb in told if verb is not None and verb.i == clause(token).i]
        best = min(inside or [d for d, _ in told], key=lambda d: abs(d.span[0] - token.idx))
        return best.edtf, best.span

    def _is_of_another(self, verb: Token | None, token: Token) -> bool:
        """Whether a date's verb tells what else befell somebody: "the son of a man held in May"."""
        if verb is None or verb.dep_ not in ("acl", "relcl") or verb.i not in self._acts:
            return False
        return token.i not in (verb.i, verb.head.i) and not verb.is_ancestor(token)

    def _clause_at(self, span: Span) -> Token | None:
        stretch = self._doc.char_span(*span, alignment_mode="expand")
        return clause(stretch.root) if stretch is not None else None
