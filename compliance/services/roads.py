"""The road of each dossier: the steps recorded, where it stands today, what comes next and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compliance.adapters.law import load_procedure
from compliance.adapters.working_calendar import working_calendar
from compliance.adapters.workspace import Workspace
from compliance.domain.organization import Unit
from compliance.domain.procedure import Procedure, Stage
from compliance.domain.regime import Regime
from compliance.domain.road import Deadline, NextAct, Progress, Taken, next_acts, walked
from compliance.domain.road_composing import role_ids
from compliance.domain.road_paper import Role
from compliance.domain.road_steps import appraiser_conflict
from compliance.domain.system import Ownership, System
from compliance.domain.wording import date_text
from compliance.domain.working_days import WorkingCalendar
from compliance.errors import NotFound
from compliance.services import organizations
from compliance.services.classifications import ClassifiedSystem, classify_system

KIND = "step"
_NO_DOSSIER = {
    True: "Cơ quan chỉ sử dụng hệ thống này nên không lập hồ sơ; chủ quản của hệ thống lập.",
    False: "Hệ thống đã kết thúc vận hành nên không còn bước nào phải ghi.",
}
_SYSTEM = "system"


@dataclass(frozen=True)
class RoadStatus:
    """Where one system's dossier stands: ``level`` is that of what is filed, else the one the facts give today."""

    classified: ClassifiedSystem
    procedure: Procedure
    progress: Progress
    taken: tuple[Taken, ...]
    level: int | None
    acts: tuple[NextAct, ...]
    calendar: WorkingCalendar
    today: date
    units: Mapping[str, Unit] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def system(self) -> System:
        """The system."""
        return self.classified.system

    @property
    def walked(self) -> int | None:
        """The level whose road it walks."""
        return self.procedure.level_walked(self.level, self.progress.listed) if self.level else None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.progress.stage

    @property
    def stage_label(self) -> str:
        """The stage in words; a system merely used, or ended, has no road."""
        if not (self.system.needs_dossier or self.taken):
            return "Không lập hồ sơ"
        return self.procedure.stages[self.stage].label

    @property
    def awaited(self) -> NextAct | None:
        """The act the road waits for; ``None`` where nothing has to happen. Nobody waits to be put on the list."""
        listed = self.procedure.listed_step
        return next((act for act in self.acts if not act.step.adverse and act.step.id != listed), None)

    @property
    def titles(self) -> dict[str, str]:
        """What each step is called at this level."""
        steps = [*self.procedure.steps, *self.procedure.steps_of(self.walked or 1)]
        return {step.id: step.title for step in steps}

    def office(self, role: Role) -> str:
        """The name of the office that plays a role for this system."""
        unit_id = role_ids(self.system, self.walked or 0, self.classified.regime, self.progress.current)[role]
        if unit_id is None:
            return self._named_by_law(role)
        return self.units[unit_id].name if unit_id in self.units else unit_id

    def _named_by_law(self, role: Role) -> str:
        authority = self.classified.regime.authority_for(self.walked or 0)
        if role is Role.APPRAISER and authority is not None:
            return authority.appraises
        return {
            Role.OWNER: "chủ quản hệ thống thông tin",
            Role.OPERATOR: "đơn vị vận hành hệ thống thông tin",
            Role.SECURITY_UNIT: "đơn vị chuyên trách về an ninh mạng",
            Role.APPRAISER: "bên thẩm định",
        }[role]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever reads the status should know beside it."""
        return tuple(dict.fromkeys(_remarks(self)))


def steps_of(workspace: Workspace, system_id: str) -> tuple[Taken, ...]:
    """Every step recorded for a system, corrections included, in the order of recording."""
    return tuple(Taken.model_validate_json(one.body) for one in workspace.store.heads(KIND, under=system_id))


def steps_by_system(workspace: Workspace) -> dict[str, list[Taken]]:
    """The same for every system that has any, read at once."""
    found: dict[str, list[Taken]] = {}
    for one in workspace.store.heads(KIND):
        found.setdefault(one.id.partition("/")[0], []).append(Taken.model_validate_json(one.body))
    return found


def road_status(workspace: Workspace, system_id: str, today: date) -> RoadStatus:
    """Where the dossier of a system stands on a day.

    Raises:
        NotFound: no such system, or no regime or procedure in force.
        DataFault: a law file or the office's own calendar is broken.
    """
    return status_of(workspace, classify_system(workspace, system_id, today), today)


def statuses_of(
    workspace: Workspace,
    classified: Iterable[ClassifiedSystem],
    today: date,
    *,
    until: date | None = None,
    units: Mapping[str, Unit] | None = None,
    steps: Mapping[str, Sequence[Taken]] | None = None,
) -> tuple[RoadStatus, ...]:
    """The statuses of those systems that need a dossier; whatever they rest on is read once for all.

    Steps taken after ``until`` are left out, for reports on a day that has passed. The ``units`` recorded and the
    ``steps`` by system may be handed in where they were read already.
    """
    chosen = [one for one in classified if one.system.needs_dossier]
    recorded = workspace.store.versions(_SYSTEM)
    taken = steps_by_system(workspace) if steps is None else steps
    if until is not None:
        taken = {id_: [one for one in theirs if one.on <= until] for id_, theirs in taken.items()}
    span = [today, *(step.on for theirs in taken.values() for step in theirs)]
    calendar = working_calendar(min(span), max(span), workspace.path)
    known = organizations.units(workspace) if units is None else units
    roads = {id(one.regime): procedure_under(one.regime, today) for one in chosen[:1]}
    return tuple(
        status_of(
            workspace,
            one,
            today,
            procedure=roads.get(id(one.regime)),
            taken=tuple(taken.get(one.system.id, ())),
            units=known,
            calendar=calendar,
            version=recorded.get(one.system.id),
        )
        for one in chosen
    )


def procedure_under(regime: Regime, today: date) -> Procedure:
    """The road under the regime of a day.

    Raises:
        NotFound: the program knows no road under that regime, as under the one before.
    """
    try:
        return load_procedure(regime)
    except NotFound:
        raise NotFound(
            f"Ngày {date_text(today)} áp dụng {regime.short_title}; chương trình chưa có trình tự, thủ tục theo quy "
            "định này. Hồ sơ lập theo quy định cũ thì xem việc chuyển tiếp: compliance regimes transition"
        ) from None


def status_of(
    workspace: Workspace,
    classified: ClassifiedSystem,
    today: date,
    *,
    taken: tuple[Taken, ...] | None = None,
    units: Mapping[str, Unit] | None = None,
    calendar: WorkingCalendar | None = None,
    version: int | None = None,
    procedure: Procedure | None = None,
) -> RoadStatus:
    """The status of a classified system; what was read already for others may be handed in.

    ``version`` is that of the system's record.
    """
    steps = steps_of(workspace, classified.system.id) if taken is None else taken
    procedure = procedure or procedure_under(classified.regime, today)
    progress = walked(procedure, steps, today)
    level = level_of(progress, classified)
    first = min([today, *(one.on for one in steps)])
    days = calendar or working_calendar(first, max([today, *(one.on for one in steps)]), workspace.path)
    authority = classified.regime.authority_for(procedure.level_walked(level, progress.listed)) if level else None
    acts: tuple[NextAct, ...] = ()
    if level is not None and classified.system.needs_dossier:
        acts = next_acts(procedure, progress, level, authority=authority, calendar=days, today=today)
    if version is None:
        head = workspace.store.head(_SYSTEM, classified.system.id)
        version = head.version if head else None
    return RoadStatus(
        classified=classified,
        procedure=procedure,
        progress=progress,
        taken=steps,
        level=level,
        acts=acts,
        calendar=days,
        today=today,
        units=organizations.units(workspace) if units is None else units,
        versions={f"{_SYSTEM}/{classified.system.id}": str(version or "")},
    )


def status_after(workspace: Workspace, status: RoadStatus, one: Taken) -> RoadStatus:
    """The status once a step was recorded: a step changes neither the system nor its level by the facts."""
    return status_of(workspace, status.classified, status.today, taken=(*status.taken, one), units=status.units)


def level_of(progress: Progress, classified: ClassifiedSystem) -> int | None:
    """The level filed once the dossier left the office, else the level the facts give; ``None`` while undecided."""
    stage, steps = progress.stage, progress.current.steps
    if steps and (stage.filed or stage.decided or stage in {Stage.OPINION_REQUESTED, Stage.OPINION_GIVEN}):
        return steps[-1].level
    found = classified.classification
    return found.level if found.decided else None


def _remarks(status: RoadStatus) -> Iterable[str]:
    found, system, level = status.classified.classification, status.system, status.level
    if not system.needs_dossier:
        yield _NO_DOSSIER[system.ownership is Ownership.USED]
        return
    if level is None:
        yield (
            "Chưa xác định được cấp độ nên chưa biết hồ sơ đi theo trình tự nào. Trả lời bằng: "
            f"compliance classifications ask {system.id}"
        )
        return
    if found.decided and found.level != level:
        yield f"Hồ sơ đang gửi ở cấp độ {level}, còn dữ kiện hôm nay cho cấp độ {found.level}."
    later = next((one for one in reversed(status.progress.current.steps) if one.on > status.today), None)
    if later is not None:
        yield (
            f"Đang tính theo ngày {date_text(status.today)}, trước ngày {date_text(later.on)} của bước “"
            f"{status.titles.get(later.step, later.step)}” đã ghi; thời hạn chỉ để tham khảo."
        )
    changed = _changed(status)
    if changed:
        yield changed
    waits = any(act.step.appraiser for act in status.acts) or not status.progress.current.steps
    own = status.classified.regime.authority_for(status.walked or level)
    if waits and own is not None and own.own_appraiser and appraiser_conflict(system, status.progress):
        yield f"{status.procedure.conflict} ({status.procedure.conflict_citation})"
    for act in status.acts:
        yield from _deadline_remarks(act.deadline, status)


def _changed(status: RoadStatus) -> str:
    """Whether the inventory changed under a dossier that lies with another office."""
    sent = status.progress.current.last("send")
    key = f"{_SYSTEM}/{status.system.id}"
    if not status.stage.filed or sent is None or sent.versions.get(key) in {None, status.versions.get(key)}:
        return ""
    return (
        f"Bảng kê của hệ thống đã thay đổi sau khi gửi hồ sơ ngày {date_text(sent.on)}; hồ sơ đang thẩm định vẫn theo "
        "bản cũ. Nếu phải sửa hồ sơ thì đề nghị bên thẩm định trả lại."
    )


def _deadline_remarks(deadline: Deadline | None, status: RoadStatus) -> Iterable[str]:
    if deadline is None:
        return
    if not deadline.announced:
        yield (
            f"Thời hạn {date_text(deadline.due)} rơi vào năm chưa có lịch nghỉ bù, làm bù (lịch đã công bố đến hết năm "
            f"{status.calendar.announced_through}); có thể lệch một vài ngày."
        )


def as_json(status: RoadStatus) -> dict[str, Any]:
    """Plain data with stable keys."""
    awaited = status.awaited
    return {
        "id": status.system.id,
        "name": status.system.name,
        "level": status.level,
        "road": status.walked,
        "round": status.progress.current.number,
        "state": status.stage.value,
        "state_label": status.stage_label,
        "next": act_json(awaited, status) if awaited else None,
        "acts": [act_json(act, status) for act in status.acts],
        "approval": taken_json(status.progress.approval, status) if status.progress.approval else None,
        "history": [taken_json(one, status) for one in status.taken],
        "remarks": list(status.remarks),
        "calendar": {"source": status.calendar.source, "announced_through": status.calendar.announced_through},
    }


def act_json(act: NextAct, status: RoadStatus) -> dict[str, Any]:
    """One act that may be taken."""
    deadline = act.deadline
    return {
        "step": act.step.id,
        "title": act.step.title,
        "by": status.office(act.step.by),
        "form": act.step.form,
        "due": deadline.due.isoformat() if deadline else None,
        "days_left": deadline.left if deadline else None,
        "working_days": deadline.limit.working if deadline else None,
        "overdue": deadline.overdue if deadline else None,
        "since": deadline.since.isoformat() if deadline else None,
        "citation": act.step.citation,
        "note": act.step.note,
        "uncertain": act.step.uncertain,
    }


def taken_json(one: Taken, status: RoadStatus) -> dict[str, Any]:
    """One recorded step."""
    return {"title": status.titles.get(one.step, one.step), **one.model_dump(mode="json", exclude_defaults=True)}
