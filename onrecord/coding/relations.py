"""Posts, kinship, membership, command, leadership, links and aliases."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.coding.context import Context
from onrecord.coding.posts import Post, find_posts
from onrecord.model import Claim, Relation, Span, content_id


def find_relations(context: Context) -> tuple[Relation, ...]:
    """Every relation that the text states between two entities, in the order of their words."""
    if context.parsed.doc is None:
        return ()
    found = [*_posts(context)]
    unique: dict[str, Relation] = {}
    for relation in sorted(found, key=lambda r: (r.span, r.type, r.subject, r.object or "")):
        unique.setdefault(relation.id, relation)
    return tuple(unique.values())


def _posts(context: Context) -> Iterator[Relation]:
    text = context.parsed.text
    for post in find_posts(context):
        title = post.title
        role = title.post.core if title else None
        label = title.post.span if title else post.holder.rank
        if label is None:
            continue
        yield Relation(
            id=_id(context, "post", post.holder.entity, title and title.body, post.span),
            type="post",
            subject=post.holder.entity,
            object=title.body if title else None,
            label=text[slice(*label)],
            span=post.span,
            role=role,
            rank=post.holder.rank,
            ended=post.ended,
            claims=claims_over(context.claims, post.span),
        )


def claims_over(claims: tuple[Claim, ...], span: Span) -> tuple[str, ...]:
    """The claims whose content holds the whole span."""
    return tuple(c.id for c in claims if any(s <= span[0] and span[1] <= e for s, e in c.content))


def _id(context: Context, *parts: object) -> str:
    return content_id("relation", context.document_id, *parts)
