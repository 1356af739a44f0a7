"""Taking a step of the road: everything that stands against it, as sentences for the officer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.paper import Paper
from compliance.domain.procedure import Ask, Procedure, RoadStep
from compliance.domain.road import NextAct, Progress, Taken, taken_aside
from compliance.domain.system import System
from compliance.domain.wording import date_text, folded, nearest

_OPTIONS = {
    Ask.NUMBER: ("số, ký hiệu văn bản", "--number 12/QĐ-UBND"),
    Ask.OFFICE: ("cơ quan thực hiện", "--office “…”"),
    Ask.SIGNER: ("người ký", "--signer “…”"),
    Ask.EFFECTIVE: ("ngày có hiệu lực", "--effective 01/01/2027"),
    Ask.FIT: ("kết luận", "--fit hoặc --not-fit"),
    Ask.REASONS: ("lý do, nội dung phải sửa", "--reason “…”, ghi được nhiều lần"),
    Ask.UNIT: ("đơn vị được giao", "--unit MÃ-ĐƠN-VỊ"),
    Ask.FILE: ("tệp văn bản đã ký", "--file TỆP.pdf"),
}
_LONGEST_NUMBER = 60


def option_of(ask: Ask) -> tuple[str, str]:
    """What is asked, in words, and the option that says it."""
    return _OPTIONS[ask]


def against_order(step: RoadStep, procedure: Procedure, progress: Progress, acts: Iterable[NextAct]) -> Iterable[str]:
    """The dossier is not where this step begins, or the step was taken already."""
    if progress.stage in step.starts:
        before = taken_aside(step, procedure, progress)
        if before is not None:
            yield (
                f"Bước “{step.title}” đã ghi rồi (bước số {before.number}, ngày {date_text(before.on)}). Nếu ghi nhầm "
                "thì sửa bước đó: compliance dossiers correct."
            )
        return
    here = procedure.stages[progress.stage].label
    ways = "; ".join(f"“{one.step.title}” ({one.step.id})" for one in acts)
    yield (
        f"Hồ sơ đang ở trạng thái “{here}” nên chưa ghi được bước “{step.title}”. "
        + (f"Bước ghi được lúc này: {ways}." if ways else "Không còn bước nào phải ghi.")
    )


def against_day(taken: Taken, progress: Progress, titles: dict[str, str], today: date) -> Iterable[str]:
    """The day lies ahead, before the step it follows, or after the day the decision takes effect."""
    if taken.on > today:
        yield f"Ngày {date_text(taken.on)} chưa tới (hôm nay là {date_text(today)}). Hãy ghi ngày đã thực hiện."
    before = next((one for one in reversed(progress.current.steps) if one.on > taken.on), None)
    if before is not None:
        yield (
            f"Ngày {date_text(taken.on)} trước ngày {date_text(before.on)} của bước "
            f"“{titles.get(before.step, before.step)}” đã ghi. Hãy kiểm tra lại ngày trên văn bản; "
            "nếu bước trước ghi sai ngày thì sửa bước đó: compliance dossiers correct."
        )
    if taken.effective_on is not None and taken.effective_on < taken.on:
        yield (
            f"Ngày có hiệu lực {date_text(taken.effective_on)} trước ngày ký {date_text(taken.on)}; "
            "quyết định không có hiệu lực trước ngày ký."
        )


def lacking(step: RoadStep, taken: Taken) -> tuple[Ask, ...]:
    """What the step must still be told; an unfavourable conclusion must give its reasons."""
    given = told(taken)
    unfit = taken.fit is False and Ask.FIT in step.asks
    needs = dict.fromkeys([*step.needs, *([Ask.REASONS] if unfit else [])])
    return tuple(ask for ask in needs if ask not in given)


def against_words(step: RoadStep, taken: Taken) -> Iterable[str]:
    """Something the step must be told is missing, or something it has no use for was told."""
    given = told(taken)
    unfit = taken.fit is False and Ask.FIT in step.asks
    for ask in lacking(step, taken):
        what, option = _OPTIONS[ask]
        yield f"Bước “{step.title}” phải ghi {what} ({option})."
    for ask in given:
        if ask not in step.asks and not (ask is Ask.REASONS and unfit):
            what, option = _OPTIONS[ask]
            written = option if ask is Ask.FIT else option.split(" ")[0]
            yield f"Bước “{step.title}” không dùng đến {what}; hãy bỏ {written}."
    fault = number_fault(taken.paper.number if taken.paper else "")
    if fault:
        yield fault


def number_fault(number: str) -> str:
    """What is wrong with the number of a paper (a whole reference, a line break, a blank left), empty if nothing is."""
    words = folded(number).split()
    if not number or (
        len(number) <= _LONGEST_NUMBER
        and "\n" not in number
        and any(sign.isdigit() for sign in number)
        and words[0] != "so"
        and "ngay" not in words
    ):
        return ""
    shown = number if len(number) <= _LONGEST_NUMBER else f"{number[:_LONGEST_NUMBER]}…"
    return (
        f"“{shown}” không phải là số, ký hiệu văn bản. Chỉ ghi số và ký hiệu, ví dụ 12/QĐ-UBND; ngày thì ghi ở --on, "
        "cơ quan thì ghi ở --office."
    )


def against_unit(unit_id: str | None, system: System, known: Collection[str]) -> Iterable[str]:
    """The office given the appraisal is not recorded, or is the one that runs the system."""
    if unit_id is None:
        return
    if unit_id not in known:
        near = nearest(unit_id, known)
        hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance organizations list"
        yield f"Không có đơn vị “{unit_id}”. {hint}"
    if unit_id == system.operator_id:
        yield "Đơn vị được giao thẩm định chính là đơn vị vận hành; phải giao đơn vị khác."


def told(taken: Taken) -> tuple[Ask, ...]:
    """What a step was told."""
    said = {
        Ask.NUMBER: taken.paper is not None and bool(taken.paper.number),
        Ask.OFFICE: bool(taken.office),
        Ask.SIGNER: bool(taken.signer),
        Ask.EFFECTIVE: taken.effective_on is not None,
        Ask.FIT: taken.fit is not None,
        Ask.REASONS: bool(taken.reasons),
        Ask.UNIT: taken.unit_id is not None,
        Ask.FILE: bool(taken.files),
    }
    return tuple(ask for ask, given in said.items() if given)


class Obstacle(Frozen):
    """Something the law holds against a step; it may be taken all the same when a reason is recorded."""

    code: str
    sentence: str


def obstacles(
    step: RoadStep, taken: Taken, system: System, progress: Progress, procedure: Procedure
) -> Iterable[Obstacle]:
    """Own rules not older than the decision (Đ30.7); an appraiser that runs the system (Đ18.4)."""
    if step.regulation:
        yield from _regulation(system.regulation, taken.on)
    if step.appraiser and appraiser_conflict(system, progress):
        yield Obstacle(code="appraiser", sentence=f"{procedure.conflict} ({procedure.conflict_citation})")


def before_the_law(step: RoadStep, taken: Taken, in_force: date) -> Iterable[Obstacle]:
    """A step of the road bears a day on which its procedure was not yet the law's: most often a slip of the year."""
    if step.to is not None and taken.on < in_force:
        yield Obstacle(
            code="day",
            sentence=(
                f"Ngày {date_text(taken.on)} trước ngày {date_text(in_force)} là ngày trình tự này bắt đầu có hiệu "
                "lực. Hãy kiểm tra lại ngày, nhất là năm."
            ),
        )


def _regulation(regulation: Paper | None, decided_on: date) -> Iterable[Obstacle]:
    where = (
        "Ghi số, ngày ban hành vào cột “Quy chế bảo đảm an ninh mạng” của bảng kê rồi nhập lại "
        "(compliance systems import)."
    )
    if regulation is None or regulation.issued_on is None:
        yield Obstacle(
            code="regulation",
            sentence=(
                "Quy chế bảo đảm an ninh mạng phải ban hành trước khi phê duyệt, nhưng hồ sơ chưa ghi ngày ban hành. "
                + where
            ),
        )
    elif regulation.issued_on > decided_on:
        yield Obstacle(
            code="regulation",
            sentence=(
                f"Quy chế bảo đảm an ninh mạng ban hành ngày {date_text(regulation.issued_on)}, sau ngày phê duyệt "
                f"{date_text(decided_on)}; Quy chế phải có trước. {where}"
            ),
        )


def appraiser_conflict(system: System, progress: Progress) -> bool:
    """Whether the office that would appraise also runs the system and no other was assigned."""
    appraiser = progress.current.assigned or system.appraiser_id or system.security_unit_id
    return appraiser is not None and appraiser == system.operator_id


def used_before(draft: Taken, others: Iterable[tuple[str, Taken]], mine: Collection[str]) -> Iterable[str]:
    """The same number and symbol stand on another paper of the same year.

    One paper may cover several systems: the same step on the same day is no second use, unless of the same system.
    """
    if draft.paper is None or not draft.paper.number:
        return
    for system_id, one in others:
        if one.paper is None or not _same_number(draft, one):
            continue
        same_act = one.step == draft.step and one.on == draft.on and system_id not in mine
        if not same_act:
            yield (
                f"Số {draft.paper.number} đã dùng cho văn bản ngày {date_text(one.on)} của hệ thống “{system_id}” "
                f"(bước số {one.number}, {one.paper.issuer}). Hãy kiểm tra lại số trên văn bản."
            )


def _same_number(draft: Taken, other: Taken) -> bool:
    mine, its = draft.paper, other.paper
    if mine is None or its is None or draft.on.year != other.on.year:
        return False
    return _number_key(mine.number) == _number_key(its.number)


def _number_key(number: str) -> str:
    """``5/QĐ-UBND`` and ``05/qđ-ubnd`` are one number."""
    return folded(number).lstrip("0")
