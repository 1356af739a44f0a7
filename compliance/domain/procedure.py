"""The road of a dossier (trình tự, thủ tục): its stages and the steps the law sets between them, as data.

Who acts, at which levels, in what order, within what limit: all of it stands in ``procedure.yaml`` with its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from compliance.domain.authority import Authority
from compliance.domain.blank import Frozen
from compliance.domain.instrument import Mark
from compliance.domain.level import LEVELS
from compliance.domain.misfit import Misfit
from compliance.domain.road_paper import Role


class Stage(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    OPINION_REQUESTED = "opinion_requested"
    OPINION_GIVEN = "opinion_given"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    APPRAISED = "appraised"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"

    @property
    def filed(self) -> bool:
        """It lies with another office: what it says must not change under it."""
        return self in _FILED

    @property
    def decided(self) -> bool:
        """A decision approves it."""
        return self in {Stage.APPROVED, Stage.IN_FORCE}


_FILED = frozenset({Stage.SENT, Stage.RECEIVED, Stage.APPRAISED, Stage.SUBMITTED})


class Ask(StrEnum):
    """What a step may have to be told, beside its day."""

    NUMBER = "number"
    OFFICE = "office"
    SIGNER = "signer"
    EFFECTIVE = "effective"
    FIT = "fit"
    REASONS = "reasons"
    UNIT = "unit"
    FILE = "file"


class StageWords(Frozen):
    """What a stage is called, and what the yearly report calls it."""

    label: str
    report: str


class RoadStep(Frozen):
    """A step of the road.

    ``starts`` are the stages it may be taken from and ``to`` the stage it leads to (none = it stands beside the road).
    ``adverse``: a turn back, never what is waited for; ``unfit_to``: where it leads when its conclusion is “not fit”.
    ``needs`` must be told, ``offers`` may be. ``limit`` names the limit of the authority that runs until this step,
    counted from the first of ``limit_from`` that was taken; it runs no more once one of ``limit_met`` is. ``form`` is
    the paper made at this step; ``preflight`` tells that the dossier must pass its checks, ``regulation`` that the
    owner's own rules must be older than it, ``appraiser`` that it may not be taken by the office that runs the system.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    title: str
    levels: tuple[int, ...] = LEVELS
    by: Role
    starts: tuple[Stage, ...]
    to: Stage | None = None
    unfit_to: Stage | None = None
    adverse: bool = False
    needs: tuple[Ask, ...] = ()
    offers: tuple[Ask, ...] = ()
    form: str = ""
    limit: str = ""
    limit_from: tuple[str, ...] = ()
    limit_met: tuple[str, ...] = ()
    preflight: bool = False
    regulation: bool = False
    appraiser: bool = False
    reopens: bool = False
    citation: str
    note: str = ""
    mark: Mark = Mark.READ
    uncertain: str = ""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Everything it may be told."""
        return (*self.needs, *self.offers)


class EnclosureSlot(Frozen):
    """A paper the office brings to its dossier: ``order`` is its place in the package."""

    id: str = Field(pattern=r"^[a-z_]+$")
    title: str
    levels: tuple[int, ...] = LEVELS
    order: int
    file_name: str
    demanded: bool = False
    citation: str
    note: str = ""


class Limit(Frozen):
    """A legal limit in days; ``working`` tells working days from days of the calendar."""

    days: int
    working: bool
    citation: str


class Procedure(Frozen):
    """The whole road under one regime.

    ``listed_step`` is the step that records that a system stands on the list of important ones; from then on
    ``listed_levels`` walk the road of ``listed_as``. ``conflict`` says what to do when the appraiser runs the system.
    """

    regime: str
    checked_on: date
    source_note: str
    stages: Mapping[Stage, StageWords]
    steps: tuple[RoadStep, ...]
    enclosures: tuple[EnclosureSlot, ...]
    listed_step: str
    listed_levels: tuple[int, ...]
    listed_as: int
    conflict: str
    conflict_citation: str

    def steps_of(self, level: int) -> tuple[RoadStep, ...]:
        """The steps of one level, in the order of the road."""
        return tuple(step for step in self.steps if level in step.levels)

    def step(self, step_id: str, level: int) -> RoadStep | None:
        """A step of one level by its id."""
        return next((step for step in self.steps_of(level) if step.id == step_id), None)

    def step_walked(self, step_id: str, level: int, listed: bool) -> RoadStep | None:
        """A step of the road a system of this level walks; it enters the list by a step its own level knows."""
        return self.step(step_id, self.level_walked(level, listed)) or self.step(step_id, level)

    def level_walked(self, level: int, listed: bool) -> int:
        """The level whose road a system walks."""
        return self.listed_as if listed and level in self.listed_levels else level

    def slots_of(self, level: int) -> tuple[EnclosureSlot, ...]:
        """The papers an office brings at one level, in the order of the package."""
        return tuple(sorted((slot for slot in self.enclosures if level in slot.levels), key=lambda one: one.order))


def limit_of(step: RoadStep, authority: Authority | None) -> Limit | None:
    """The limit that runs until a step; ``None`` where the text sets none."""
    days = getattr(authority, step.limit, None) if authority and step.limit else None
    if authority is None or not isinstance(days, int):
        return None
    return Limit(days=days, working=step.limit not in authority.calendar_days, citation=step.citation)


def procedure_misfits(procedure: Procedure) -> Iterable[Misfit]:
    """What does not fit together: unknown steps, two of one id at one level, stages without words or nobody reaches."""
    for stage in Stage:
        if stage not in procedure.stages:
            yield f"stages.{stage.value}", "thiếu tên gọi của trạng thái này."
    ids = {step.id for step in procedure.steps}
    if procedure.listed_step not in ids:
        yield "listed_step", f"không có bước “{procedure.listed_step}”."
    for level in LEVELS:
        names = [step.id for step in procedure.steps_of(level)]
        for twice in sorted({name for name in names if names.count(name) > 1}):
            yield f"steps.{twice}", f"hai bước trùng mã ở cấp độ {level}."
    for step in procedure.steps:
        yield from _step_misfits(step, procedure, ids)


def _step_misfits(step: RoadStep, procedure: Procedure, ids: Iterable[str]) -> Iterable[Misfit]:
    beside = (other for level in step.levels for other in procedure.steps_of(level))
    reached = {Stage.DRAFT, Stage.IN_FORCE} | {to for other in beside for to in (other.to, other.unfit_to) if to}
    for start in step.starts:
        if start not in reached:
            yield f"steps.{step.id}", f"không bước nào dẫn tới trạng thái “{start.value}” ở các cấp độ của bước này."
    for other in (*step.limit_from, *step.limit_met):
        if other not in ids:
            yield f"steps.{step.id}.limit_from", f"không có bước “{other}”."
    if step.limit and step.limit not in Authority.model_fields:
        yield f"steps.{step.id}.limit", f"thẩm quyền không có thời hạn “{step.limit}”."
