"""Detectors about the level: decided or not, other than before, other than what was answered or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from compliance.domain.assessment import Result
from compliance.domain.classification import Classification
from compliance.domain.condition import AtLeast, Below, leaves
from compliance.domain.finding import CHANGED_LEVEL, HARM_SCALE, INDEPENDENT_APPRAISER, KEPT_LEVEL, NO_SPLITTING
from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_input import LEVEL, PreflightInput
from compliance.domain.wording import number_text

_TRANSITION = "transition-"
_PERCENT = 100


def possible_levels(found: Classification) -> frozenset[int]:
    """Every level that may still come out: the one found, and those of the criteria that are open above it."""
    levels = {one.level for one in found.open}
    return frozenset(levels | ({found.level} if found.level is not None else set()))


def _undecided(facts: PreflightInput) -> Iterator[Hit]:
    if facts.classification.decided or not facts.questions:
        return
    asked = "; ".join(question.column for question in facts.questions)
    yield Hit(facts.place("systems"), (LEVEL,), {"label": facts.classification.label.lower(), "asked": asked})


def _no_criterion(facts: PreflightInput) -> Iterator[Hit]:
    if not facts.classification.decided and not facts.questions:
        yield Hit(facts.place("systems"), (LEVEL,))


def _other_list(facts: PreflightInput) -> Iterator[Hit]:
    level, answered = facts.decided_level, facts.answered_level
    if level is not None and answered is not None and answered != level:
        yield Hit(facts.place("answers"), (LEVEL, "answers"), {"answered": str(answered), "level": str(level)})


def _stray_answers(facts: PreflightInput) -> Iterator[Hit]:
    if facts.decided_level is None or facts.answered_level not in {None, facts.decided_level}:
        return
    known = facts.requirements
    strays = [id_ for id_, one in sorted(facts.answers.items()) if id_ not in known and _said(one.result)]
    if strays:
        words = {"count": str(len(strays)), "level": str(facts.decided_level), "strays": ", ".join(strays[:5])}
        yield Hit(facts.place("answers"), (LEVEL, "answers"), words)


def _said(result: Result) -> bool:
    return result is not Result.NOT_ASSESSED


def _outdated(facts: PreflightInput) -> Iterator[Hit]:
    for sentence in facts.outdated:
        yield Hit(f"Lần kiểm tra {facts.check_id}", ("answers",), {"sentence": sentence})


def _finding(rule: str, *fields: str) -> Callable[[PreflightInput], Iterator[Hit]]:
    """A check the record already goes through elsewhere: its sentence is taken over as it stands."""

    def find(facts: PreflightInput) -> Iterator[Hit]:
        for one in facts.findings:
            if one.rule == rule or (rule == _TRANSITION and one.rule.startswith(_TRANSITION)):
                yield Hit(facts.place("systems"), fields, {"message": one.message})

    return find


def _other_than_approved(facts: PreflightInput) -> Iterator[Hit]:
    typed = facts.system.earlier_approval.level if facts.system.earlier_approval else None
    approved = facts.road.approved_level
    if typed is not None and approved is not None and typed != approved:
        field = "systems.earlier_approval.level"
        yield Hit(facts.place(field), (field,), {"typed": str(typed), "approved": str(approved)})


def _other_than_decision(facts: PreflightInput) -> Iterator[Hit]:
    """The dossier before was approved at another level, and the inventory does not know of that approval."""
    level, approved = facts.decided_level, facts.road.approved_level
    unknown = facts.system.earlier_approval is None or facts.system.earlier_approval.level is None
    if unknown and level is not None and approved is not None and level != approved:
        field = "systems.earlier_approval.level"
        yield Hit(facts.place(field), (LEVEL, field), {"level": str(level), "approved": str(approved)})


def _level_in_text(facts: PreflightInput) -> Iterator[Hit]:
    level = facts.decided_level
    for one in facts.mentions if level is not None else ():
        if one.level != level and "earlier_approval" not in one.text.field:
            words = {"written": one.written, "level": str(level)}
            yield Hit(facts.place(one.text.field, one.text.subject), (one.text.field, LEVEL), words)


def _near_threshold(facts: PreflightInput) -> Iterator[Hit]:
    told: set[tuple[str, int]] = set()
    for criterion in facts.regime.criteria:
        for leaf in leaves(criterion.when):
            if not isinstance(leaf, AtLeast | Below) or (leaf.fact, leaf.value) in told:
                continue
            told.add((leaf.fact, leaf.value))
            count = facts.system.facts.get(leaf.fact)
            question = facts.regime.question(leaf.fact)
            if question is None or isinstance(count, bool) or not isinstance(count, int):
                continue
            if abs(count - leaf.value) * _PERCENT <= leaf.value * facts.lexicon.near_percent:
                name = f"systems.{leaf.fact}"
                words = {"question": question.column, "count": number_text(count), "threshold": number_text(leaf.value)}
                yield Hit(facts.place(name), (name,), words)


def _grey_zone(facts: PreflightInput) -> Iterator[Hit]:
    for point in facts.points:
        if not point.general:
            words = {"point": point.code, "title": point.title, "message": point.message, "clause": point.citation}
            yield Hit(f"Điểm {point.code}", (LEVEL,), words)


def _personal_data(facts: PreflightInput) -> Iterator[Hit]:
    """The kinds of information and the counts of persons say opposite things."""
    information = facts.system.facts.get("information")
    if not isinstance(information, tuple):
        return
    counts = [facts.system.facts.get(name) for name in ("subjects_basic", "subjects_sensitive")]
    field = ("systems.information", "systems.subjects_basic", "systems.subjects_sensitive")
    place = facts.place("systems.information")
    if "personal" not in information and any(counts):
        yield Hit(place, field, {"contradiction": "có số người có dữ liệu cá nhân nhưng loại thông tin không ghi "
                                 "thông tin cá nhân"})  # fmt: skip
    if "personal" in information and all(count == 0 for count in counts):
        yield Hit(place, field, {"contradiction": "loại thông tin ghi có thông tin cá nhân nhưng số người có dữ liệu "
                                 "cá nhân đều ghi bằng 0"})  # fmt: skip


def _overdue(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.deadlines:
        if one.overdue:
            yield Hit("Chuyển tiếp", ("systems",), {"what": one.what, "day": f"{one.used:%d/%m/%Y}"})


def _running(facts: PreflightInput) -> Iterator[Hit]:
    for one in facts.deadlines:
        if not one.overdue:
            words = {"what": one.what, "day": f"{one.used:%d/%m/%Y}", "left": str(one.days_left)}
            yield Hit("Chuyển tiếp", ("systems",), words)


DETECTORS: Mapping[str, Detector] = {
    "level-undecided": detector(_undecided, "label", "asked"),
    "no-criterion": detector(_no_criterion),
    "list-of-other-level": detector(_other_list, "answered", "level"),
    "stray-answers": detector(_stray_answers, "count", "level", "strays"),
    "list-outdated": detector(_outdated, "sentence"),
    "level-changed": detector(_finding(CHANGED_LEVEL, LEVEL, "systems.earlier_approval.level"), "message"),
    "level-kept": detector(_finding(KEPT_LEVEL, LEVEL, "systems.earlier_approval.level"), "message"),
    "level-other-than-approved": detector(_other_than_approved, "typed", "approved"),
    "level-other-than-decision": detector(_other_than_decision, "level", "approved"),
    "level-in-text": detector(_level_in_text, "written", "level"),
    "harm-scale": detector(_finding(HARM_SCALE, LEVEL), "message"),
    "no-splitting": detector(_finding(NO_SPLITTING, LEVEL, "systems.connections"), "message"),
    "near-threshold": detector(_near_threshold, "question", "count", "threshold"),
    "personal-data": detector(_personal_data, "contradiction"),
    "grey-zone": detector(_grey_zone, "point", "title", "message", "clause"),
    "appraiser-is-operator": detector(
        _finding(INDEPENDENT_APPRAISER, "systems.appraiser_id", "systems.operator_id"), "message"
    ),
    "transition-case": detector(_finding(_TRANSITION, "systems"), "message"),
    "deadline-passed": detector(_overdue, "what", "day"),
    "deadline-running": detector(_running, "what", "day", "left"),
}
