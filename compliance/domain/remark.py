"""What an office should weigh before it submits a draft, beyond what is missing from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.domain.classification import zones_at
from compliance.domain.dossier import Subject
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.regime import Authority, Regime, ZonePlace

_LAW_OPEN = "Điểm pháp luật còn ngỏ"


def remarks(
    subjects: Sequence[Subject], authority: Authority, regime: Regime, form_citation: str
) -> Iterable[MissingItem]:
    """Every remark on a draft: the forms, the authority, open law, stray answers, then doubts about the lists.

    Args:
        subjects: the systems of the draft.
        authority: who is competent at their level.
        regime: the law the draft rests on.
        form_citation: where the request form comes from.
    """
    if len(subjects) > 1:
        yield _remark(
            "Biểu mẫu đề nghị nêu tên một hệ thống trong khi thuyết minh được gồm nhiều hệ thống; vì vậy mỗi hệ thống "
            "có một văn bản đề nghị riêng, dùng chung bộ hồ sơ này.",
            citation=form_citation,
        )
    if authority.note:
        yield _remark(authority.note, citation=authority.citation)
    yield from _open_points(subjects, regime)
    for one in subjects:
        known = {used.id for used in (*one.checklist.requirements, *one.duties.requirements)}
        strays = [answer for answer in one.answers if answer not in known]
        if strays:
            yield _remark(
                f"{len(strays)} câu trả lời không thuộc danh mục yêu cầu của cấp độ {one.level} nên "
                f"không in vào phương án: {', '.join(strays)}.",
                of=one.system.name,
            )
    yield from _doubts(subjects)


def _doubts(subjects: Sequence[Subject]) -> Iterable[MissingItem]:
    """Where the lists of requirements were read, and which of them must be compared with the text itself."""
    for used in {used.id: used for one in subjects for used in (one.checklist, one.duties)}.values():
        yield _remark(used.source_note, of=used.title)
        for requirement in used.requirements:
            if requirement.uncertain:
                clause = requirement.clause or requirement.id
                what = f"{clause[:1].upper()}{clause[1:]}: {requirement.uncertain}"
                yield _remark(what, of=used.title, citation=requirement.citation)


def _open_points(subjects: Sequence[Subject], regime: Regime) -> Iterable[MissingItem]:
    """What the law leaves open, with the advice to the drafter; the dossier itself only names the points."""
    places = (ZonePlace.RATIONALE, ZonePlace.OFFICE)
    zones = {zone.code: zone for one in subjects for zone in one.classification.grey_zones}
    zones |= {zone.code: zone for place in places for zone in zones_at(regime, place)}
    for code, zone in sorted(zones.items()):
        names = [one.system.name for one in subjects if zone in one.classification.grey_zones]
        whose = f" Gặp ở: {'; '.join(names)}." if names and len(subjects) > 1 else ""
        yield _remark(f"{code}. {zone.title}. {zone.message}{whose}", of=_LAW_OPEN, citation=zone.citation)


def _remark(what: str, *, of: str = "", citation: str = "") -> MissingItem:
    return MissingItem(of=of, what=what, where_to_fill="", citation=citation, severity=Severity.REMARK)
