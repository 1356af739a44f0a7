"""Explaining one classified system at the terminal: every criterion, what to ask, what the law leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.law_pages import say_unchecked
from compliance.cli.output import say

if TYPE_CHECKING:
    from datetime import date

    from compliance.domain.classification import Classification, TraceLine
    from compliance.domain.question import Question
    from compliance.domain.regime import Regime
    from compliance.domain.system import FactValue
    from compliance.services.classifications import ClassifiedSystem


ASK_THE_OWNER = "xin số, ngày quyết định phê duyệt cấp độ của chủ quản và ghi vào danh mục."
"""What to do next about a system the office only uses."""


def say_explanation(result: ClassifiedSystem, today: date) -> None:
    """Print the level and everything it rests on."""
    regime = result.regime
    say(f"{result.system.name} ({result.system.id}): {level_text(result)}")
    say(f"Theo {regime.short_title}; nội dung luật được rà soát lần cuối ngày {regime.checked_on:%d/%m/%Y}.")
    say_unchecked(regime, today)
    _say_trace(result)
    _say_open(result)
    _say_cross_checks(result)


def is_used(result: ClassifiedSystem) -> bool:
    """Whether the office only uses the system, so that its owner files the dossier."""
    return result.system.ownership.value == "used"


def level_text(result: ClassifiedSystem) -> str:
    """The level; for a system only used, what its owner's approval says."""
    if not is_used(result):
        return result.classification.label
    approval = result.system.earlier_approval
    if approval is None or approval.level is None:
        return "Theo chủ quản, chưa có số quyết định"
    return f"Theo chủ quản: cấp độ {approval.level}"


def next_act(result: ClassifiedSystem) -> str:
    """What to do next about this system, with the limits of time that then run."""
    found, system = result.classification, result.system
    if is_used(result):
        return ASK_THE_OWNER
    if found.open:
        return f"trả lời các câu còn ngỏ: compliance classifications ask {system.id}"
    if found.level is None:
        return (
            "phân tích mức tổn hại khi có sự cố và hỏi cơ quan thẩm định; không tiêu chí nào khớp nên không tự đề xuất."
        )
    if not system.needs_dossier:
        return "không lập hồ sơ vì hệ thống đã ngừng sử dụng."
    return f"soạn hồ sơ: compliance dossiers draft {system.id}. {_limits(result.regime, found)}"


def _limits(regime: Regime, found: Classification) -> str:
    authority = regime.authority_for(found.level or 0)
    if authority is None:
        return ""
    limits = ", ".join(one.text for one in authority.limits)
    return f"Thời hạn tối đa: {limits} ({authority.citation})." if limits else ""


def open_questions_of(result: ClassifiedSystem) -> tuple[Question, ...]:
    """Every question that could still change the level."""
    from compliance.domain.asking import open_questions

    return open_questions(result.regime, result.system.facts)


def _say_trace(result: ClassifiedSystem) -> None:
    say("\nTừng tiêu chí (X = khớp, ? = chưa đủ câu trả lời, trống = không khớp, – = chưa áp dụng được):")
    for line in result.classification.trace:
        level = f"cấp độ {line.level}" if line.level else "chưa có"
        say(f"  [{_mark(line)}] {line.criterion} ({level}) {line.citation}: {line.statement}")
        for fact in line.facts:
            say(f"        {_fact_line(result.regime, fact, result.system.facts.get(fact))}")
        if line.uncertain and (line.truth is not False or not line.enabled):
            say(f"        Lưu ý: {line.uncertain}")
    found = result.classification
    if found.grounds:
        say("\nCăn cứ:")
        for ground in found.grounds:
            say(f"  - Cấp độ {ground.level}: {ground.citation} ({ground.criterion}).")
        if len({ground.level for ground in found.grounds}) > 1:
            say(f"  {result.regime.highest_wins.statement} ({result.regime.highest_wins.citation})")


def _mark(line: TraceLine) -> str:
    if not line.enabled:
        return "–"
    return {True: "X", False: " ", None: "?"}[line.truth]


def _fact_line(regime: Regime, fact: str, value: FactValue | None) -> str:
    from compliance.domain.answering import fact_text

    question = regime.question(fact)
    if question is None:
        return fact
    if value is None and question.blank_means_none:
        return f"{question.column}: chưa có"
    return f"{question.column}: {fact_text(question, value)}"


def _say_open(result: ClassifiedSystem) -> None:
    from compliance.domain.asking import askable_questions

    now = askable_questions(result.regime, result.system.facts)
    if not now:
        return
    say("\nCòn phải hỏi, vì câu trả lời có thể làm thay đổi cấp độ:")
    for question in now:
        whom = f" Hỏi: {question.ask_whom}." if question.ask_whom else ""
        say(f"  - {question.label}{whom}")
    later = len(open_questions_of(result)) - len(now)
    if later:
        say(f"  Tùy câu trả lời, có thể hỏi thêm tối đa {later} câu.")


def _say_importance(result: ClassifiedSystem) -> None:
    """How the tests for systems important to national security came out: those met, else those open, else none."""
    found = result.classification.importance
    say("\nRà soát hệ thống quan trọng về an ninh quốc gia:")
    for test in found.hits:
        say(f"  - Thuộc: {test.statement} ({test.citation})")
    for test in found.open:
        asked = ", ".join(question.column for fact in test.facts if (question := result.regime.question(fact)))
        say(f"  - Chưa đủ dữ kiện{f' ({asked})' if asked else ''}: {test.statement} ({test.citation})")
    if found.truth is False:
        cited = "; ".join(test.citation for test in result.regime.importance_tests)
        say(f"  - Không thuộc trường hợp nào ({cited}).")


def _say_cross_checks(result: ClassifiedSystem) -> None:
    found = result.classification
    if found.harm.level is not None:
        say(f"\nĐối chiếu thang tổn hại: cấp độ {found.harm.level} ({found.harm.citation}).")
    _say_importance(result)
    if result.findings:
        say("\nCần xem lại:")
        for finding in result.findings:
            say(f"  - {finding.message} ({finding.citation})")
    if found.grey_zones:
        say("\nĐiểm luật còn ngỏ:")
        for zone in found.grey_zones:
            say(f"  {zone.code}. {zone.title}. {zone.message} ({zone.citation})")
