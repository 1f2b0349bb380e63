"""Consent, where the documents differ (DOMAIN A3): of the GPs of the group, and of the GP post."""

from __future__ import annotations

from so247.audit.preconditions.documents import Found, all_of, failing
from so247.audit.preconditions.practices import GROUP
from so247.audit.preconditions.question import Question, judgement
from so247.audit.preconditions.words import EVIDENCE, Words
from so247.models.evidence import Evidence, EvidenceKind, RuleSet
from so247.models.lines import Care, Window
from so247.models.proof import Judgement

ACCEPTED: dict[RuleSet, tuple[EvidenceKind, ...]] = {
    RuleSet.HANDREIKING_2016: (EvidenceKind.GP_POST_CONSENT,),
    RuleSet.LEIDRAAD_2018: (
        EvidenceKind.GP_POST_CONSENT,
        EvidenceKind.OUT_OF_HOURS_AGREEMENT,
    ),
    RuleSet.MODEL_AGREEMENT: (EvidenceKind.GP_POST_CONSENT, EvidenceKind.GP_POST_SEEN),
}
"""What shows that a GP post knows and agrees: its consent, its being partner, or "seen"."""

ASKED: dict[RuleSet, Words] = {
    RuleSet.HANDREIKING_2016: EVIDENCE[EvidenceKind.GP_POST_CONSENT],
    RuleSet.LEIDRAAD_2018: (
        "instemming van of overeenkomst met de huisartsenpost",
        "consent of the GP post, or agreement with it",
    ),
    RuleSet.MODEL_AGREEMENT: (
        "'gezien' of instemming van de huisartsenpost",
        "'seen' or consent of the GP post",
    ),
}


def gp_consent(question: Question) -> tuple[Judgement, ...]:
    """Every practice of the group, also those that take no resident (R2)."""
    blocks = question.rule_set is RuleSet.HANDREIKING_2016
    group = question.group
    if group is None or not group.practices:
        missing = failing("practice.no_group", GROUP, "geen gekoppeld", "none is linked")
        return (judgement("consent.gp", missing, blocks=blocks),)
    return tuple(
        judgement(
            "consent.gp",
            question.on_paper(EvidenceKind.GP_CONSENT, practice.id),
            practice.id,
            blocks=blocks,
        )
        for practice in group.practices
    )


def posts_that_provide(question: Question) -> tuple[str, ...]:
    """The GP posts that give ANW care here: as partner in the agreement, or as holder of a line."""
    posts = {post.id for post in question.region.gp_posts}
    partners = {
        each.partner
        for each in question.documents(EvidenceKind.OUT_OF_HOURS_AGREEMENT)
        if each.agrees
        and (each.valid_from is None or each.valid_from <= question.last)
        and (each.valid_until is None or each.valid_until >= question.first)
    }
    on_line = {
        line.organisation
        for line in question.lines
        if line.care is not Care.SPECIFIC and line.window is not Window.OFFICE_HOURS
    }
    return tuple(sorted(posts & (partners | on_line)))


def gp_post_consent(question: Question) -> Judgement:
    """Whether the GP posts know and agree, as far as the rule set asks for it."""
    asked = question.rule_set is RuleSet.HANDREIKING_2016
    applies = asked or bool(posts_that_provide(question))
    found = post_consent(question)
    return judgement("consent.gp_post", found, applies=applies, blocks=applies)


def post_consent(question: Question) -> Found:
    """The consent of every GP post that gives ANW care; where none does, of the group's own."""
    posts: tuple[str | None, ...] = posts_that_provide(question) or (
        question.group.gp_post if question.group is not None else None,
    )
    return all_of(_of_post(question, post) for post in posts)


def _of_post(question: Question, post: str | None) -> Found:
    """What one post signed. All of it counts as one: a later refusal withdraws what was signed."""
    documents = [
        each
        for kind in ACCEPTED[question.rule_set]
        for each in question.documents(kind)
        if _is_of(each, post)
    ]
    return question.judged(documents, ASKED[question.rule_set])


def _is_of(document: Evidence, post: str | None) -> bool:
    """A consent may leave open whose it is; an agreement says who its partner is."""
    if document.kind is EvidenceKind.OUT_OF_HOURS_AGREEMENT:
        return post is not None and document.partner == post
    return post is None or document.partner in (None, post)
