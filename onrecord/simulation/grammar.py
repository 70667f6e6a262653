"""A small generative grammar: rules of alternatives, expanded into pieces of marked-up text.

An alternative is a string: `{name}` is another rule or a slot that a writer fills, `[x ` and `]`
open and close a mark (a claim's content, its cue, an act, ...). An alternative can be used only
where the writer has what its slots need. Rules that hold only words are lexical: a copyist may
choose another alternative of the same rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

LITERAL, RULE, WORD, SLOT, OPEN, CLOSE = range(6)
_TOKEN = re.compile(r"\{(\w+)\}|\[(\w) |(\])")


class Word(NamedTuple):
    """A piece chosen from a lexical rule, which a copyist may choose anew."""

    rule: str
    text: str


class Writer(Protocol):
    """What fills the slots of a grammar: a method `slot_NAME` for every slot it has."""

    put: Callable[[object], None]

    def have(self) -> int:
        """The features it has, as bits."""
        ...

    def open(self, mark: str) -> None:
        """Begin a mark."""
        ...

    def close(self) -> None:
        """End the mark opened last."""
        ...

    def skewed(self, rule: str, number: int) -> int:
        """Which of so many alternatives of a rule it takes."""
        ...


Operation = tuple[int, str]


class Grammar:
    """Compiled rules. `features` names the slots that a writer may be without."""

    def __init__(self, rules: Mapping[str, Sequence[str]], features: Sequence[str]) -> None:
        self._bits = {name: 1 << i for i, name in enumerate(features)}
        self._raw = rules
        self.words: dict[str, tuple[str, ...]] = {
            name: tuple(alternatives)
            for name, alternatives in rules.items()
            if not any(_TOKEN.search(a) for a in alternatives)
        }
        self._rules = {
            name: [self._compile(a) for a in alternatives]
            for name, alternatives in rules.items()
            if name not in self.words
        }
        self._needs: dict[str, list[int]] = {}
        for name in self._rules:
            self._need(name)
        self._usable: dict[tuple[str, int], list[tuple[Operation, ...]]] = {}

    def bit(self, name: str) -> int:
        """The bit of a feature."""
        return self._bits[name]

    def expand(self, rule: str, writer: Writer) -> None:
        """Write one alternative of a rule."""
        words = self.words.get(rule)
        if words is not None:
            writer.put(Word(rule, words[writer.skewed(rule, len(words))]))
            return
        choices = self._choices(rule, writer.have())
        if not choices:
            raise LookupError(f"no alternative of {rule} fits")
        put = writer.put
        for code, argument in choices[writer.skewed(rule, len(choices))]:
            if code == LITERAL:
                put(argument)
            elif code == SLOT:
                getattr(writer, argument)()
            elif code == WORD:
                words = self.words[argument]
                put(Word(argument, words[writer.skewed(argument, len(words))]))
            elif code == OPEN:
                writer.open(argument)
            elif code == CLOSE:
                writer.close()
            else:
                self.expand(argument, writer)

    def _choices(self, rule: str, have: int) -> list[tuple[Operation, ...]]:
        key = (rule, have)
        found = self._usable.get(key)
        if found is None:
            needs = self._needs[rule]
            found = self._usable[key] = [
                operations
                for operations, need in zip(self._rules[rule], needs, strict=True)
                if not need & ~have
            ]
        return found

    def _compile(self, text: str) -> tuple[Operation, ...]:
        operations: list[Operation] = []
        position = 0
        for token in _TOKEN.finditer(text):
            if token.start() > position:
                operations.append((LITERAL, text[position : token.start()]))
            position = token.end()
            name, mark, close = token.groups()
            if name and name in self.words:
                operations.append((WORD, name))
            elif name and name in self._raw:
                operations.append((RULE, name))
            elif name:
                operations.append((SLOT, f"slot_{name}"))
            elif mark:
                operations.append((OPEN, mark))
            elif close:
                operations.append((CLOSE, ""))
        if position < len(text):
            operations.append((LITERAL, text[position:]))
        return tuple(operations)

    def _need(self, rule: str) -> int:
        """What every alternative of a rule needs; fills the table of needs on the way."""
        if rule not in self._needs:
            self._needs[rule] = []
            self._needs[rule] = [self._need_of(operations) for operations in self._rules[rule]]
        needs = self._needs[rule]
        common = needs[0] if needs else 0
        for need in needs:
            common &= need
        return common

    def _need_of(self, operations: tuple[Operation, ...]) -> int:
        need = 0
        for code, argument in operations:
            if code == SLOT:
                need |= self._bits.get(argument.removeprefix("slot_"), 0)
            elif code == RULE:
                need |= self._need(argument)
        return need
