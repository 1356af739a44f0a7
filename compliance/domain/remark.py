"""What an office should weigh before it submits a draft, beyond what is missing from it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from compliance.domain.authority import Authority
from compliance.domain.dossier import Subject
from compliance.domain.grey_zone import ZonePlace
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.open_point import OpenPoint, open_points
from compliance.domain.regime import Regime
from compliance.domain.regime_status import unchecked_notice

_LAW_OPEN = "Điểm pháp luật còn ngỏ"
_DRAFTING = (
    ZonePlace.CLASSIFICATION,
    ZonePlace.RATIONALE,
    ZonePlace.OFFICE,
    ZonePlace.DOSSIER,
    ZonePlace.FORM,
    ZonePlace.PLAN,
    ZonePlace.TRANSITION,
)
"""Where an office that drafts meets what the law leaves open."""


def remarks(
    subjects: Sequence[Subject], authorities: Sequence[Authority], regime: Regime, forms: Mapping[str, str], day: date
) -> Iterable[MissingItem]:
    """Every remark on a draft: the forms, the authority, open law, stray answers, then doubts about the lists.

    Args:
        subjects: the systems of the draft.
        authorities: who is competent at their levels.
        regime: the law the draft rests on.
        forms: the request forms of the draft by id, each with where it comes from.
        day: the day of the draft; data about the law that is too old by then is told.
    """
    notice = unchecked_notice(regime, day)
    if notice:
        yield _remark(notice)
    yield from (_competent(one) for one in authorities)
    yield from _open_points(subjects, regime, forms)
    for one in subjects:
        known = {used.id for used in (*one.checklist.requirements, *one.duties.requirements)} | one.design_duties
        strays = [answer for answer in one.answers if answer not in known]
        if strays:
            yield _remark(
                f"{len(strays)} câu trả lời không thuộc danh mục yêu cầu của cấp độ {one.level} nên "
                f"không in vào phương án: {', '.join(strays)}.",
                of=one.system.name,
            )
    yield from _doubts(subjects)


def _competent(authority: Authority) -> MissingItem:
    """Who appraises, who approves, in how many days: where the papers go next."""
    limits = ", ".join(one.text for one in authority.limits)
    longest = f" Thời hạn tối đa: {limits}." if limits else ""
    levels = ", ".join(f"cấp độ {level}" for level in authority.levels)
    note = f" {authority.note}" if authority.note else ""
    return _remark(
        f"{levels[:1].upper()}{levels[1:]}. Thẩm định: {authority.appraises}. Phê duyệt: {authority.approves}."
        f"{longest}{note}",
        citation=authority.citation,
    )


def _doubts(subjects: Sequence[Subject]) -> Iterable[MissingItem]:
    """Where the lists of requirements were read, and which of them must be compared with the text itself.

    What the lists of several levels have in common is told once, under the first of them.
    """
    told: set[tuple[str, str]] = set()
    for used in {used.id: used for one in subjects for used in (one.checklist, one.duties)}.values():
        if ("", used.source_note) not in told:
            yield _remark(used.source_note, of=used.title)
        doubts = {(one.id, one.uncertain): one for one in used.requirements if one.uncertain}
        for requirement in (one for key, one in doubts.items() if key not in told):
            clause = requirement.clause or requirement.id
            what = f"{clause[:1].upper()}{clause[1:]}: {requirement.uncertain}"
            yield _remark(what, of=used.title, citation=requirement.citation)
        told |= {("", used.source_note), *doubts}


def _open_points(subjects: Sequence[Subject], regime: Regime, forms: Container[str]) -> Iterable[MissingItem]:
    """What the law leaves open, with the advice to the drafter; the dossier itself only names the points."""
    points: dict[str, OpenPoint] = {}
    names: dict[str, list[str]] = {}
    for one in subjects:
        for point in open_points(regime, one.around, places=_DRAFTING):
            if not point.forms or any(form in forms for form in point.forms):
                points[point.code] = point
                names.setdefault(point.code, []).append(one.system.name)
    for code, point in sorted(points.items()):
        whose = "" if point.general or len(subjects) == 1 else f" Gặp ở: {'; '.join(names[code])}."
        yield _remark(f"{code}. {point.title}. {point.message}{whose}", of=_LAW_OPEN, citation=point.citation)


def _remark(what: str, *, of: str = "", citation: str = "") -> MissingItem:
    return MissingItem(of=of, what=what, where_to_fill="", citation=citation, severity=Severity.REMARK)
