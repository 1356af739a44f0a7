"""Whether the parts of a regime fit together: unique ids, facts that are asked, conditions that can occur."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from compliance.domain.circumstance import FOUND, RECORDED, VALUES
from compliance.domain.condition import AtLeast, Below, Condition, Contains, Equals, Leaf, Mentions, OneOf, leaves
from compliance.domain.finding import PLACES
from compliance.domain.misfit import Misfit, doubles, offer, unless_known
from compliance.domain.question import Question, QuestionType
from compliance.domain.regime import Regime
from compliance.domain.satisfiable import can_hold
from compliance.domain.wording import folded


def misfits(regime: Regime) -> list[Misfit]:
    """Everything that does not fit inside one regime; empty when it is sound."""
    return [
        *_doubled(regime),
        *_conditions_that_miss(regime),
        *_ambiguous_choices(regime.questions),
        *_unfillable_findings(regime),
        *_authority_gaps(regime),
        *_unknown_forms(regime),
        *_unknown_standard(regime),
    ]


def _unknown_standard(regime: Regime) -> Iterator[Misfit]:
    if regime.standard:
        yield from unless_known("standard", regime.standard, (one.code for one in regime.instruments))


def _doubled(regime: Regime) -> Iterator[Misfit]:
    lists: dict[str, Iterable[str]] = {
        "instruments": (one.code for one in regime.instruments),
        "questions": (one.id for one in regime.questions),
        "criteria": (*(one.id for one in regime.criteria), *([regime.risk_rule.id] if regime.risk_rule else [])),
        "system_rules": (one.id for one in regime.system_rules),
        "importance_tests": (one.id for one in regime.importance_tests),
        "grey_zones": (one.code for one in regime.grey_zones),
        "plan_parts": (one.id for one in regime.plan_parts),
        "road_forms": regime.road_forms,
        "management_groups": (one.id for one in (*regime.management_groups, *regime.technical_groups)),
    }
    for path, ids in lists.items():
        yield from doubles(path, ids)
    for question in regime.questions:
        yield from doubles(f"questions.{question.id}.choices", (choice.value for choice in question.choices))


def _conditions(regime: Regime) -> Iterator[tuple[str, Condition, bool]]:
    """Every condition with its path and whether circumstances may stand in it."""
    for question in regime.questions:
        if question.ask_when is not None:
            yield f"questions.{question.id}.ask_when", question.ask_when, False
    for criterion in regime.criteria:
        yield f"criteria.{criterion.id}.when", criterion.when, False
    for step in regime.harm_scale:
        yield f"harm_scale.{step.level}.when", step.when, False
    for test in regime.importance_tests:
        if test.when is not None:
            yield f"importance_tests.{test.id}.when", test.when, False
    for zone in regime.grey_zones:
        if zone.when is not None:
            yield f"grey_zones.{zone.code}.when", zone.when, True


def _conditions_that_miss(regime: Regime) -> Iterator[Misfit]:
    questions = {question.id: question for question in regime.questions}
    if regime.risk_rule:
        yield from unless_known("risk_rule.fact", regime.risk_rule.fact, questions)
    for path, condition, around in _conditions(regime):
        known = (*questions, *RECORDED, *FOUND) if around else tuple(questions)
        for leaf in leaves(condition):
            if leaf.fact and leaf.fact not in known:
                yield path, f"“{leaf.fact}” không phải câu hỏi hay thông tin nào; {offer(leaf.fact, known)}"
            elif leaf.fact in questions:
                yield from ((path, wrong) for wrong in _wrong_operands(leaf, questions[leaf.fact]))
        if not can_hold(condition, questions, VALUES):
            yield path, "không câu trả lời nào làm cho điều kiện này đúng; hãy kiểm tra lại các giá trị."


def _wrong_operands(leaf: Leaf, question: Question) -> Iterator[str]:
    if isinstance(leaf, AtLeast | Below) and question.type is not QuestionType.NUMBER:
        yield f"“{question.id}” không phải là số nên không so sánh lớn, nhỏ được."
    if isinstance(leaf, Contains) and question.type is not QuestionType.SET:
        yield f"“{question.id}” không phải là tập giá trị; hãy dùng equals."
    if isinstance(leaf, Mentions):
        yield f"“{question.id}” không phải là câu chữ nên không tìm từ được."
    known = {choice.value for choice in question.choices}
    for value in _operands(leaf):
        if isinstance(value, bool) != (question.type is QuestionType.YES_NO):
            yield f"“{question.id}” không nhận giá trị “{value}”."
        elif isinstance(value, str) and value not in known:
            yield f"“{question.id}” không có giá trị “{value}”; {offer(value, known)}"


def _operands(leaf: Leaf) -> tuple[object, ...]:
    if isinstance(leaf, OneOf):
        return leaf.values
    if isinstance(leaf, Equals | Contains):
        return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return ()


def _ambiguous_choices(questions: Iterable[Question]) -> Iterator[Misfit]:
    """Two choices of one question must not share a wording, diacritics aside: an import could not tell them apart."""
    for question in questions:
        if (question.type in (QuestionType.CHOICE, QuestionType.SET)) != bool(question.choices):
            yield f"questions.{question.id}.choices", "danh sách giá trị không khớp với loại câu hỏi."
        owners: dict[str, set[str]] = {}
        for choice in question.choices:
            for words in (choice.value, choice.label, *choice.also):
                owners.setdefault(folded(words), set()).add(choice.value)
        for words, values in owners.items():
            if len(values) > 1:
                yield f"questions.{question.id}.choices", f"“{words}” chỉ cả {' và '.join(sorted(values))}."


def _unfillable_findings(regime: Regime) -> Iterator[Misfit]:
    for rule in regime.system_rules:
        named = {name for _, name, _, _ in Formatter().parse(rule.finding) if name is not None}
        extra = named - PLACES.get(rule.id, frozenset())
        if extra:
            yield f"system_rules.{rule.id}.finding", f"không điền được chỗ trống: {', '.join(sorted(extra))}."


def _authority_gaps(regime: Regime) -> Iterator[Misfit]:
    competent = Counter(level for authority in regime.authority for level in authority.levels)
    for level in sorted({criterion.level for criterion in regime.criteria} | set(competent)):
        if competent[level] != 1:
            yield "authority", f"cấp độ {level} phải có đúng một dòng thẩm quyền, đang có {competent[level]}."


def _unknown_forms(regime: Regime) -> Iterator[Misfit]:
    known = {form.id for form in regime.forms}
    for zone in regime.grey_zones:
        for form in zone.forms:
            yield from unless_known(f"grey_zones.{zone.code}.forms", form, known)
