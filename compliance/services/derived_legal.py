"""Legal limits that run on single systems: those of the transition and those of a dossier's road."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.adapters.law import load_regimes
from compliance.domain.duty import Done, DutyRow, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.road import Deadline, NextAct
from compliance.domain.road_composing import role_ids
from compliance.domain.system import System
from compliance.domain.transition import CaseFound, RunningDeadline
from compliance.domain.wording import date_text
from compliance.services.derived_row import dated_row
from compliance.services.duty_setting import DutySetting
from compliance.services.roads import RoadStatus
from compliance.services.transitions import load_past


def transition_rows(setting: DutySetting) -> Iterable[DutyRow]:
    """The deadlines of the case each system falls in (Đ39.1; Luật 116 Đ45), the earlier reading of the month count.

    One that was recorded as done is settled; one whose case no longer applies is gone.

    Raises:
        NotFound: no regime has rules of transition.
    """
    past = load_past(load_regimes())
    rows = [
        _transition_row(setting, one.system, case, deadline, past.rules.month_note)
        for one in setting.classified
        if one.system.needs_dossier
        for case in past.cases(one.around, setting.today)
        for deadline in case.deadlines
    ]
    settled = _settled(setting, rows)
    return (row for row in rows if row.id not in settled)


def _settled(setting: DutySetting, rows: Iterable[DutyRow]) -> frozenset[str]:
    """Which of these were recorded as done for their day."""
    wanted = (f"{row.id}/{row.due}" for row in rows)
    said = (Done.model_validate_json(head.body) for head in setting.workspace.store.heads_of("duty", wanted))
    return frozenset(one.duty_id for one in said if not one.undone)


def _transition_row(
    setting: DutySetting, system: System, case: CaseFound, deadline: RunningDeadline, month_note: str
) -> DutyRow:
    row_id = f"{system.id}/chuyen-tiep/{deadline.id}"
    return dated_row(
        setting,
        row_id,
        deadline.used,
        what=deadline.what,
        source=Source.TRANSITION,
        kind=DutyKind.LAW,
        citation=deadline.citation,
        settle=f"compliance duties done {row_id} --evidence MÃ-MINH-CHỨNG",
        system_id=system.id,
        unit_id=system.owner_id,
        evidence="Văn bản, kết quả kiểm tra cho thấy đã đáp ứng.",
        note=f"{case.title}. Theo cách đếm tháng khác thì hạn là ngày {date_text(deadline.readings[1])}.",
        uncertain=" ".join(text for text in (month_note, case.uncertain) if text),
    )


def road_rows(setting: DutySetting) -> Iterable[DutyRow]:
    """The limits of the steps each dossier waits for; turning it back has the limit of going on and is left out.

    Raises:
        NotFound: the regime has no procedure.
    """
    for status in setting.statuses:
        for act in status.acts:
            if act.deadline is not None and not act.step.adverse:
                yield _road_row(setting, status, act, act.deadline)


def _road_row(setting: DutySetting, status: RoadStatus, act: NextAct, deadline: Deadline) -> DutyRow:
    system, step = status.system, act.step
    roles = role_ids(system, status.walked or 0, status.classified.regime, status.progress.current)
    kind = "ngày làm việc" if deadline.limit.working else "ngày"
    began = status.titles.get(deadline.since_step, deadline.since_step)
    counted = f"{deadline.limit.days} {kind}, tính từ bước “{began}” ngày {date_text(deadline.since)}."
    row = dated_row(
        setting,
        f"{system.id}/ho-so/{step.id.replace('_', '-')}",
        deadline.due,
        what=f"Hồ sơ đề xuất cấp độ: {step.title}",
        source=Source.ROAD,
        kind=DutyKind.LAW,
        citation=step.citation,
        settle=f"compliance dossiers record {system.id} {step.id}",
        system_id=system.id,
        unit_id=roles[step.by] or "",
        unit=status.office(step.by),
        note=f"{counted} {step.note}".strip(),
        uncertain=step.uncertain,
    )
    return row.model_copy(update={"level": status.level, "announced": row.announced and deadline.announced})
